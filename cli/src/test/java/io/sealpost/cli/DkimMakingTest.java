package io.sealpost.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.sealpost.cli.Shell.Ended;
import io.sealpost.cli.console.Sysexits;
import io.sealpost.fixtures.TestKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.Base64;
import javax.crypto.EncryptedPrivateKeyInfo;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code dkim create|import|list|dns|retire} without the DNS. */
class DkimMakingTest {
    @TempDir
    private static Path folder;

    private static Shell shell;
    private static int count;

    @BeforeAll
    static void open() throws IOException {
        shell = Shell.in(folder, "");
        shell.run("domain", "add", "office.test");
    }

    @AfterAll
    static void close() {
        shell.close();
    }

    @Test
    void importsEachKindOfKey() throws IOException {
        byte[] pkcs8 = TestKeys.rsaPkcs8();
        int start = 26; // PKCS#8 of an RSA key is a frame of 26 bytes around PKCS#1 (RFC 5208 §5).
        String pkcs1 = Base64.getMimeEncoder().encodeToString(java.util.Arrays.copyOfRange(pkcs8, start, pkcs8.length));

        Ended rsa = importing(TestKeys.pem(pkcs8), "mail");
        assertThat(rsa.code()).as(rsa.err()).isZero();
        assertThat(rsa.out()).startsWith("mail._domainkey.office.test. IN TXT ( \"v=DKIM1; k=rsa; p=");
        assertThat(rsa.out()).doesNotContain("PRIVATE");
        assertThat(rsa.err()).contains("sealpost dkim activate office.test");
        Ended old = importing("-----BEGIN RSA PRIVATE KEY-----\n" + pkcs1 + "\n-----END RSA PRIVATE KEY-----\n", "old");
        assertThat(old.out().replace("old.", "mail.")).isEqualTo(rsa.out());
        Ended edwards = importing(TestKeys.pem(TestKeys.ed25519Pkcs8()), "ed");
        assertThat(edwards.out()).startsWith("ed._domainkey.office.test. IN TXT \"v=DKIM1; k=ed25519; p=");
    }

    @Test
    void importsFromStandardInputAndFromAFileOfTheGroup() throws IOException {
        String pem = TestKeys.pem(TestKeys.ed25519Pkcs8());

        assertThat(shell.runWith(pem, "dkim", "import", "office.test", "-", "--selector", "stdin")
                        .code())
                .isZero();
        assertThat(importing(pem, "group", "rw-r-----").code()).isZero();
    }

    @Test
    void aSmallKeyIsTakenWithAWarning() throws Exception {
        KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
        rsa.initialize(1024);

        Ended ended = importing(TestKeys.pem(rsa.generateKeyPair().getPrivate().getEncoded()), "small");

        assertThat(ended.code()).isZero();
        assertThat(ended.err()).contains("warning: it has only 1024 bits");
    }

    @Test
    void keysThatAreNoneAreOneSentenceAnd65() throws Exception {
        byte[] locked = new EncryptedPrivateKeyInfo("PBEWithMD5AndDES", new byte[64]).getEncoded();

        assertBad(TestKeys.pem(generated("EC", 256)), "is an EC key; DKIM signs with RSA and Ed25519 keys");
        assertBad(TestKeys.pem(generated("RSA", 512)), "has 512 bits; 1024 to 4096 are accepted");
        assertBad(
                TestKeys.pem(locked).replace("PRIVATE", "ENCRYPTED PRIVATE"), "is encrypted; its passphrase is needed");
        assertBad("-----BEGIN PRIVATE KEY-----\nnonsense\n", "damaged");
        assertBad(TestKeys.tlsCertificate().certificatePem(), "that is a certificate; the private key is needed");
        assertBad("hello", "no private key in PEM");
        assertBad("", "no private key in PEM");
        assertBad("x".repeat(70_000), "too large for a key");
    }

    @Test
    void filesThatAreNoKeyFilesAreOneSentence() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();

        assertFault(importing(folder.resolve("none.pem"), "b"), Sysexits.NOINPUT, "there is no file");
        assertFault(importing(folder, "b"), Sysexits.NOINPUT, "is a directory");
        assertFault(importing(pipe, "b"), Sysexits.NOINPUT, "is no regular file; \"-\" reads standard input");
        assertFault(
                importing(TestKeys.pem(TestKeys.rsaPkcs8()), "b", "rw-r--r--"),
                Sysexits.NOPERM,
                "open to every user of this machine; run chmod 600");
    }

    @Test
    void aFileThatTheUserMayNotReadIs77() throws IOException {
        assumeThat(System.getProperty("user.name")).isNotEqualTo("root");

        assertFault(
                importing(TestKeys.pem(TestKeys.rsaPkcs8()), "b", "---------"),
                Sysexits.NOPERM,
                "cannot be read by this user");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dkim import office.test -                            | 64 | --selector NAME is missing",
                "dkim import office.test - --selector a..b            | 65 | is not a selector",
                "dkim import nowhere.test - --selector a              | 66 | nobody holds the domain nowhere.test",
                "dkim import office.test                              | 64 | DOMAIN and PEM are missing",
                "dkim create office.test --algorithm dsa              | 64 | --algorithm",
                "dkim create office.test --algorithm ed25519 --bits 2048 | 64 | always has 256",
                "dkim create office.test --algorithm rsa --bits 512   | 65 | not 512",
                "dkim create office.test --selector x                 | 64 | --algorithm",
                "dkim dns office.test --selector none                 | 66 | no key with the selector none",
                "dkim dns office.test --state retired                 | 66 | no such key",
                "dkim dns office.test --state gone                    | 64 | gone",
                "dkim list nowhere.test                               | 66 | there is no domain nowhere.test",
                "dkim retire office.test --selector none              | 66 | no key with the selector none",
            })
    void faultsAreOneSentenceAndACode(String line, int code, String words) {
        assertFault(shell.runWith(TestKeys.pem(TestKeys.rsaPkcs8()), line.split(" +")), code, words);
    }

    @Test
    void aSelectorIsTakenOnce() throws IOException {
        importing(TestKeys.pem(TestKeys.ed25519Pkcs8()), "twice");

        assertFault(
                importing(TestKeys.pem(TestKeys.ed25519Pkcs8()), "TWICE"),
                Sysexits.CANTCREAT,
                "selector twice is taken");
    }

    @Test
    void listsTheKeysOfADomainAndOfAll() {
        shell.run("domain", "add", "one.test");
        shell.run("domain", "add", "two.test");
        assertThat(shell.run("dkim", "list", "one.test").out())
                .isEqualTo("No key; make one: sealpost dkim create one.test\n");
        shell.run("dkim", "create", "one.test", "--algorithm", "ed25519", "--selector", "a");
        shell.run("dkim", "create", "two.test", "--algorithm", "ed25519", "--selector", "b");
        shell.run("dkim", "retire", "two.test", "--selector", "b");

        assertThat(shell.run("dkim", "list", "one.test").out())
                .contains("a._domainkey.one.test")
                .doesNotContain("two");
        assertThat(shell.run("dkim", "list").out()).contains("a._domainkey.one.test", "b._domainkey.two.test");
        assertThat(shell.run("dkim", "list", "--state", "retired").out())
                .contains("b._domainkey.two.test", "retired")
                .doesNotContain("one.test");
        assertThat(shell.run("dkim", "list", "one.test", "--json").out())
                .contains("\"domain\" : \"one.test\"", "\"selector\" : \"a\"", "\"state\" : \"pending\"");
    }

    @Test
    void printsTheRecordsOfTheStatesThatAreAskedFor() {
        shell.run("domain", "add", "dns.test");
        for (String selector : new String[] {"a", "b"}) {
            shell.run("dkim", "create", "dns.test", "--algorithm", "ed25519", "--selector", selector);
        }
        Ended retired = shell.run("dkim", "retire", "dns.test", "--selector", "b");

        assertThat(retired.err()).contains("No key of dns.test signs now");
        assertThat(shell.run("dkim", "dns", "dns.test").out().lines())
                .singleElement()
                .asString()
                .startsWith("a._domainkey.dns.test. IN TXT \"v=DKIM1; k=ed25519; p=");
        assertThat(shell.run("dkim", "dns", "dns.test", "--state", "RETIRED").out())
                .startsWith("b._domainkey.dns.test.");
        assertThat(shell.run("dkim", "dns", "dns.test", "--state", "active").code())
                .isEqualTo(Sysexits.NOINPUT);
    }

    @Test
    void printsTheRecordForEachKindOfForm() {
        shell.run("domain", "add", "forms.test");
        shell.run("dkim", "create", "forms.test", "--algorithm", "rsa", "--selector", "r");
        String text = shell.run("dkim", "dns", "forms.test", "--json")
                .out()
                .replaceAll("(?s).*\"value\" : \"([^\"]+)\".*", "$1");
        String first = text.substring(0, 255);
        String second = text.substring(255);
        String name = "r._domainkey.forms.test";

        assertThat(dns()).isEqualTo(name + ". IN TXT ( \"" + first + "\" \"" + second + "\" )\n");
        assertThat(dns("--format", "lines"))
                .isEqualTo(name + ". IN TXT (\n    \"" + first + "\"\n    \"" + second + "\"\n)\n");
        assertThat(dns("--format", "quoted")).isEqualTo(name + "\n\"" + first + "\" \"" + second + "\"\n");
        assertThat(dns("--format", "form"))
                .startsWith("name   r._domainkey\n")
                .contains("does not add the domain: " + name + ")\ntype   TXT\ntext   " + text + "\n");
    }

    private static String dns(String... more) {
        String[] words = new String[more.length + 3];
        System.arraycopy(new String[] {"dkim", "dns", "forms.test"}, 0, words, 0, 3);
        System.arraycopy(more, 0, words, 3, more.length);
        return shell.run(words).out();
    }

    private static byte[] generated(String algorithm, int bits) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(bits);
        return generator.generateKeyPair().getPrivate().getEncoded();
    }

    private static void assertBad(String pem, String words) throws IOException {
        assertFault(importing(pem, "bad"), Sysexits.DATAERR, words);
    }

    private static void assertFault(Ended ended, int code, String words) {
        assertThat(ended.code()).as(ended.err()).isEqualTo(code);
        assertThat(ended.err())
                .startsWith("sealpost: ")
                .contains(words)
                .doesNotContain("Exception", "PRIVATE KEY-----\nM");
        assertThat(ended.out()).isEmpty();
    }

    private static Ended importing(String pem, String selector) throws IOException {
        return importing(pem, selector, "rw-------");
    }

    private static Ended importing(String pem, String selector, String rights) throws IOException {
        Path file = Files.writeString(folder.resolve("key" + ++count + ".pem"), pem, StandardCharsets.US_ASCII);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(rights));
        return importing(file, selector);
    }

    private static Ended importing(Path file, String selector) {
        return shell.run("dkim", "import", "office.test", file.toString(), "--selector", selector);
    }
}
