package io.sealpost.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sealpost.cli.Shell.Ended;
import io.sealpost.fixtures.Loopback;
import io.sealpost.fixtures.TestDns;
import io.sealpost.fixtures.TestZones;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * A shell and its DNS, all on one port: two configured servers, and the two name servers of every domain that is added. Not
 * thread-safe.
 */
final class KeyRecordsWorld implements AutoCloseable {
    final TestDns resolver = TestDns.start(zones -> {});
    final TestDns secondResolver = at("127.0.0.5");
    final TestDns ns1 = at("127.0.0.2");
    final TestDns ns2 = at("127.0.0.3");
    final Shell shell;
    private int domains;

    KeyRecordsWorld(Path folder) throws IOException {
        shell = Shell.in(folder, """
                [dns]
                servers = ["127.0.0.1:%1$d", "127.0.0.5:%1$d"]
                [delivery]
                allow_private_addresses = ["127.0.0.2/31"]
                """.formatted(port()));
        everywhere(zones -> zones.zone("ns.test", "ns1.ns.test")
                .address("ns1.ns.test", "127.0.0.2")
                .address("ns2.ns.test", "127.0.0.3"));
    }

    private TestDns at(String address) {
        return TestDns.start(Loopback.socket(address, port()), zones -> {});
    }

    private int port() {
        return resolver.address().getPort();
    }

    List<TestDns> all() {
        return List.of(resolver, secondResolver, ns1, ns2);
    }

    void everywhere(Consumer<TestZones> change) {
        all().forEach(server -> server.change(change));
    }

    /** A fresh domain with a zone. */
    String domain() {
        String name = "d" + ++domains + ".test";
        everywhere(zones -> zones.zone(name, "ns1.ns.test", "ns2.ns.test"));
        assertThat(shell.run("domain", "add", name).code()).isZero();
        return name;
    }

    /** A pending key of the domain; returns its record, unsplit. */
    String key(String domain, String selector, String... more) {
        String[] words = {"dkim", "create", domain, "--algorithm", "ed25519", "--selector", selector};
        Ended created = shell.run(more.length == 0 ? words : more);
        assertThat(created.code()).as(created.err()).isZero();
        for (JsonNode record : json("dkim", "dns", domain, "--json", "--selector", selector)) {
            return record.get("value").asText();
        }
        throw new AssertionError("no record");
    }

    /** An active key of the domain; returns its record. */
    String activeKey(String domain, String selector) {
        String record = key(domain, selector);
        everywhere(zones -> zones.txt(name(selector, domain), record));
        Ended ended = shell.run("dkim", "activate", domain, "--selector", selector);
        assertThat(ended.code()).as(ended.err()).isZero();
        return record;
    }

    static String name(String selector, String domain) {
        return selector + "._domainkey." + domain;
    }

    JsonNode json(String... words) {
        try {
            return new ObjectMapper().readTree(shell.run(words).out());
        } catch (IOException e) {
            throw new AssertionError("no JSON", e);
        }
    }

    @Override
    public void close() {
        shell.close();
        all().forEach(TestDns::close);
    }
}
