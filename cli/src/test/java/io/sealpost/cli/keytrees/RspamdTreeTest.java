package io.sealpost.cli.keytrees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealpost.cli.console.Fault;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Forms of rspamd's module dkim_signing. */
class RspamdTreeTest {
    private TreeFolder files;

    @BeforeEach
    void open(@TempDir Path folder) {
        files = new TreeFolder(folder);
    }

    @Test
    void readsDomainsMapsAndWhatLiesUnderThePath() throws IOException {
        files.file("/etc/rspamd/local.d/dkim_signing.conf", """
                        # comment
                        path = "/var/lib/rspamd/dkim/$domain.$selector.key";
                        selector_map = "/etc/rspamd/selectors.map";
                        path_map = "$CONFDIR/paths.map";
                        domain {
                          own.example {
                            selectors [
                              { path: "${DBDIR}/own.key", selector: "ds" },
                              { path: "/keys/own.ed"; selector: "ed"; }
                            ]
                          }
                          old.example { selector = 'x'; }
                        }
                        """)
                .file("/etc/rspamd/override.d/dkim_signing.conf", "selector = s1\n")
                .file("/etc/rspamd/selectors.map", "mapped.example  m1\n# nothing\n")
                .file("/etc/rspamd/paths.map", "mapped.example \"/maps/$domain-$selector\"\n")
                .keys(
                        "/var/lib/rspamd/dkim/found.example.s1.key",
                        "/var/lib/rspamd/dkim/found.example.s2.key",
                        "/var/lib/rspamd/dkim/own.example.s1.key",
                        "/var/lib/rspamd/dkim/old.example.x.key");

        KeyTree tree = read("/etc/rspamd");

        assertThat(files.keys(tree))
                .containsExactly(
                        "own.example ds /var/lib/rspamd/own.key",
                        "own.example ed /keys/own.ed",
                        "old.example x /var/lib/rspamd/dkim/old.example.x.key",
                        "mapped.example m1 /maps/mapped.example-m1",
                        "found.example s1 /var/lib/rspamd/dkim/found.example.s1.key");
        assertThat(files.skipped(tree))
                .containsExactly("found.example: rspamd does not sign with the selector s2 but with s1");
    }

    @Test
    void readsWhatConfigdumpPrints() throws IOException {
        files.file("/dump.json", """
                {"dkim_signing": {"try_fallback": false, "path": "/keys/$domain.key", "selector": "dkim",
                  "domain": {"a.example": {"path": "\\u002fa.key", "selector": "s\\"1"}}}}
                """).keys("/keys/b.example.key");

        assertThat(files.keys(read("/dump.json"))).containsExactly("a.example s\"1 /a.key");
    }

    @Test
    void readsSigningAndKeyTables() throws IOException {
        files.file("/etc/rspamd/local.d/dkim_signing.conf", """
                        signing_table = [ "*@a.example a.example", "*@b.example b" ];
                        key_table = [ "a.example a.example:s1:/keys/a.key", "b b.example:/keys/%.key" ];
                        """);

        assertThat(files.keys(read("/etc/rspamd")))
                .containsExactly("a.example s1 /keys/a.key", "b.example dkim /keys/b.example.key");
    }

    @Test
    void keysInRedisOrAVaultAreNamed() throws IOException {
        files.file("/etc/rspamd/local.d/dkim_signing.conf", "use_redis = true;\n");
        assertThat(files.skipped(read("/etc/rspamd")))
                .singleElement()
                .asString()
                .startsWith("use_redis: ");
        files.file("/etc/rspamd/local.d/dkim_signing.conf", "use_vault = yes\nvault_token = \"secret\"\n");
        assertThat(files.skipped(read("/etc/rspamd")))
                .singleElement()
                .asString()
                .contains("--rspamd-vault")
                .doesNotContain("secret");
    }

    @Test
    void readsTheExportOfAVault() throws IOException {
        files.file("/v/a.example.json", """
                        {"data": {"data": {"selectors": [
                          {"selector": "s1", "key": "AAAA", "alg": "rsa", "bits": 2048, "valid_start": 1},
                          {"selector": "s0", "key": "BBBB", "valid_end": 1000}]}}}
                        """)
                .file(
                        "/v/other.json",
                        "{\"data\": {\"selectors\": [{\"domain\": \"b.example\", \"selector\": \"s\","
                                + " \"key\": \"CC\"}, {\"domain\": \"c.example\", \"selector\": \"s\"}]}}")
                .file("/v/z.json", "{}");

        KeyTree tree = RspamdVault.read(files.at("/v"), files.root(), Instant.ofEpochSecond(2000));

        assertThat(files.keys(tree)).containsExactly("a.example s1 /v/a.example.json", "b.example s /v/other.json");
        assertThat(files.skipped(tree))
                .containsExactly(
                        "a.example: its time is over (valid_end)",
                        "c.example: the export holds no private key of it",
                        "z.json: it holds no \"selectors\"");
        assertThat(tree.keys().toString()).doesNotContain("AAAA");
    }

    @Test
    void whatIsNoConfigurationIsAFault() throws IOException {
        files.file("/etc/rspamd/local.d/other.conf", "").file("/broken", "domain { a { path = \"x");

        assertThatThrownBy(() -> read("/etc/rspamd")).isInstanceOf(Fault.class).hasMessageContaining("configdump");
        assertThatThrownBy(() -> read("/broken")).isInstanceOf(Fault.class).hasMessageContaining("line 1: ");
        files.file("/broken", "[[".repeat(100));
        assertThatThrownBy(() -> read("/broken")).isInstanceOf(Fault.class).hasMessageContaining("too deep");
    }

    private KeyTree read(String place) {
        return RspamdTree.read(files.at(place), files.root());
    }
}
