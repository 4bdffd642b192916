package io.sealpost.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.cli.Shell.Ended;
import io.sealpost.cli.console.Sysexits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

class DomainClientSettingsTest {
    private static final String[] IMAP = {"--imap", "imap.example.net"};

    @TempDir
    private static Path folder;

    private static Shell shell;

    @BeforeAll
    static void write() throws IOException {
        shell = Shell.in(folder, """
                [[listener]]
                name = "submission"
                address = "0.0.0.0:587"
                [[listener]]
                name = "submissions"
                address = "0.0.0.0:2465"
                tls = "implicit"
                """);
    }

    @AfterAll
    static void close() {
        shell.close();
    }

    private static Ended run(String... more) {
        String[] all = new String[more.length + 3];
        all[0] = "domain";
        all[1] = "client-settings";
        all[2] = "office.example";
        System.arraycopy(more, 0, all, 3, more.length);
        return shell.run(all);
    }

    @Test
    void theRecordsPreferTlsFromTheFirstByte() {
        assertThat(run("--format", "records", "--port", "submissions=465").out().lines())
                .containsExactly(
                        "_submissions._tcp.office.example. IN SRV 0 1 465 relay.office.test.",
                        "_submission._tcp.office.example. IN SRV 10 1 587 relay.office.test.");
        assertThat(run("--format", "records", "--imap", "imap.example.net:1993", "--host", "mail.reseller.example")
                        .out()
                        .lines())
                .containsExactly(
                        "_submissions._tcp.office.example. IN SRV 0 1 2465 mail.reseller.example.",
                        "_submission._tcp.office.example. IN SRV 10 1 587 mail.reseller.example.",
                        "_imaps._tcp.office.example. IN SRV 0 1 1993 imap.example.net.");
    }

    @Test
    void peopleReadTheSettings() {
        assertThat(run().out())
                .contains(
                        "server relay.office.test  port 2465  SSL/TLS", "server relay.office.test  port 587  STARTTLS")
                .contains("https://autoconfig.office.example/mail/config-v1.1.xml");
        assertThat(run("--json").out()).contains("\"_submission._tcp.office.example\"");
    }

    @Test
    void mozillasFileIsXmlWithBothPorts() throws Exception {
        Document file = xml(run("--format", "mozilla", IMAP[0], IMAP[1]).out());
        assertThat(file.getElementsByTagName("outgoingServer").getLength()).isEqualTo(2);
        assertThat(file.getElementsByTagName("incomingServer").getLength()).isEqualTo(1);
        assertThat(text(file, "port", 1)).isEqualTo("2465");
        assertThat(text(file, "socketType", 2)).isEqualTo("STARTTLS");
        assertThat(text(file, "username", 1)).isEqualTo("%EMAILADDRESS%");
    }

    @Test
    void outlooksFileIsXmlWithTheFirstChoice() throws Exception {
        Document file = xml(run("--format", "outlook", IMAP[0], IMAP[1]).out());
        assertThat(text(file, "Type", 1)).isEqualTo("SMTP");
        assertThat(text(file, "Port", 1)).isEqualTo("2465");
        assertThat(text(file, "Encryption", 1)).isEqualTo("SSL");
    }

    @Test
    void applesProfileIsForOneMailbox() throws Exception {
        String profile = run("--format", "apple", IMAP[0], IMAP[1], "--address", "a&b@office.example")
                .out();
        Document file = xml(profile.replaceAll("<!DOCTYPE[^>]*>", ""));
        assertThat(file.getDocumentElement().getTextContent())
                .contains("a&b@office.example", "relay.office.test", "imap.example.net");
        assertThat(run("--format", "apple", IMAP[0], IMAP[1]).code()).isEqualTo(Sysexits.USAGE);
        assertThat(run("--format", "apple", "--address", "anna@office.example").err())
                .contains("an Apple profile must name the IMAP server too; give --imap");
    }

    @Test
    void whatIsWrongIsSaid() {
        assertThat(run("--port", "smtp=25").err()).contains("there is no listener \"smtp\" in the settings");
        assertThat(run("--imap", "imap.example.net:0").code()).isEqualTo(Sysexits.USAGE);
    }

    private static String text(Document file, String element, int index) {
        return file.getElementsByTagName(element).item(index).getTextContent();
    }

    private static Document xml(String text) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }
}
