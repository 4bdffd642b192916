package io.sealpost.cli.foreign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sealpost.cli.foreign.ForeignWorld.Password;
import io.sealpost.cli.foreign.ForeignWorld.Port;
import io.sealpost.cli.story.SubmittedMail;
import io.sealpost.fixtures.Corpus;
import io.sealpost.fixtures.Loopback;
import io.sealpost.fixtures.OddMail;
import io.sealpost.fixtures.RawSmtpClient;
import io.sealpost.sandbox.ReceivedMail;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every mail of the corpus and our own hard ones go to the relay; what it takes arrives as it was sent, and five verifiers that nobody here
 * wrote judge our signatures on it.
 */
@Tag("foreign")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CorpusVerifiedStory {
    private static final String ANNA = ForeignWorld.ANNA.toString();
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    /** For what is wrong with the message itself, or for a Sender field with an address that is not Anna's. */
    private static final String REFUSAL = "(550|554) 5\\.6\\.0 \\S.*|550 5\\.7\\.1 \\S.*Sender field.*";

    private final Map<Path, String> names = new TreeMap<>();
    private final Map<String, byte[]> taken = new LinkedHashMap<>();
    private final Map<String, String> refused = new TreeMap<>();
    private ForeignWorld world;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        world = ForeignWorld.start(folder);
        Map<String, byte[]> mails = new LinkedHashMap<>();
        Corpus.all().forEach(mail -> mails.put(mail.name(), mail.withFrom(ANNA)));
        OddMail.taken(ANNA).forEach(odd -> mails.put(odd.kind(), odd.bytes()));
        List<String> inOrder = List.copyOf(mails.keySet());
        try (RawSmtpClient client = RawSmtpClient.connect(Loopback.socket("127.0.0.1", world.port(Port.STARTTLS)))) {
            client.expect("220").say("EHLO client.test", "250").startTls().say("EHLO client.test", "250");
            client.authPlain(ANNA, world.password(Password.APP), "235");
            for (int i = 0; i < inOrder.size(); i++) {
                submit(client, "m" + i + "@sandbox.test", inOrder.get(i), mails.get(inOrder.get(i)));
            }
        }
        await().atMost(PATIENCE).until(() -> world.received().size() == taken.size());
        for (ReceivedMail mail : world.received()) {
            String recipient = mail.rcptTo().get(0);
            int number = Integer.parseInt(recipient.substring(1, recipient.indexOf('@')));
            names.put(mail.file(), inOrder.get(number));
        }
    }

    private void submit(RawSmtpClient client, String recipient, String name, byte[] mail) {
        client.say("MAIL FROM:<" + ANNA + ">", "250")
                .say("RCPT TO:<" + recipient + ">", "250")
                .say("DATA", "354");
        String reply = client.sendData(mail).reply().get(0);
        if (reply.startsWith("250 ")) {
            taken.put(name, mail);
        } else {
            refused.put(name, reply);
        }
    }

    @AfterAll
    void stop() throws InterruptedException {
        if (world != null) {
            world.close();
        }
    }

    @Test
    void takesAllThatIsFitAndSaysWhyNotOfTheRest() {
        Set<String> fit = Corpus.submittable().map(Object::toString).collect(Collectors.toCollection(HashSet::new));
        OddMail.taken(ANNA).forEach(odd -> fit.add(odd.kind()));

        assertThat(taken.keySet()).containsAll(fit).hasSizeGreaterThan(565);
        assertThat(refused.values()).hasSizeLessThan(60).allMatch(reply -> reply.matches(REFUSAL));
    }

    @Test
    void arrivesAsItWasSentButForTheFieldsThatAreNamed() throws IOException {
        for (Map.Entry<Path, String> mail : names.entrySet()) {
            List<String> added = new ArrayList<>(List.of("dkim-signature", "dkim-signature", "received"));
            String expected = SubmittedMail.arriving(taken.get(mail.getValue()), added);
            String arrived = Files.readString(mail.getKey(), StandardCharsets.ISO_8859_1);
            assertThat(arrived.endsWith(expected)).as(mail.getValue()).isTrue();
            assertThat(SubmittedMail.names(arrived.substring(0, arrived.length() - expected.length())))
                    .as(mail.getValue())
                    .isEqualTo(added);
        }
    }

    @ParameterizedTest
    @EnumSource
    void ourSignaturesHold(Verifier verifier) throws Exception {
        List<Path> mails = List.copyOf(names.keySet());
        Map<String, List<String>> verdicts = verifier.judge(world.dns(), mails).stream()
                .collect(Collectors.groupingBy(line -> line.substring(0, line.indexOf(' '))));

        Map<String, String> others = new TreeMap<>();
        for (Path mail : mails) {
            List<String> said = verdicts.getOrDefault(mail.getFileName().toString(), List.of());
            if (!isAsExpected(verifier.patterns(mail), said)) {
                others.put(names.get(mail), String.join(" | ", said));
            }
        }
        assertThat(others.keySet())
                .as("%s of %d mails", others, mails.size())
                .isEqualTo(VerifierFaults.of(verifier.toString()));
    }

    @Test
    void ourRsaSignaturesHoldForJdkim() throws IOException {
        Set<String> others = new TreeSet<>();
        for (Map.Entry<Path, String> mail : names.entrySet()) {
            if (!Jdkim.takes(Files.readAllBytes(mail.getKey()), world::published)) {
                others.add(mail.getValue());
            }
        }
        assertThat(others).isEqualTo(VerifierFaults.of("jdkim"));
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
