package io.sealpost.cli.explain;

import io.sealpost.cli.console.Console;
import io.sealpost.cli.console.Fault;
import io.sealpost.cli.console.Sysexits;
import io.sealpost.cli.console.Times;
import io.sealpost.cli.wiring.Administration;
import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.ForeignText;
import io.sealpost.mail.MailDomain;
import io.sealpost.mail.QueueId;
import io.sealpost.queue.JournalEntry;
import io.sealpost.queue.WaitingMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** Finds what a word of the command line means: a file, a queue id, a Message-ID, an address or a domain. */
public final class Subjects {
    private static final int LARGEST = 64 << 20;

    private final Administration administration;
    private final Console console;

    /** Looks in this store; {@code -} is the console's input. */
    public Subjects(Administration administration, Console console) {
        this.administration = administration;
        this.console = console;
    }

    /** A {@link Fault} when it is none of them, or nothing is known of it. */
    public Subject find(String word) {
        if (word.equals("-")) {
            return ofFile("standard input", console.readAll(LARGEST).getBytes(StandardCharsets.ISO_8859_1));
        }
        Path file = Path.of(word);
        if (Files.isRegularFile(file)) {
            return ofFile(word, read(file));
        }
        Optional<QueueId> id = QueueId.tryParse(word).or(() -> ofMessageId(word));
        if (id.isPresent()) {
            return ofQueue(id.get());
        }
        Optional<EmailAddress> address = EmailAddress.tryParse(word);
        Optional<MailDomain> domain = address.map(EmailAddress::domain).or(() -> MailDomain.tryParse(word));
        return domain.map(name -> new Subject(
                        List.of("mail from " + ForeignText.escape(word)),
                        Optional.of(name),
                        OptionalLong.empty(),
                        Optional.empty()))
                .orElseThrow(() -> new Fault(
                        Sysexits.NOINPUT,
                        "\"" + ForeignText.escape(word)
                                + "\" is no file, queue id, Message-ID, address or domain that is known here"));
    }

    private Optional<QueueId> ofMessageId(String word) {
        return word.contains("@") ? administration.messageIds().find(word) : Optional.empty();
    }

    private Subject ofQueue(QueueId id) {
        List<JournalEntry> story = administration.queue().trace(id);
        return administration
                .queue()
                .show(id)
                .map(waiting -> ofWaiting(id, waiting, story))
                .orElseGet(() -> ofStory(id, story));
    }

    private Subject ofWaiting(QueueId id, WaitingMessage waiting, List<JournalEntry> story) {
        List<String> told = new ArrayList<>();
        told.add("message " + id + ", waiting since "
                + Times.shown(waiting.envelope().received()) + by(story));
        waiting.rows().stream()
                .flatMap(row -> row.status().holdReason().stream())
                .distinct()
                .forEach(reason -> told.add("held: " + ForeignText.escape(reason)));
        byte[] bytes = bytes(waiting);
        OptionalLong tenant = OptionalLong.of(waiting.envelope().origin().tenant());
        return new Subject(told, FromDomain.of(bytes), tenant, Optional.of(bytes));
    }

    /** What the journal still knows: the envelope's sender, mostly of the same domain as From. */
    private static Subject ofStory(QueueId id, List<JournalEntry> story) {
        if (story.isEmpty()) {
            throw new Fault(Sysexits.NOINPUT, "nothing is known of " + id);
        }
        JournalEntry last = story.get(story.size() - 1);
        List<String> told = new ArrayList<>();
        told.add("message " + id + ", gone" + by(story));
        told.add("last: " + last.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ') + " at "
                + Times.shown(last.at()));
        Optional<MailDomain> domain = story.stream()
                .flatMap(entry -> Optional.ofNullable(entry.fields().get("sender")).stream())
                .flatMap(sender -> EmailAddress.tryParse(sender.toString()).stream())
                .map(EmailAddress::domain)
                .findFirst();
        domain.ifPresent(name -> told.add("its bytes are gone: taken to be from " + name + ", as its envelope was"));
        return new Subject(told, domain, OptionalLong.empty(), Optional.empty());
    }

    private static String by(List<JournalEntry> story) {
        return story.stream()
                .flatMap(entry -> Optional.ofNullable(entry.fields().get("login")).stream())
                .findFirst()
                .map(login -> ", by " + ForeignText.escape(login.toString()))
                .orElse("");
    }

    private static Subject ofFile(String name, byte[] bytes) {
        byte[] lines = WireLines.of(bytes);
        List<String> told = new ArrayList<>(List.of("the message in " + ForeignText.escape(name)));
        if (lines != bytes) {
            told.add("its lines end in LF alone: read as if they ended in CRLF, as on the wire");
        }
        return new Subject(told, FromDomain.of(lines), OptionalLong.empty(), Optional.of(lines));
    }

    private static byte[] read(Path file) {
        try {
            if (Files.size(file) > LARGEST) {
                throw new Fault(Sysexits.DATAERR, ForeignText.escape(file.toString()) + " is larger than any mail");
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new Fault(Sysexits.NOINPUT, ForeignText.escape(file.toString()) + " cannot be read");
        }
    }

    private static byte[] bytes(WaitingMessage waiting) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        try (InputStream content = waiting.content().open()) {
            whole.writeBytes(waiting.signedPrefix().bytes());
            content.transferTo(whole);
            return whole.toByteArray();
        } catch (IOException e) {
            throw new Fault(Sysexits.TEMPFAIL, "its bytes cannot be read now; perhaps it has just left");
        }
    }
}
