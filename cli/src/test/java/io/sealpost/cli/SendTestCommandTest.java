package io.sealpost.cli;

import static io.sealpost.fixtures.MxAction.drop;
import static io.sealpost.fixtures.MxAction.reply;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sealpost.cli.Shell.Ended;
import io.sealpost.cli.console.Sysexits;
import io.sealpost.fixtures.MxMessage;
import io.sealpost.fixtures.ScriptedMx;
import io.sealpost.fixtures.TestDns;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SendTestCommandTest {
    @TempDir
    private static Path folder;

    private static TestDns dns;
    private static Shell shell;

    private ScriptedMx mx;

    @BeforeAll
    static void openWithTwoActiveKeys() throws IOException {
        dns = TestDns.start(zones -> zones.mx("shop.test", 10, "mx1.shop.test", "127.0.0.2")
                .mx("other.test", 10, "mx.other.test", "127.0.0.3")
                .nullMx("nomail.test"));
        shell = Shell.in(folder, "");
        shell.run("domain", "add", "office.test");
        shell.run("dkim", "create", "office.test");
        settings(25);
        publish();
        assertThat(shell.run("dkim", "activate", "office.test").code()).isZero();
    }

    private static void settings(int port) throws IOException {
        shell.writeSettings(
                shell.database().settings(), """
                [dns]
                servers = ["127.0.0.1:%d"]
                [delivery]
                port = %d
                allow_private_addresses = ["127.0.0.0/8"]
                connect_timeout = "2s"
                """.formatted(dns.address().getPort(), port));
    }

    @AfterAll
    static void close() {
        shell.close();
        dns.close();
    }

    @BeforeEach
    void startMx() throws IOException {
        mx = ScriptedMx.start("127.0.0.2", "127.0.0.3");
        settings(mx.port());
    }

    @AfterEach
    void stopMx() {
        mx.close();
    }

    private static void publish() throws IOException {
        for (JsonNode record : new ObjectMapper()
                .readTree(shell.run("dkim", "dns", "office.test", "--json").out())) {
            dns.change(zones ->
                    zones.txt(record.get("name").asText(), record.get("value").asText()));
        }
    }

    private static Ended send(String... more) {
        String[] words = new String[3 + more.length];
        words[0] = "send-test";
        words[1] = "--from";
        words[2] = "anna@office.test";
        System.arraycopy(more, 0, words, 3, more.length);
        return shell.run(words);
    }

    @Test
    void sendsASignedMailAndTellsEachStep() {
        Ended ended = send("--to", "bert@shop.test", "--subject", "Grüße");

        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.out())
                .contains("keys of office.test: ", " (rsa) and ", " (ed25519)")
                .containsPattern("verified against the DNS: \\S+_domainkey.office.test holds, \\S+ holds")
                .contains("mail for shop.test goes to mx1.shop.test [127.0.0.2]")
                .containsPattern("bert@shop.test: taken by mx1.shop.test\\[127.0.0.2]:\\d+ over TLSv1.3 TLS_\\S+: 250 ")
                .contains("1 delivered, 0 put off, 0 refused. Nothing was put into the queue.");
        MxMessage arrived = mx.messages().get(0);
        assertThat(arrived.mailFrom()).isEqualTo("anna@office.test");
        assertThat(arrived.rcptTo()).containsExactly("bert@shop.test");
        assertThat(arrived.tls()).isPresent();
        assertThat(arrived.text())
                .startsWith("DKIM-Signature: ")
                .containsPattern("(?s)\r\nDKIM-Signature: .*\r\nReceived: by relay.office.test \\(Sealpost\\)")
                .contains("\r\nSubject: =?UTF-8?", "\r\nAuto-Submitted: auto-generated\r\n")
                .doesNotContain("\r\nBcc:");
        assertThat(shell.run("queue", "list").out()).contains("Nothing waits.");
    }

    @Test
    void givesEachRecipientItsEndAndEndsWithTheWorst() throws IOException {
        mx.onRcpt(reply(450, "4.2.0 mailbox busy")).when("busy@").at("127.0.0.2");
        mx.onRcpt(reply(550, "5.1.1 no such user")).when("gone@").at("127.0.0.3");

        Ended both = send("--to", "bert@shop.test", "--to", "busy@shop.test", "--json");
        assertThat(both.code()).as(both.err()).isEqualTo(Sysexits.TEMPFAIL);
        JsonNode ends = new ObjectMapper().readTree(both.out());
        assertThat(ends).hasSize(2);
        assertThat(ends.get(0).get("end").asText()).isEqualTo("delivered");
        assertThat(ends.get(0).get("tls").asText()).startsWith("TLSv1.3 ");
        assertThat(ends.get(1).get("end").asText()).isEqualTo("temporary");
        assertThat(ends.get(1).get("reply").asText()).isEqualTo("450 4.2.0 mailbox busy");

        Ended worse = send("--to", "busy@shop.test", "--to", "gone@other.test");
        assertThat(worse.code()).isEqualTo(Sysexits.UNAVAILABLE);
        assertThat(worse.out())
                .containsPattern(
                        "busy@shop.test: not now, by mx1.shop.test\\[127.0.0.2]:\\d+ at RCPT: 450 4.2.0 mailbox busy."
                                + " Nothing was accepted")
                .containsPattern(
                        "gone@other.test: refused, by mx.other.test\\[127.0.0.3]:\\d+ at RCPT: 550 5.1.1 no such user")
                .contains("0 delivered, 1 put off, 1 refused. Nothing was put into the queue");
        assertThat(shell.run("queue", "list").out()).contains("Nothing waits.");
    }

    @Test
    void saysThatItMayHaveBeenDeliveredWhenTheAnswerToTheFinalDotIsLost() {
        mx.onEndOfData(drop());

        Ended ended = send("--to", "bert@shop.test");

        assertThat(ended.code()).isEqualTo(Sysexits.TEMPFAIL);
        assertThat(ended.out()).contains("it may have been delivered").doesNotContain("Nothing was accepted");
    }

    @Test
    void tellsOfHostsThatAreDownAndOfDomainsThatTakeNoMail() {
        mx.down("127.0.0.2");
        Ended down = send("--to", "bert@shop.test");
        assertThat(down.code()).isEqualTo(Sysexits.TEMPFAIL);
        assertThat(down.out()).contains("Connection refused", "nobody tries again: run it again later");

        Ended nullMx = send("--to", "bert@nomail.test");
        assertThat(nullMx.code()).isEqualTo(Sysexits.UNAVAILABLE);
        assertThat(nullMx.out()).contains("bert@nomail.test: refused, 5.1.10 Domain nomail.test", "null MX");
        assertThat(send("--to", "bert@nowhere.test").code()).isEqualTo(Sysexits.UNAVAILABLE);

        dns.change(zones -> zones.fault("SERVFAIL", "shop.test", "MX"));
        Ended servfail = send("--to", "bert@shop.test");
        assertThat(servfail.code()).isEqualTo(Sysexits.TEMPFAIL);
        assertThat(servfail.out()).contains("SERVFAIL");
        dns.change(zones -> zones.heal("shop.test"));
    }

    @Test
    void sendsNothingWhenASignatureDoesNotHoldInTheDns() throws IOException {
        for (String name : keyNames()) {
            dns.change(zones -> zones.remove(name));
        }
        Ended gone = send("--to", "bert@shop.test");
        assertThat(gone.code()).isEqualTo(Sysexits.UNAVAILABLE);
        assertThat(gone.err()).contains("_domainkey.office.test does not hold", "Nothing was sent", "sealpost doctor");

        dns.change(zones -> keyNames().forEach(name -> zones.fault("SERVFAIL", name)));
        assertThat(send("--to", "bert@shop.test").code()).isEqualTo(Sysexits.TEMPFAIL);
        assertThat(mx.sessions()).isEmpty();

        dns.change(zones -> keyNames().forEach(zones::heal));
        publish();
    }

    private static List<String> keyNames() {
        return shell.run("dkim", "list", "office.test")
                .out()
                .lines()
                .skip(1)
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .toList();
    }

    @Test
    void refusesSendersThatAreNotOursOrCannotSignAndWhatIsNoAddress() {
        Ended foreign = shell.run("send-test", "--from", "x@other.test", "--to", "bert@shop.test");
        assertThat(foreign.code()).isEqualTo(Sysexits.DATAERR);
        assertThat(foreign.err()).contains("sealpost domain add other.test");

        shell.run("domain", "add", "new.test");
        Ended keyless = shell.run("send-test", "--from", "x@new.test", "--to", "bert@shop.test");
        assertThat(keyless.code()).isEqualTo(Sysexits.UNAVAILABLE);
        assertThat(keyless.err()).contains("sealpost dkim create new.test");

        shell.run("dkim", "create", "new.test");
        assertThat(shell.run("send-test", "--from", "x@new.test", "--to", "bert@shop.test")
                        .err())
                .contains("sealpost dkim activate new.test");

        assertThat(send("--to", "no address").code()).isEqualTo(Sysexits.DATAERR);
        assertThat(send("--to", "bert@shop.test", "--subject", "a\r\nBcc: x@y.test")
                        .code())
                .isEqualTo(Sysexits.DATAERR);
        assertThat(send("--to", "jörg@shop.test").code()).isEqualTo(Sysexits.DATAERR);
        assertThat(send().code()).isEqualTo(Sysexits.USAGE);
        assertThat(mx.sessions()).isEmpty();
    }
}
