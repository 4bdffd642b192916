package io.sealpost.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sealpost.cli.Shell.Ended;
import io.sealpost.cli.console.Sysexits;
import io.sealpost.fixtures.TestKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code dkim import} of whole servers, before a DNS. */
class DkimImportTest {
    private static final String RSA = TestKeys.pem(TestKeys.rsaPkcs8());
    private static final String ED25519 = TestKeys.pem(TestKeys.ed25519Pkcs8());

    @TempDir
    private static Path folder;

    private static KeyRecordsWorld world;
    private static int trees;

    private final Path tree = folder.resolve("tree" + ++trees);

    @BeforeAll
    static void open() throws IOException {
        world = new KeyRecordsWorld(folder);
    }

    @AfterAll
    static void close() {
        world.close();
    }

    @Test
    void aDryRunTellsWhatIsThereAndChangesNothing() throws Exception {
        String seen = world.domain();
        String differs = world.domain();
        world.everywhere(zones -> zones.txt("s1._domainkey." + seen, TestKeys.rsaRecord())
                .txt("s1._domainkey." + differs, TestKeys.ed25519Record())
                .txt("s1._domainkey.silent.test", TestKeys.rsaRecord())
                .fault("SERVFAIL", "s1._domainkey.silent.test"));
        key(seen, "s1", RSA, "rw-------");
        key(differs, "s1", RSA, "rw-r-----");
        key(seen, "open", RSA, "rw-r--r--");
        key(seen, "small", rsa(512), "rw-------");
        key(seen, "text", "hello", "rw-------");
        key("elsewhere.test", "s1", ED25519, "rw-------");
        key("silent.test", "s1", RSA, "rw-------");

        Ended ended = exim("--dry-run");

        assertThat(ended.code()).isEqualTo(Sysexits.DATAERR);
        assertThat(rows(exim("--dry-run", "--json")))
                .containsExactlyInAnyOrder(
                        seen + " s1 rsa 2048 seen would import -",
                        differs + " s1 rsa 2048 differs would import -",
                        seen + " open - - - skipped " + tree + "/" + seen
                                + "/open.key is open to every user of this machine; run chmod 600 on it, or better make"
                                + " a new key: sealpost dkim create",
                        seen + " small - - - skipped the RSA key has 512 bits; 1024 to 4096 are accepted, 2048 is best",
                        seen + " text - - - skipped there is no private key in PEM (\"-----BEGIN PRIVATE KEY-----\" or"
                                + " \"-----BEGIN RSA PRIVATE KEY-----\")",
                        "elsewhere.test s1 ed25519 256 missing skipped nobody holds the domain here; --add-domains adds"
                                + " it",
                        "silent.test s1 rsa 2048 no answer skipped nobody holds the domain here; --add-domains adds it");
        assertThat(ended.out()).startsWith("DOMAIN").contains("would import").doesNotContain("PRIVATE KEY-----\nM");
        assertThat(ended.err()).contains("2 would import, 5 skipped");
        assertThat(world.shell.run("dkim", "list", seen).out()).startsWith("No key");
    }

    @Test
    void movesAServerAndARerunFindsItDone() throws Exception {
        String held = world.domain();
        String added = "added" + trees + ".test";
        String late = "late" + trees + ".test";
        world.everywhere(zones -> zones.zone(added, "ns1.ns.test")
                .zone(late, "ns1.ns.test")
                .txt("s1._domainkey." + held, TestKeys.rsaRecord())
                .txt("s1._domainkey." + added, TestKeys.ed25519Record()));
        key(held, "s1", RSA, "rw-------");
        key(held, "s2", rsa(2048), "rw-------");
        key(added, "s1", ED25519, "rw-------");
        key(late, "s1", ED25519, "rw-------");
        // As if a run was killed after this one.
        world.shell.run("dkim", "import", held, file(held, "s1").toString(), "--selector", "s1");

        Ended first = exim("--add-domains", "--activate", "--json");

        assertThat(first.code()).as(first.err()).isEqualTo(Sysexits.TEMPFAIL);
        assertThat(rows(first))
                .filteredOn(row -> !row.contains("not seen"))
                .containsExactlyInAnyOrder(
                        held + " s1 rsa 2048 seen active -",
                        held + " s2 rsa 2048 missing pending s1 signs for it already, with the same algorithm",
                        added + " s1 ed25519 256 seen active -");
        assertThat(rows(first))
                .filteredOn(row -> row.startsWith(late))
                .singleElement()
                .asString()
                .contains("NXDOMAIN");
        long audited = audited();

        world.everywhere(zones -> zones.txt("s1._domainkey." + late, TestKeys.ed25519Record()));
        Ended second = exim("--add-domains", "--activate", "--json");
        assertThat(second.code()).as(second.out()).isZero();
        assertThat(rows(second))
                .contains(late + " s1 ed25519 256 seen active -")
                .hasSize(4);
        assertThat(audited()).as("only what was late is changed").isEqualTo(audited + 1);
        assertThat(rows(exim("--add-domains", "--activate", "--json"))).isEqualTo(rows(second));
    }

    @Test
    void anotherKeyUnderTheSelectorAndAnothersDomainAreNotTouched() throws Exception {
        String domain = world.domain();
        world.shell.run("tenant", "add", "Reseller");
        world.shell.run("dkim", "create", domain, "--algorithm", "ed25519", "--selector", "s1");
        key(domain, "s1", ED25519, "rw-------");

        assertThat(rows(exim("--json")))
                .containsExactly(domain + " s1 ed25519 256 missing skipped the selector is taken here by another key");
        assertThat(rows(exim("--json", "--add-domains", "--tenant", "Reseller")))
                .containsExactly(domain + " s1 ed25519 256 missing skipped another tenant holds the domain");
    }

    @Test
    void opensEncryptedKeysByAPassphraseFile() throws Exception {
        String domain = world.domain();
        Path word = Files.writeString(folder.resolve("word"), "open sesame\n");
        Files.setPosixFilePermissions(word, PosixFilePermissions.fromString("rw-------"));
        Path plain = file(domain, "plain");
        key(domain, "plain", RSA, "rw-------");
        openssl("pkcs8", "-topk8", "-v2", "aes-256-cbc", "-in", plain, "-out", file(domain, "pkcs8"));
        openssl("rsa", "-traditional", "-aes128", "-in", plain, "-out", file(domain, "pkcs1"));
        for (String selector : List.of("pkcs8", "pkcs1")) {
            Ended asked = world.shell.run(
                    "dkim", "import", domain, file(domain, selector).toString(), "--selector", selector);
            assertThat(asked.err()).contains("the key is encrypted; its passphrase is needed");
            Ended ended = world.shell.run(
                    "dkim",
                    "import",
                    domain,
                    file(domain, selector).toString(),
                    "--selector",
                    selector,
                    "--passphrase-file",
                    word.toString());
            assertThat(ended.code()).as(ended.err()).isZero();
            assertThat(ended.out()).contains(selector + "._domainkey").doesNotContain("sesame");
        }
        Files.writeString(word, "wrong\n");
        Ended wrong = world.shell.run(
                "dkim",
                "import",
                domain,
                file(domain, "pkcs8").toString(),
                "--selector",
                "w",
                "--passphrase-file",
                word.toString());
        assertThat(wrong.code()).isEqualTo(Sysexits.DATAERR);
        assertThat(wrong.err()).contains("the passphrase does not open the key");
    }

    @Test
    void aTreeWithoutKeysIsNotNothing() throws IOException {
        Files.createDirectories(tree);

        assertThat(exim("--json").code()).isEqualTo(Sysexits.NOINPUT);
        assertThat(world.shell
                        .run("dkim", "import", "a.test", "--exim", tree.toString())
                        .code())
                .isEqualTo(Sysexits.USAGE);
    }

    private Ended exim(String... more) {
        List<String> words = new ArrayList<>(List.of("dkim", "import", "--exim", tree.toString()));
        words.addAll(List.of(more));
        return world.shell.run(words.toArray(String[]::new));
    }

    private static List<String> rows(Ended ended) throws IOException {
        List<String> rows = new ArrayList<>();
        for (JsonNode row : new com.fasterxml.jackson.databind.ObjectMapper().readTree(ended.out())) {
            List<String> cells = new ArrayList<>();
            for (String name : List.of("domain", "selector", "algorithm", "bits", "dns", "result", "why")) {
                cells.add(row.get(name).isNull() ? "-" : row.get(name).asText());
            }
            rows.add(String.join(" ", cells));
        }
        return rows;
    }

    private static long audited() {
        return world.shell
                .database()
                .transactions()
                .read(handle -> handle.select("SELECT COUNT(*) FROM audit")
                        .mapTo(Long.class)
                        .one());
    }

    private Path file(String domain, String selector) {
        return tree.resolve(domain).resolve(selector + ".key");
    }

    private void key(String domain, String selector, String text, String rights) throws IOException {
        Files.createDirectories(tree.resolve(domain));
        Files.writeString(file(domain, selector), text);
        Files.setPosixFilePermissions(file(domain, selector), PosixFilePermissions.fromString(rights));
    }

    private static String rsa(int bits) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(bits);
        return TestKeys.pem(generator.generateKeyPair().getPrivate().getEncoded());
    }

    private static void openssl(Object... words) throws Exception {
        List<String> command = new ArrayList<>(List.of("openssl"));
        for (Object word : words) {
            command.add(word.toString());
        }
        command.addAll(List.of("-passout", "pass:open sesame"));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        Files.setPosixFilePermissions(
                Path.of(words[words.length - 1].toString()), PosixFilePermissions.fromString("rw-------"));
    }
}
