package io.sealpost.cli.doctor;

import static io.sealpost.fixtures.MxAction.Then.DROP;
import static io.sealpost.fixtures.MxAction.raw;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.cli.wiring.Serving;
import io.sealpost.fixtures.MxKeyword;
import io.sealpost.fixtures.ScriptedMx;
import io.sealpost.fixtures.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class ListenersCheckTest {
    @RegisterExtension
    static final TestDatabase DATABASE = Ward.tables();

    @TempDir
    private Path folder;

    private Ward ward;

    @BeforeEach
    void open() throws IOException {
        ward = Ward.open(folder, DATABASE);
    }

    @AfterEach
    void close() {
        ward.close();
    }

    @Test
    void listenersThatServeAnswerOverTls() throws Exception {
        try (Serving serving = ward.serve()) {
            List<Finding> findings = ward.look(new ListenersCheck());

            assertThat(findings).extracting(Finding::level).containsExactly(Level.OK, Level.OK);
            assertThat(findings.get(0).sentence()).contains("submission on 127.0.0.1:", "answers over TLSv1.3: 220 ");
            assertThat(ward.look(new NodesCheck()).get(0).level()).isEqualTo(Level.OK);
            assertThat(serving.addresses()).hasSize(2);
        }
    }

    @Test
    void aCertificateThatWasReplacedOnDiskIsNotTheOneThatIsShown() throws Exception {
        try (Serving serving = ward.serve()) {
            assertThat(serving.addresses()).hasSize(2);
            ward.certifyBySelf();

            assertThat(ward.look(new ListenersCheck())).allSatisfy(finding -> {
                assertThat(finding.level()).isEqualTo(Level.WARNING);
                assertThat(finding.sentence()).contains("still shows another certificate");
            });

            Files.delete(ward.settings().tls().certificate());
            assertThat(ward.look(new ListenersCheck()))
                    .as("that the file is gone the check of the certificate tells")
                    .extracting(Finding::level)
                    .containsOnly(Level.OK);
        }
    }

    @Test
    void portsWhereNobodyListensAreProblems() throws Exception {
        assertThat(ward.look(new ListenersCheck())).hasSize(2).allSatisfy(finding -> {
            assertThat(finding.level()).isEqualTo(Level.PROBLEM);
            assertThat(finding.sentence()).contains("nobody listens for");
            assertThat(finding.remedy()).contains("sealpost serve");
        });
    }

    @Test
    void anotherProgramOnThePortIsAProblem() throws Exception {
        try (ScriptedMx other = ScriptedMx.startOn(ward.submission(), "127.0.0.1")) {
            other.configure(settings -> settings.without(MxKeyword.STARTTLS));
            assertThat(ward.look(new ListenersCheck()).get(0).sentence())
                    .contains("does not answer as a listener of ours: it said 5");

            other.onConnect(raw("", DROP));
            assertThat(ward.look(new ListenersCheck()).get(0).sentence()).contains("the connection was closed");
            other.clearScript();
            other.onConnect(raw("SSH-2.0-OpenSSH_9.2\r\n", DROP));
            assertThat(ward.look(new ListenersCheck()).get(0).sentence()).contains("it said SSH-2.0");
        }
    }

    @Test
    void settingsWithoutAListenerAreAProblem() throws Exception {
        Files.writeString(ward.file(), "hostname = \"relay.office.test\"\n");

        assertThat(ward.only(Level.PROBLEM, new ListenersCheck())).contains("no [[listener]]");
    }
}
