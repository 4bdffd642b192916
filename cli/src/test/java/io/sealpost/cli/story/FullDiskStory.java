package io.sealpost.cli.story;

import static io.sealpost.fixtures.MxAction.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sealpost.fixtures.PrivateMariaDb;
import io.sealpost.fixtures.RawSmtpClient;
import io.sealpost.keys.KeyAlgorithm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The disk under MariaDB's data is full for a while, of which MariaDB may even die: mail is refused for now, nothing that was taken is
 * lost, and once there is room, and MariaDB runs, all goes on.
 */
@Tag("crash")
class FullDiskStory {
    private static final int MEGABYTES = 400;
    private static final int ATTEMPTS = 300;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String BODY = "A line of a mail that needs room.\r\n".repeat(30_000);

    @TempDir
    private Path folder;

    private final Set<String> promised = new HashSet<>();
    private int number;

    @Test
    void refusesMailWhileTheDiskIsFullAndGoesOnAfterwards() throws Exception {
        Optional<SmallDisk> made = SmallDisk.of(MEGABYTES, folder);
        assumeTrue(made.isPresent(), "LEFT OUT: the full disk needs root and a file system that can be mounted");
        try (SmallDisk disk = made.get();
                PrivateMariaDb server = PrivateMariaDb.startIn(disk.folder().resolve("database"));
                RelayUnderTest relay = RelayUnderTest.bareOn(server, folder, "")) {
            relay.addKeys(KeyAlgorithm.ED25519);
            relay.mx().onRcpt(reply(450, "4.2.0 Not now")); // So that what is taken needs room.
            relay.serve();
            try (RawSmtpClient open = relay.login()) {
                assertThat(tried(open)).startsWith("250 2.0.0");
                disk.fill();
                String refusal = untilItIsRefused(open);
                assertThat(refusal).startsWith("451 4.3.0");
                assertThat(tried(open))
                        .as("the session stays, and its mail is refused")
                        .startsWith("45");

                disk.makeRoom();
                server.kill(); // It may have died of it already. Its service manager starts it again.
                server.restart();
                Awaitility.await().atMost(PATIENCE).until(() -> tried(open).startsWith("250 2.0.0"));
            }
            relay.mx().clearScript();
            Awaitility.await().atMost(PATIENCE).until(() -> arrived(relay).containsAll(promised));
            System.out.printf("full disk: %d mails taken before it, all delivered after it%n", promised.size() - 1);
            assertThat(arrived(relay)).as("what was refused is not sent").isEqualTo(promised);
        }
    }

    private String untilItIsRefused(RawSmtpClient client) {
        String reply = "250";
        for (int i = 0; i < ATTEMPTS && reply.startsWith("250"); i++) {
            reply = tried(client);
        }
        return reply;
    }

    private String tried(RawSmtpClient client) {
        String id = "mail-" + number++;
        String reply = said(client, RelayUnderTest.mail(id + "\r\n" + BODY));
        if (reply.startsWith("250")) {
            promised.add(id);
        }
        return reply;
    }

    /** The reply to the end of the data, or the one that ended the transaction before it. */
    private static String said(RawSmtpClient client, String mail) {
        for (String line : List.of("MAIL FROM:<" + RelayUnderTest.ANNA + ">", "RCPT TO:<shop@shop.test>", "DATA")) {
            String reply = client.send(line + "\r\n").reply().get(0);
            if (!reply.startsWith("250") && !reply.startsWith("354")) {
                client.say("RSET", "250");
                return reply;
            }
        }
        return client.send(mail + "\r\n.\r\n").reply().get(0);
    }

    private static Set<String> arrived(RelayUnderTest relay) {
        return relay.mx().messages().stream()
                .map(mail ->
                        mail.text().split("\r\n\r\n", 2)[1].lines().findFirst().orElse(""))
                .collect(Collectors.toSet());
    }
}
