package io.sealpost.cli.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sealpost.cli.story.Commands.Ended;
import io.sealpost.fixtures.Loopback;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;

/** Processes that share the private MariaDB of {@code mode = "embedded"}: who comes first starts it, who leaves last stops it. */
class PrivateDatabaseStory {
    private static final Pattern SHOWN_PASSWORD = Pattern.compile("[a-z0-9]{4}(?:-[a-z0-9]{4}){6}");

    /** Beside the build, where mail may be kept; a system's folder for temporary files may lie in memory. */
    static final class OnDisk implements TempDirFactory {
        @Override
        public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext context) throws IOException {
            return Files.createTempDirectory(Path.of("target").toAbsolutePath(), "story");
        }
    }

    @TempDir(factory = OnDisk.class)
    private Path folder;

    @Test
    void tenCommandsOfTenKindsAtOnceBesideABusyServe() throws Exception {
        int port = Loopback.freePort();
        Path settings = settings(port);
        Commands here = new Commands(settings);
        here.ok("init");
        here.ok("domain add office.test");
        here.ok("account add anna@office.test --generate");
        Matcher password = SHOWN_PASSWORD.matcher(here.ok("app-password create anna@office.test --label x"));
        assertThat(password.find()).isTrue();
        try (ServeProcess serve = ServeProcess.start(settings, port);
                Flow flow = Flow.start(Loopback.socket("127.0.0.1", port), "anna@office.test", password.group())) {
            await().atMost(RelayUnderTest.PATIENCE).until(() -> flow.taken() > 5);

            List<Ended> ended = new CommandProcesses(settings)
                    .atOnce(List.of(
                            "tenant add Reseller",
                            "domain add shop.test",
                            "account add bert@office.test --generate",
                            "app-password create anna@office.test --label y",
                            "sender add anna@office.test sales@office.test",
                            "dkim create office.test",
                            "queue list",
                            "queue hold --recipient flow@shop.test",
                            "account list --json",
                            "migrate"));

            assertThat(ended).allSatisfy(one -> {
                assertThat(one.code()).as("%s", one).isZero();
                assertThat(one.err()).as("%s", one).doesNotContain("sealpost: ", "Exception");
            });
            int before = flow.taken();
            await().atMost(RelayUnderTest.PATIENCE).until(() -> flow.taken() > before);
            assertThat(flow.sessionEnds()).isEmpty();
        }
    }

    @Test
    @Tag("crash")
    void tenCommandsAtOnceStartTheServerAndMakeItsTablesOnce() throws Exception {
        Path settings = settings(Loopback.freePort());
        new Commands(settings).ok("init");
        CommandProcesses processes = new CommandProcesses(settings);

        List<Ended> ended = processes.atOnce(IntStream.range(0, 10)
                .mapToObj(i -> "domain add d" + i + ".test")
                .toList());

        assertThat(ended).allSatisfy(one -> assertThat(one.code()).as("%s", one).isZero());
        assertThat(processes.atOnce(List.of("domain list --json")).get(0).out()).contains("d0.test", "d9.test");
    }

    @Test
    @Tag("crash")
    void tenCommandsAtOnceFindTheServerOfAServeThatWasKilled() throws Exception {
        int port = Loopback.freePort();
        Path settings = settings(port);
        new Commands(settings).ok("init");
        ServeProcess.start(settings, port).kill();

        List<Ended> ended = new CommandProcesses(settings)
                .atOnce(IntStream.range(0, 10)
                        .mapToObj(i -> "domain add d" + i + ".test")
                        .toList());

        assertThat(ended).allSatisfy(one -> assertThat(one.code()).as("%s", one).isZero());
    }

    /** Mail is held, since no key is there. */
    private Path settings(int port) throws IOException {
        return Files.writeString(folder.resolve("sealpost.toml"), """
                hostname = "relay.office.test"
                [[listener]]
                name = "submission"
                address = "127.0.0.1:%d"
                [limits]
                account_messages = "0"
                account_recipients = "0"
                brake = "off"
                [signing]
                without_key = "hold"
                """.formatted(port), StandardCharsets.UTF_8);
    }
}
