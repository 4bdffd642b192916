package io.sealpost.cli.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sealpost.cli.config.LoadedSettings;
import io.sealpost.cli.config.Settings;
import io.sealpost.cli.config.SettingsFile;
import io.sealpost.cli.foreign.ForeignProgram.Ended;
import io.sealpost.cli.story.ServeProcess;
import io.sealpost.cli.wiring.Installation;
import io.sealpost.fixtures.Loopback;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What scanners say of the modern ports beside those of old devices, in one process. */
@Tag("foreign")
class TlsScannersStory {
    private static final Duration PATIENCE = Duration.ofMinutes(8);

    /** Of the certificate that init makes: nobody signed it, and it is asked for by an address. */
    private static final Set<String> OF_THE_TEST_CERTIFICATE =
            Set.of("cert_trust", "cert_chain_of_trust", "cert_revocation");

    private static final Map<String, Integer> PORTS = Map.of(
            "submission", Loopback.freePort(),
            "submissions", Loopback.freePort(),
            "old", Loopback.freePort(),
            "olds", Loopback.freePort());

    @TempDir
    private static Path folder;

    private static Path roots;
    private static ServeProcess serve;

    @BeforeAll
    static void serve() throws Exception {
        roots = ForeignProgram.unpacked();
        Path file = folder.resolve("sealpost.toml");
        LocalDate tomorrow = LocalDate.now(ZoneId.systemDefault()).plusDays(1);
        Files.writeString(
                file,
                "hostname = \"relay.office.test\"\n" + listener("submission", "starttls", "")
                        + listener("submissions", "implicit", "")
                        + listener("old", "starttls", "legacy = true\nuntil = \"" + tomorrow + "\"\n")
                        + listener("olds", "implicit", "legacy = true\nuntil = \"" + tomorrow + "\"\n"));
        Settings settings = ((LoadedSettings.Valid) SettingsFile.load(file, Map.of())).settings();
        Installation.makeMasterKey(settings, line -> {});
        Installation.makeCertificate(settings);
        serve = ServeProcess.start(file, PORTS.get("submission"));
    }

    private static String listener(String name, String tls, String more) {
        return "[[listener]]\nname = \"" + name + "\"\naddress = \"127.0.0.1:" + PORTS.get(name) + "\"\ntls = \"" + tls
                + "\"\n" + more;
    }

    @AfterAll
    static void stop() throws InterruptedException {
        serve.close();
    }

    @Test
    void testsslFindsNothingAboveLowOnTheModernPorts() throws Exception {
        assertThat(findings("submissions", List.of())).isEmpty();
        assertThat(findings("submission", List.of("-t", "smtp"))).isEmpty();
    }

    /** Findings of MEDIUM and above, but for those of the certificate. */
    private static List<String> findings(String port, List<String> how) throws Exception {
        String report = "/foreign/" + port + ".json";
        Path written = roots.resolve("testssl" + report);
        Files.deleteIfExists(written);
        List<String> arguments = new ArrayList<>(List.of(
                "testssl", "/usr/bin/testssl", "--quiet", "--color", "0", "--warnings", "off", "--nodns", "none"));
        arguments.addAll(List.of("--jsonfile", report));
        arguments.addAll(how);
        arguments.add("127.0.0.1:" + PORTS.get(port));
        Ended ended = ForeignProgram.run(PATIENCE, "in-root", arguments);
        assertThat(written).as(ended.output()).exists();
        List<String> found = new ArrayList<>();
        int looked = 0;
        for (JsonNode finding : new ObjectMapper().readTree(written.toFile())) {
            looked++;
            boolean bad = Set.of("MEDIUM", "HIGH", "CRITICAL")
                    .contains(finding.get("severity").asText());
            if (bad && !OF_THE_TEST_CERTIFICATE.contains(finding.get("id").asText())) {
                found.add(finding.toString());
            }
        }
        assertThat(looked).as(ended.output()).isGreaterThan(80);
        return found;
    }

    @Test
    void sslscanSeesTheModernVersionsAlone() throws Exception {
        for (List<String> scan : List.of(
                List.of("127.0.0.1:" + PORTS.get("submissions")),
                List.of("--starttls-smtp", "127.0.0.1:" + PORTS.get("submission")))) {
            String said = ForeignProgram.run(
                            PATIENCE,
                            "in-root",
                            Stream.concat(Stream.of("sslscan", "/usr/bin/sslscan", "--no-colour"), scan.stream())
                                    .toList())
                    .output();
            assertThat(said)
                    .containsPattern("TLSv1\\.0 +disabled")
                    .containsPattern("TLSv1\\.1 +disabled")
                    .containsPattern("TLSv1\\.2 +enabled")
                    .containsPattern("TLSv1\\.3 +enabled");
            assertThat(said.lines().filter(line -> line.startsWith("Accepted") || line.startsWith("Preferred")))
                    .isNotEmpty()
                    .allMatch(line -> line.contains("GCM") || line.contains("POLY1305"));
        }
    }

    @Test
    void opensslSpeaksTls10ToTheOldPortsAndNotToTheModernOnes() throws Exception {
        assertThat(tls10("old", "-starttls", "smtp")).contains("New, TLSv1.0, Cipher is ECDHE-RSA-AES128-SHA");
        assertThat(tls10("olds")).contains("New, TLSv1.0, Cipher is ECDHE-RSA-AES128-SHA");
        assertThat(tls10("submission", "-starttls", "smtp")).contains("alert protocol version");
        assertThat(tls10("submissions")).contains("alert protocol version");
    }

    private static String tls10(String port, String... how) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("testssl", "/usr/bin/openssl", "s_client", "-tls1"));
        arguments.addAll(List.of("-cipher", "DEFAULT@SECLEVEL=0", "-connect", "127.0.0.1:" + PORTS.get(port)));
        arguments.addAll(List.of(how));
        return ForeignProgram.run(PATIENCE, "in-root", arguments).output();
    }
}
