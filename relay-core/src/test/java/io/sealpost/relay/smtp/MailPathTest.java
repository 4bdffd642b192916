package io.sealpost.relay.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.mail.EmailAddress;
import io.sealpost.relay.smtp.Arguments.PathAndParameters;
import io.sealpost.relay.smtp.MailPath.LocalName;
import io.sealpost.relay.smtp.MailPath.Mailbox;
import io.sealpost.relay.smtp.MailPath.Unusable;
import io.sealpost.relay.smtp.MailPath.Why;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MailPathTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "FROM:<a@b.example>                          | a@b.example         |",
                "from:<a@b.example>                          | a@b.example         |",
                "FROM: <a@b.example>                         | a@b.example         |",
                "FROM:   <a@b.example> SIZE=1  BODY=7BIT     | a@b.example         | SIZE=1  BODY=7BIT",
                "FROM:<>                                     |``                   |",
                "FROM:<\"a>b\"@c.example> SIZE=1             | \"a>b\"@c.example   | SIZE=1",
                "FROM:<\"a\\\"> b\"@c.example>               | \"a\\\"> b\"@c.example |",
            })
    void findsPathAndParameters(String argument, String path, String parameters) {
        assertThat(Arguments.path(argument, "FROM:"))
                .contains(new PathAndParameters(path, parameters == null ? "" : parameters));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "FROM",
                "FROM:",
                "FROM:a@b.example",
                "FROM <a@b.example>",
                "FROM:<a@b.example",
                "FROM:a@b.example>",
                "TO:<a@b.example>",
                "FROM:<a@b.example>SIZE=1",
                "FROM:<\"a>",
                "FROM:<<a@b.example>>"
            })
    void takesNothingElse(String argument) {
        assertThat(Arguments.path(argument, "FROM:")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a@b.example",
                "A.b+c@B.Example",
                "\"a b\"@c.example",
                "\"a@b\"@c.example",
                "\"a>b\"@c.example",
                "a@b.co.example"
            })
    void takesMailboxes(String path) {
        assertThat(MailPath.read(path)).isEqualTo(new Mailbox(EmailAddress.parse(path)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"@r.example:a@b.example", "@r.example,@s.example:a@b.example"})
    void dropsASourceRoute(String path) {
        assertThat(MailPath.read(path)).isEqualTo(new Mailbox(EmailAddress.parse("a@b.example")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a@[192.0.2.1]          | LITERAL",
                "a@[IPv6:2001:db8::1]   | LITERAL",
                "a@192.0.2.1            | LITERAL",
                "a@localhost            | UNQUALIFIED",
                "\u00fc@b.example       | NON_ASCII",
                "a@b\u00fc.example      | NON_ASCII",
                "@b.example             | SYNTAX",
                "a@                     | SYNTAX",
                "a b@c.example          | SYNTAX",
                "a@b..example           | SYNTAX",
                ".a@b.example           | SYNTAX",
                "a@b.example,c@d.example| SYNTAX",
                "a@b@c.example          | SYNTAX",
                "\"a@b.example          | SYNTAX",
                "a@-b.example           | SYNTAX",
                "a(c)@b.example         | SYNTAX",
            })
    void saysWhatIsWrong(String path, Why why) {
        assertThat(MailPath.read(path)).isEqualTo(new Unusable(why));
    }

    @Test
    void takesAtMost256Octets() {
        assertThat(MailPath.read("a@" + "b.".repeat(200) + "example")).isEqualTo(new Unusable(Why.SYNTAX));
    }

    @Test
    void tellsNullPathsAndLocalNames() {
        assertThat(MailPath.read("")).isEqualTo(new MailPath.Null());
        assertThat(MailPath.read("Postmaster")).isEqualTo(new LocalName("Postmaster"));
    }

    @Test
    void readsParameters() {
        assertThat(Arguments.parameters("size=10 body=8bitmime SMTPUTF8"))
                .contains(Map.of("SIZE", "10", "BODY", "8bitmime", "SMTPUTF8", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"SIZE=1 SIZE=2", "=1", "-X=1", "SIZE=", "A=b=c", "\u00fc=1"})
    void takesNoOtherParameters(String text) {
        assertThat(Arguments.parameters(text)).isEmpty();
    }
}
