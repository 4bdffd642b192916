package io.sealpost.cli.foreign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sealpost.cli.Sealpost;
import io.sealpost.cli.console.Console;
import io.sealpost.cli.foreign.NameServers.Program;
import io.sealpost.cli.story.ServeProcess;
import io.sealpost.fixtures.Loopback;
import io.sealpost.fixtures.MxMessage;
import io.sealpost.fixtures.RawSmtpClient;
import io.sealpost.fixtures.ScriptedMx;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole life of two keys while mail flows without a pause, on name servers that nobody here wrote: one of the zone's servers lags
 * behind, lies, and is gone. Each mail is judged by dkimpy when it arrives, and all of them again after the rotation.
 */
@Tag("foreign")
class RotatedKeysStory {
    private static final Duration DOWNLOADS = Duration.ofMinutes(15);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int TEMPFAIL = 75;
    private static final int SOME = 5;

    @TempDir
    private Path folder;

    private final List<AutoCloseable> open = new ArrayList<>();
    private ScriptedMx shop;
    private NameServers dns;
    private RawSmtpClient client;
    private SteadyMail mail;

    private record Ended(int code, String out, String err) {}

    @AfterEach
    void close() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    @Test
    void keysAreMadePublishedActivatedRotatedRolledBackAndRetiredWhileMailFlows() throws Exception {
        start();
        run("dkim", "create", "office.test");
        assertThat(run("dkim", "activate", "office.test").code()).isEqualTo(TEMPFAIL);
        assertThat(submitted()).startsWith("550 5.7.1");

        Map<String, String> first = records();
        publish(Program.KNOT, first);
        Ended lagging = run("dkim", "activate", "office.test");
        assertThat(lagging.code()).isEqualTo(TEMPFAIL);
        assertThat(lagging.err()).contains("ns2.office.test (127.53.0.12): there is no TXT record");
        assertThat(submitted()).startsWith("550 5.7.1");

        publish(Program.NSD, first);
        ok("dkim", "activate", "office.test", "--wait", "30s");
        await().atMost(PATIENCE)
                .until(() -> submitted().startsWith("250 2.0.0")); // A node hears of it within two seconds.
        await().atMost(PATIENCE).until(() -> shop.messages().size() == 1);
        mail = opened(new SteadyMail(this::submitted, shop, dns.resolver(), folder));
        mail.flowsOn(SOME);

        assertThat(run("dkim", "rotate", "office.test").code()).isEqualTo(TEMPFAIL);
        mail.flowsOn(SOME);
        Map<String, String> second = records();
        second.keySet().removeAll(first.keySet());
        publish(Program.KNOT, second);
        for (String name : second.keySet()) {
            dns.publish(Program.NSD, name, first.values().iterator().next());
        }
        Ended lying = run("dkim", "rotate", "office.test");
        assertThat(lying.code()).isEqualTo(TEMPFAIL);
        assertThat(lying.err()).contains("ns2.office.test (127.53.0.12): the record");
        assertSigning(first);
        mail.flowsOn(SOME);

        dns.stop(Program.NSD);
        Ended gone = ok("dkim", "rotate", "office.test", "--wait", "30s");
        assertThat(gone.err()).contains("warning: ns2.office.test (127.53.0.12):");
        assertSigning(second);
        for (String name : second.keySet()) {
            dns.remove(Program.NSD, name);
        }
        publish(Program.NSD, second);
        dns.start(Program.NSD);
        mail.flowsOn(SOME);
        mail.allHold();

        ok("dkim", "rollback", "office.test");
        assertSigning(first);
        mail.flowsOn(SOME);
        for (String name : second.keySet()) {
            ok("dkim", "rollback", "office.test", "--selector", selector(name));
        }
        assertSigning(second);
        mail.flowsOn(SOME);
        assertThat(mail.allHold()).isGreaterThan(6 * SOME); // While all records stand.
        assertThat(signedBoth(first, second)).isTrue();
        for (String name : first.keySet()) {
            ok("dkim", "retire", "office.test", "--selector", selector(name), "--reason", "rotated");
            for (Program server : List.of(Program.KNOT, Program.NSD)) {
                dns.publish(server, name, "v=DKIM1; p=");
            }
        }
        mail.flowsOn(SOME);
        mail.end();
        assertThat(run("dkim", "check", "office.test").code()).isZero();
    }

    private void start() throws Exception {
        ForeignProgram.Ended unpacked = ForeignProgram.run(DOWNLOADS, "unpack", List.of());
        assertThat(unpacked.code()).as(unpacked.output()).isZero();
        shop = opened(ScriptedMx.start("127.0.0.2"));
        dns = opened(new NameServers(shop.port()));
        int port = Loopback.freePort();
        Files.writeString(folder.resolve("sealpost.toml"), """
                hostname = "relay.office.test"
                [[listener]]
                name = "submission"
                address = "127.0.0.1:%d"
                """.formatted(port) + dns.settings());
        ok("init");
        opened(ServeProcess.start(folder.resolve("sealpost.toml"), port));
        ok("domain", "add", "office.test");
        JsonNode account = json("account", "add", "anna@office.test", "--generate", "--json");
        client = opened(RawSmtpClient.connect(Loopback.socket("127.0.0.1", port)));
        client.expect("220").say("EHLO client.test", "250").startTls().say("EHLO client.test", "250");
        client.authPlain("anna@office.test", account.get("password").asText(), "235");
    }

    private <T extends AutoCloseable> T opened(T thing) {
        open.add(thing);
        return thing;
    }

    /** Submits one; returns the reply to its bytes. */
    private String submitted() {
        client.say("MAIL FROM:<anna@office.test>", "250")
                .say("RCPT TO:<shop@shop.office.test>", "250")
                .say("DATA", "354")
                .send(
                        "From: Anna <anna@office.test>\r\nTo: shop@shop.office.test\r\nSubject: An order\r\n\r\nHi\r\n.\r\n");
        return client.reply().get(0);
    }

    /** Whether the keys of both sets have signed what flowed so far. */
    private boolean signedBoth(Map<String, String> first, Map<String, String> second) {
        List<String> texts = shop.messages().stream().map(MxMessage::text).toList();
        return Stream.of(first, second)
                .flatMap(keys -> keys.keySet().stream())
                .allMatch(name -> texts.stream().anyMatch(text -> text.contains("s=" + selector(name) + ";")));
    }

    private void publish(Program server, Map<String, String> records) throws IOException {
        for (Map.Entry<String, String> record : records.entrySet()) {
            dns.publish(server, record.getKey(), record.getValue());
        }
    }

    /** Name to text, of all keys that are not out of use. */
    private Map<String, String> records() throws IOException {
        Map<String, String> records = new LinkedHashMap<>();
        json("dkim", "dns", "office.test", "--json")
                .forEach(record -> records.put(
                        record.get("name").asText(), record.get("value").asText()));
        return records;
    }

    private void assertSigning(Map<String, String> records) throws IOException {
        List<String> active = json("dkim", "list", "office.test", "--state", "active", "--json")
                .findValuesAsText("record");
        assertThat(active).containsExactlyInAnyOrderElementsOf(records.keySet());
    }

    private static String selector(String record) {
        return record.substring(0, record.indexOf('.'));
    }

    private JsonNode json(String... words) throws IOException {
        return new ObjectMapper().readTree(ok(words).out());
    }

    private Ended ok(String... words) {
        Ended ended = run(words);
        assertThat(ended.code())
                .as("%s: %s", String.join(" ", words), ended.err())
                .isZero();
        return ended;
    }

    private Ended run(String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                new ByteArrayInputStream(new byte[0]));
        int code = Sealpost.run(
                console,
                Map.of("SEALPOST_CONFIG", folder.resolve("sealpost.toml").toString()),
                words);
        return new Ended(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
