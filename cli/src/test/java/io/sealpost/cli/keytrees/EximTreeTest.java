package io.sealpost.cli.keytrees;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Layouts of Exim's keys, and the options that lead to them. */
class EximTreeTest {
    private TreeFolder files;

    @BeforeEach
    void open(@TempDir Path folder) {
        files = new TreeFolder(folder);
    }

    @Test
    void readsAFolderByTheNamesOfItsFiles() throws IOException {
        files.keys(
                "/d/a.example.key",
                "/d/b.example-private.pem",
                "/d/b.example-public.pem",
                "/d/c.example/s2.private",
                "/d/c.example/s2.txt",
                "/d/e.example");

        assertThat(files.keys(EximTree.read(files.at("/d").toString(), Optional.of("x"), files.root())))
                .containsExactly(
                        "a.example x /d/a.example.key",
                        "b.example x /d/b.example-private.pem",
                        "c.example s2 /d/c.example/s2.private",
                        "e.example x /d/e.example");
        assertThat(files.skipped(EximTree.read(files.at("/d").toString(), Optional.empty(), files.root())))
                .contains("a.example: its selector is not in its name; give it with --selector NAME");
    }

    @Test
    void readsAPathWithDomainAndSelector() throws IOException {
        files.keys("/k/a.example.s1.pem", "/k/sub.b.example.s2.pem", "/k/readme");

        assertThat(files.keys(EximTree.read("/k/$dkim_domain.${dkim_selector}.pem", Optional.empty(), files.root())))
                .containsExactly("a.example s1 /k/a.example.s1.pem", "sub.b.example s2 /k/sub.b.example.s2.pem");
    }

    @Test
    void readsTheOptionsOfTransports() throws IOException {
        files.file("/etc/exim4/exim4.conf", """
                        DKIM_FILE = /etc/exim4/dkim/${lc:$sender_address_domain}.key
                        begin transports
                        remote_smtp:
                          driver = smtp
                          dkim_domain = ${lc:${domain:$h_from:}}
                          dkim_selector = x
                          dkim_private_key = ${if exists{DKIM_FILE} \\
                                {DKIM_FILE}{0}}
                        other_smtp:
                          driver = smtp
                          dkim_domain = one.example : two.example
                          dkim_selector = s1 : s2
                          dkim_private_key = "/etc/keys/$dkim_selector.pem"
                        plain:
                          driver = smtp
                        """)
                .keys("/etc/exim4/dkim/a.example.key", "/etc/exim4/dkim/b.example.key", "/etc/exim4/dkim/readme.txt");

        KeyTree tree = EximTree.read(files.at("/etc/exim4/exim4.conf").toString(), Optional.empty(), files.root());

        assertThat(files.keys(tree))
                .containsExactlyInAnyOrder(
                        "a.example x /etc/exim4/dkim/a.example.key",
                        "b.example x /etc/exim4/dkim/b.example.key",
                        "one.example s1 /etc/keys/s1.pem",
                        "one.example s2 /etc/keys/s2.pem",
                        "two.example s1 /etc/keys/s1.pem",
                        "two.example s2 /etc/keys/s2.pem");
        assertThat(tree.skipped()).isEmpty();
    }

    @Test
    void aConfigurationWithoutKeysSaysSo() throws IOException {
        files.file("/exim.conf", "begin transports\nremote_smtp:\n  driver = smtp\n");

        assertThat(files.skipped(EximTree.read(files.at("/exim.conf").toString(), Optional.empty(), files.root())))
                .containsExactly("dkim_private_key: no transport sets it");
    }
}
