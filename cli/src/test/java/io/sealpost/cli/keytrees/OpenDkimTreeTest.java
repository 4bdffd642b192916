package io.sealpost.cli.keytrees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealpost.cli.console.Fault;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Forms of opendkim.conf(5) and opendkim(8). */
class OpenDkimTreeTest {
    private TreeFolder files;

    @BeforeEach
    void open(@TempDir Path folder) {
        files = new TreeFolder(folder);
    }

    @Test
    void readsTablesOfPatterns() throws IOException {
        files.file("/etc/opendkim.conf", """
                        # a comment
                        Syslog yes
                        KeyTable refile:/etc/opendkim/KeyTable   # another
                        SIGNINGTABLE refile:/etc/opendkim/SigningTable
                        """)
                .file("/etc/opendkim/KeyTable", """
                        mail._domainkey.a.example a.example:mail:/etc/opendkim/keys/a.example/mail.private
                        two._domainkey.a.example\ta.example:two:/etc/opendkim/keys/a.example/two.private

                        unused c.example:mail:/c
                        broken only:two
                        """)
                .file("/etc/opendkim/SigningTable", """
                        *@a.example mail._domainkey.a.example
                        *@a.example two._domainkey.a.example:info@a.example
                        *@news.a.example mail._domainkey.a.example
                        *@b.example mail._domainkey.b.example
                        *@d.example broken
                        """);

        KeyTree tree = read();

        assertThat(files.keys(tree))
                .containsExactly(
                        "a.example mail /etc/opendkim/keys/a.example/mail.private",
                        "a.example two /etc/opendkim/keys/a.example/two.private");
        assertThat(files.skipped(tree))
                .containsExactly(
                        "*@news.a.example: it is signed as a.example there; here a message is signed as the domain of its"
                                + " From, so news.a.example needs a key of its own",
                        "*@b.example: the key table has no entry \"mail._domainkey.b.example\"",
                        "broken: its value is not domain:selector:key",
                        "unused: no line of the signing table uses it");
    }

    @Test
    void aPercentSignIsTheDomainOfTheFrom() throws IOException {
        files.file("/etc/opendkim.conf", "KeyTable file:/kt\nSigningTable refile:/st\n")
                .file("/kt", "all %:s1:/keys/%/s1.private\nb.example %:s2:/keys/b/%.private\n")
                .file("/st", "*@a.example all\n*@*.sub.example all\n*@b.example %\n")
                .keys("/keys/a.example/s1.private", "/keys/x.sub.example/s1.private", "/keys/other.example/s1.private");

        KeyTree tree = read();

        assertThat(files.keys(tree))
                .containsExactly(
                        "a.example s1 /keys/a.example/s1.private",
                        "x.sub.example s1 /keys/x.sub.example/s1.private",
                        "b.example s2 /keys/b/b.example.private");
        assertThat(tree.skipped()).isEmpty();
    }

    @Test
    void flatFilesNameDomainsAddressesAndAll() throws IOException {
        files.file("/etc/opendkim.conf", "KeyTable /kt\nSigningTable /st\nBaseDirectory /base\n")
                .file("/kt", "a a.example:s:./a.private\nb %:s:keys-of-b\nc %:s:/keys/%\n")
                .file("/st", "a.example a\njoe@b.example b\n* c\n")
                .keys("/keys/one.example", "/keys/two.example");

        assertThat(files.keys(read()))
                .containsExactly(
                        "a.example s /base/a.private",
                        "b.example s /kt",
                        "one.example s /keys/one.example",
                        "two.example s /keys/two.example");
    }

    @Test
    void oneKeyForWhateverComesIsNotGuessedAt() throws IOException {
        files.file("/etc/opendkim.conf", "KeyTable csl:all=%:s:/the.key\nSigningTable *=all\n");

        KeyTree tree = read();

        assertThat(tree.keys()).isEmpty();
        assertThat(files.skipped(tree)).singleElement().asString().contains("one key signs for whatever domain comes");
    }

    @Test
    void readsTheOneKeyOfAListOfDomains() throws IOException {
        files.file("/etc/opendkim.conf", "Include /etc/more.conf\nDomain a.example, b.example\n")
                .file("/etc/more.conf", "Selector 2007\nKeyFile /etc/mail/dkim.key\nSubDomains yes\n");

        KeyTree tree = read();

        assertThat(files.keys(tree))
                .containsExactly("a.example 2007 /etc/mail/dkim.key", "b.example 2007 /etc/mail/dkim.key");
        assertThat(files.skipped(tree)).containsExactly("SubDomains: a subdomain needs a key of its own here");
    }

    @Test
    void otherKindsOfTablesAreNamedWithoutTheirPasswords() throws IOException {
        files.file("/etc/opendkim.conf", "KeyTable dsn:mysql://u:secret@host/db\nSigningTable file:/none\n");

        assertThat(files.skipped(read()))
                .singleElement()
                .asString()
                .startsWith("KeyTable dsn:…: only file:, refile: and csl: are read")
                .doesNotContain("secret");
        files.file("/etc/opendkim.conf", "KeyTable csl:\nSigningTable file:/none\n");
        assertThat(files.skipped(read())).containsExactly("SigningTable file:/none: there is no such file");
    }

    @Test
    void aConfigurationThatIsNotThereIsAFault() {
        assertThatThrownBy(this::read).isInstanceOf(Fault.class).hasMessageContaining("there is no file");
    }

    private KeyTree read() {
        return OpenDkimTree.read(files.at("/etc/opendkim.conf"), files.root());
    }
}
