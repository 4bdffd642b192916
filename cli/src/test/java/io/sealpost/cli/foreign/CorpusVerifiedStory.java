package io.sealpost.cli.foreign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sealpost.cli.foreign.ForeignWorld.Password;
import io.sealpost.cli.foreign.ForeignWorld.Port;
import io.sealpost.fixtures.Corpus;
import io.sealpost.fixtures.CorpusMail;
import io.sealpost.fixtures.Loopback;
import io.sealpost.fixtures.RawSmtpClient;
import io.sealpost.sandbox.ReceivedMail;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** All mails of the corpus go through the relay; four verifiers that nobody here wrote judge our signatures on them. */
@Tag("foreign")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CorpusVerifiedStory {
    private static final String ANNA = ForeignWorld.ANNA.toString();
    /** Mails that a verifier gets wrong, while the other three take both of our signatures. */
    private static final Map<Verifier, Set<String>> FAULTS = Map.of(
            // The header is not ended by an empty line (RFC 5322 §3.5 lets the body be missing): "message not signed".
            Verifier.MAILAUTH, Set.of("enmime--header-only.eml"),
            // An older signature of somebody else is malformed, which ends the judging of all. A To field of 135 KB:
            // OpenDKIM does not take dkimpy's own signature over it either.
            Verifier.OPENDKIM,
                    Set.of(
                            "enmime--ctype-bug.eml",
                            "jdkim--pmta_myspace.com.eml",
                            "rspamd--dkim_many_sigs.eml",
                            "rspamd--dkim_unknown_tags.eml",
                            "mimekit--stack-overflow.eml"));

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Map<Path, String> names = new TreeMap<>();
    private ForeignWorld world;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        world = ForeignWorld.start(folder);
        List<CorpusMail> corpus = Corpus.submittable().toList();
        try (RawSmtpClient client = RawSmtpClient.connect(Loopback.socket("127.0.0.1", world.port(Port.STARTTLS)))) {
            client.expect("220").say("EHLO client.test", "250").startTls().say("EHLO client.test", "250");
            client.authPlain(ANNA, world.password(Password.APP), "235");
            for (int i = 0; i < corpus.size(); i++) {
                client.deliver(ANNA, "m" + i + "@sandbox.test", corpus.get(i).withFrom(ANNA));
            }
        }
        await().atMost(PATIENCE).until(() -> world.received().size() == corpus.size());
        for (ReceivedMail mail : world.received()) {
            String recipient = mail.rcptTo().get(0);
            int number = Integer.parseInt(recipient.substring(1, recipient.indexOf('@')));
            names.put(mail.file(), corpus.get(number).name());
        }
    }

    @AfterAll
    void stop() throws InterruptedException {
        if (world != null) {
            world.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void ourSignaturesHold(Verifier verifier) throws Exception {
        List<Path> mails = List.copyOf(names.keySet());
        Map<String, List<String>> verdicts = verifier.judge(world.dns(), mails).stream()
                .collect(Collectors.groupingBy(line -> line.substring(0, line.indexOf(' '))));

        List<String> others = new ArrayList<>();
        for (Path mail : mails) {
            List<String> said = verdicts.getOrDefault(mail.getFileName().toString(), List.of());
            if (!isAsExpected(verifier.patterns(mail), said)) {
                others.add(names.get(mail));
            }
        }
        assertThat(others).as("of %d mails", mails.size()).isSubsetOf(FAULTS.getOrDefault(verifier, Set.of()));
    }

    /** Ours are the first of a mail; it may carry older ones of others, which do not hold any more. */
    private static boolean isAsExpected(List<String> expected, List<String> said) {
        if (said.size() < expected.size()) {
            return false;
        }
        for (int i = 0; i < expected.size(); i++) {
            if (!said.get(i).matches(expected.get(i))) {
                return false;
            }
        }
        return true;
    }
}
