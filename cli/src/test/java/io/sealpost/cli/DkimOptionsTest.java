package io.sealpost.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.cli.Shell.Ended;
import io.sealpost.cli.console.Sysexits;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DkimOptionsTest {
    private static final String OFFICE = "office.test";

    @TempDir
    private static Path folder;

    private static Shell shell;

    @BeforeAll
    static void open() throws IOException {
        shell = Shell.in(folder, "[queue]\nexpire = \"4d\"\n");
        shell.run("domain", "add", OFFICE);
    }

    @BeforeEach
    void asUsual() {
        assertThat(options("--usual").code()).isZero();
    }

    @AfterAll
    static void close() {
        shell.close();
    }

    @Test
    void showsWhatIsUsual() {
        assertThat(options().out())
                .contains("expire", "never", "identity", "none")
                .contains("oversigned", "from to cc subject reply-to")
                .contains("date message-id sender mime-version");
    }

    @Test
    void keepsWhatIsChosenUntilTheUsualIsTakenBack() {
        Ended ended = options(
                "--expire",
                "10d",
                "--identity",
                "@office.test",
                "--sign-field",
                "X-Ticket",
                "--oversign-field",
                "Date",
                "--no-sign-field",
                "Sender",
                "--no-sign-field",
                "cc");
        assertThat(ended.code()).as(ended.err()).isZero();

        assertThat(options("--json").out())
                .contains("\"expire\" : \"10d\"", "\"identity\" : \"@office.test\"")
                .contains("\"oversigned\" : [ \"from\", \"to\", \"subject\", \"reply-to\", \"date\" ]")
                .contains("\"x-ticket\"")
                .doesNotContain("\"sender\"", "\"cc\"");
        assertThat(options("--sign-field", "sender", "--expire", "none", "--identity", "none")
                        .out())
                .contains(" sender ", "x-ticket", "never", "none");
        assertThat(options("--usual").out()).contains("to cc subject").doesNotContain("x-ticket");
    }

    @Test
    void refusesASignatureThatIsOverBeforeItsMessage() {
        assertUsage(options("--expire", "3d"), "mail may wait 4d in the queue (queue.expire)");
        assertThat(options("--expire", "4d").code()).isZero();
        assertUsage(options("--expire", "soon"), "\"soon\" is not a time");
    }

    @Test
    void refusesFieldsThatMustOrCannotBeSigned() {
        assertUsage(options("--no-sign-field", "From"), "From is always signed");
        assertUsage(options("--sign-field", "Received"), "not a field that can be signed");
        assertUsage(options("--sign-field", "DKIM-Signature"), "not a field that can be signed");
        assertUsage(options("--sign-field", "a b"), "not the name of a header field");
        assertUsage(options("--sign-field", "x", "--no-sign-field", "X"), "x is named for more than one thing");
        assertThat(options("--json").out()).doesNotContain("received");
    }

    @Test
    void refusesForeignIdentitiesAndDomainsThatNobodyHolds() {
        Ended foreign = options("--identity", "anna@other.test");
        assertThat(foreign.code()).isEqualTo(Sysexits.DATAERR);
        assertThat(foreign.err()).contains("in or below office.test");
        assertUsage(options("--identity", "anna"), "an identity is an address, or @ and a domain");

        Ended unknown = shell.run("dkim", "options", "other.test");
        assertThat(unknown.code()).isEqualTo(Sysexits.NOINPUT);
        assertThat(unknown.err()).contains("nobody holds the domain other.test");
    }

    private static Ended options(String... more) {
        String[] words = new String[3 + more.length];
        words[0] = "dkim";
        words[1] = "options";
        words[2] = OFFICE;
        System.arraycopy(more, 0, words, 3, more.length);
        return shell.run(words);
    }

    private static void assertUsage(Ended ended, String sentence) {
        assertThat(ended.code()).as(ended.err()).isEqualTo(Sysexits.USAGE);
        assertThat(ended.err()).contains(sentence).hasLineCount(1);
    }
}
