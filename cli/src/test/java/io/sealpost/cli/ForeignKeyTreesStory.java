package io.sealpost.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sealpost.cli.Shell.Ended;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Trees that opendkim-genkey, rspamadm and openssl made are taken over in one run each. Their keys sign at once, for the DNS holds the
 * records that these tools print: each public half of ours is theirs.
 */
@Tag("foreign")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ForeignKeyTreesStory {
    private static final Path SCRIPTS = Path.of("..", "src-test-fixtures", "foreign");
    private static final long MINUTES = 10;

    private Path trees;
    private KeyRecordsWorld world;

    @BeforeAll
    void make(@TempDir Path folder) throws Exception {
        trees = folder.resolve("trees");
        script("unpack");
        script("make-key-trees", trees.toString());
        world = new KeyRecordsWorld(folder);
        for (String record : Files.readAllLines(trees.resolve("records"))) {
            String[] parts = record.split("\t");
            String domain = parts[0].substring(parts[0].indexOf("._domainkey.") + "._domainkey.".length());
            world.everywhere(zones -> zones.zone(domain, "ns1.ns.test").txt(parts[0], parts[1]));
        }
    }

    @AfterAll
    void close() {
        if (world != null) {
            world.close();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--opendkim | etc/opendkim.conf | three.opendkim.test s2026 rsa 4096, one.opendkim.test mail rsa 2048,"
                        + " two.opendkim.test mail rsa 1024",
                "--rspamd | etc/rspamd | two.rspamd.test m1 rsa 2048, two.rspamd.test ed ed25519 256,"
                        + " one.rspamd.test dkim rsa 2048",
                "--exim | etc/exim4/exim4.conf | one.exim.test x rsa 2048, three.exim.test x ed25519 256,"
                        + " two.exim.test x rsa 2048",
            })
    void oneRunMovesAServer(String option, String place, String keys) throws IOException {
        Path root = trees.resolve(option.substring(2));
        String[] line = {
            "dkim",
            "import",
            option,
            root.resolve(place).toString(),
            "--root",
            root.toString(),
            "--add-domains",
            "--activate",
            "--json"
        };

        Ended looked = world.shell.run(append(line, "--dry-run"));
        assertThat(rows(looked, "seen would import"))
                .as(looked.err() + looked.out())
                .containsExactly(keys.split(", *"));
        Ended moved = world.shell.run(line);
        assertThat(rows(moved, "seen active")).as(moved.err() + moved.out()).containsExactly(keys.split(", *"));
        assertThat(moved.code()).isZero();
        assertThat(world.shell.run(line).out()).isEqualTo(moved.out());
    }

    @ParameterizedTest
    @CsvSource({"dump", "dump.json"})
    void whatConfigdumpPrintsIsReadToo(String dump) throws IOException {
        Path root = trees.resolve("rspamd");

        Ended looked = world.shell.run(
                "dkim",
                "import",
                "--rspamd",
                root.resolve("etc/rspamd").resolve(dump).toString(),
                "--root",
                root.toString(),
                "--add-domains",
                "--dry-run",
                "--json");

        assertThat(new com.fasterxml.jackson.databind.ObjectMapper().readTree(looked.out()))
                .as(looked.err())
                .hasSize(3);
    }

    private static String[] append(String[] line, String word) {
        List<String> words = new ArrayList<>(List.of(line));
        words.add(word);
        return words.toArray(String[]::new);
    }

    /** Those that ended like this. */
    private static List<String> rows(Ended ended, String end) throws IOException {
        List<String> rows = new ArrayList<>();
        for (JsonNode row : new com.fasterxml.jackson.databind.ObjectMapper().readTree(ended.out())) {
            String key = String.join(
                    " ",
                    row.get("domain").asText(),
                    row.get("selector").asText(),
                    row.get("algorithm").asText(),
                    row.get("bits").asText());
            String ending = row.get("dns").asText() + " " + row.get("result").asText();
            rows.add(ending.equals(end) ? key : key + " " + ending);
        }
        return rows;
    }

    private static void script(String name, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(SCRIPTS.resolve(name).toString()));
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile("foreign", ".out");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(MINUTES, TimeUnit.MINUTES)).as(name).isTrue();
            assertThat(process.exitValue())
                    .as(Files.readString(output, StandardCharsets.ISO_8859_1))
                    .isZero();
        } finally {
            process.destroyForcibly();
            Files.delete(output);
        }
    }
}
