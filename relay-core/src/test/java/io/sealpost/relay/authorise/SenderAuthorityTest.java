package io.sealpost.relay.authorise;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.account.AuthenticatedAccount;
import io.sealpost.account.Credential;
import io.sealpost.account.Origin;
import io.sealpost.mail.EmailAddress;
import io.sealpost.queue.Content;
import io.sealpost.relay.fake.FakeAccounts;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way of writing a From that shows somebody else, and the honest forms beside them. */
final class SenderAuthorityTest {
    private static final EmailAddress ME = EmailAddress.parse("me@ok.example");
    private static final AuthenticatedAccount ACCOUNT = new AuthenticatedAccount(
            2, 7, ME, new Credential.Main("mark"), new Origin(InetAddress.getLoopbackAddress(), "submission"));

    private final FakeAccounts accounts =
            new FakeAccounts().allow("me@ok.example").allow("*@wild.example").allow("me@strasse.example");
    private final SenderAuthority authority = new SenderAuthority(accounts);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "me@ok.example",
                "<me@ok.example>",
                "ME@OK.EXAMPLE",
                "Me <me@ok.example>",
                "John Q. Public <me@ok.example>",
                "\"Doe, John\" <me@ok.example>",
                "\"say \\\"hi\\\" @ once\" <me@ok.example>",
                "\"Sales @ Work\" <me@ok.example>",
                "\"me@ok.example\" <me@ok.example>",
                "\"'me@ok.example'\" <me@ok.example>",
                "me@ok.example (John Doe)",
                "(a (nested) comment) me@ok.example",
                "=?utf-8?q?J=C3=BCrgen?= <me@ok.example>",
                "=?utf-8?q?J=C3=BCrgen?=\r\n =?utf-8?b?TcO8bGxlcg==?= <me@ok.example>",
                "=?iso-8859-1*de?q?J=FCrgen?= <me@ok.example>",
                "=?iso-2022-jp?b?GyRCRnxLXBsoQg==?= <me@ok.example>",
                "Jürgen Müller <me@ok.example>",
                "Me\r\n <me@ok.example>",
                "\r\n\tme@ok.example",
                "a@wild.example, b@wild.example",
                "Team: a@wild.example, b@wild.example;",
                "\"me\"@ok.example",
                "\"john doe\"@wild.example",
                "user+tag@wild.example",
                "o'brien@wild.example",
                "\"o'brien@wild.example\" <o'brien@wild.example>",
            })
    void takesHonestForms(String from) throws IOException {
        assertThat(check("From: " + from + "\r\n")).isInstanceOf(Authorisation.Allowed.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "boss@victim.example",
                "me@ok.example, boss@victim.example",
                "boss@victim.example, me@ok.example",
                "Team: me@ok.example, boss@victim.example;",
                "Team: me@ok.example;, boss@victim.example",
                "\"boss@victim.example\" <me@ok.example>",
                "\"'boss@victim.example'\" <me@ok.example>",
                "\"boss\\@victim.example\" <me@ok.example>",
                "\"<boss@victim.example>\" <me@ok.example>",
                "me@ok.example (boss@victim.example)",
                "me@ok.example (x (boss@victim.example) y)",
                "(boss@victim.example) me@ok.example",
                "=?utf-8?q?boss=40victim=2Eexample?= <me@ok.example>",
                "=?utf-8?q?boss=40victim.example=2C?= <me@ok.example>",
                "=?utf-8?b?Ym9zc0B2aWN0aW0uZXhhbXBsZQ==?= <me@ok.example>",
                "=?utf-8?q?boss=40vic?= =?utf-8?q?tim.example?= <me@ok.example>",
                "=?utf-8?q?boss?=\r\n =?utf-8?q?=40victim.example?= <me@ok.example>",
                "boss =?utf-8?q?=40victim.example?= <me@ok.example>",
                "\"=?utf-8?q?boss=40victim.example?=\" <me@ok.example>",
                "(=?utf-8?q?boss=40victim.example?=) me@ok.example",
                "boss＠victim.example <me@ok.example>",
                "\"boss\u200B@vic\u200Btim.example\" <me@ok.example>",
                "BOSS@VICTIM.EXAMPLE",
                "me@sub.ok.example",
                "me2@ok.example",
            })
    void refusesAddressesOfOthersWithTheLoginTheAddressAndWhatToDo(String from) throws IOException {
        Authorisation.Refused refused = (Authorisation.Refused) check("From: " + from + "\r\n");
        assertThat(refused.status()).hasToString("5.7.1");
        assertThat(refused.sentence())
                .contains("me@ok.example may not send as ")
                .contains("sender add");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "John Doe",
                "undisclosed-recipients:;",
                "me",
                "me@",
                "@ok.example",
                "me@ok.example,",
                ",me@ok.example",
                "me@ok.example,,me@ok.example",
                "me@ok.example boss@victim.example",
                "me@ok.example <boss@victim.example>",
                "boss@victim.example <me@ok.example>",
                "<me@ok.example> <boss@victim.example>",
                "<me@ok.example> boss@victim.example",
                "<boss@victim.example> me@ok.example",
                "<@victim.example:me@ok.example>",
                "<@boss.example,@victim.example:me@ok.example>",
                "<me@ok.example",
                "me@ok.example>",
                "<<me@ok.example>>",
                "me(boss)@ok.example",
                "me@(victim.example)ok.example",
                "me @ok.example",
                "me@ ok.example",
                "< me@ok.example>",
                "<me@ok.example >",
                "<me@ok.example(x)>",
                "<me@ok\r\n .example>",
                "me@ok.example (unclosed",
                "me@ok.example )",
                "\"unclosed <me@ok.example>",
                "me@[192.0.2.1]",
                "me@ok.example;",
                "Team: me@ok.example",
                "Team: Inner: me@ok.example;;",
                "Team: me@ok.example; boss@victim.example",
                ":me@ok.example;",
                "me..x@wild.example",
                "\"boss@victim.example> \"@wild.example",
                "\"boss@victim.example\"@wild.example",
                "\"a\\\"b\"@wild.example",
                "\"me\".x@wild.example",
                "=?utf-8?q?boss=40victim.example=3E=00?=@wild.example",
                "=?utf-8?q?x=00?= <me@ok.example>",
                "=?utf-8?q?x=0D=0AFrom:=20boss?= <me@ok.example>",
                "=?utf-7?q?boss+AEA-victim.example?= <me@ok.example>",
                "=?unknown-8bit?q?x?= <me@ok.example>",
                "=?utf-8?b?A?= <me@ok.example>",
                "=?utf-8?q?=4?= <me@ok.example>",
                "me@ok.example\u0000",
                "me@ok.example\u0000, boss@victim.example",
                "\u0000me@ok.example",
                "me@ok.example\u001b",
                "me@ok.example\r\n \r\n ,boss@victim.example",
                "me@straße.example",
                "me@ok\u3002example\u0085",
                "me\\@ok.example",
                "a@wild.example@ok.example",
            })
    void refusesWhatCouldBeReadInTwoWays(String from) throws IOException {
        HeaderReading reading = read("From: " + from + "\r\n");
        if (reading instanceof MessageHeader header) {
            Authorisation.Refused refused = (Authorisation.Refused) authority.check(ACCOUNT, Optional.of(ME), header);
            assertThat(refused.status()).hasToString("5.6.0");
        } else {
            assertThat(reading).isInstanceOf(HeaderReading.Malformed.class);
        }
    }

    @Test
    void takesNamesInOldCharsetsButNoAddresses() {
        byte[] name = "J\u00fcrgen <me@ok.example>".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(FromHeader.parse(name)).isInstanceOf(FromHeader.Addresses.class);
        byte[] swallowing =
                "\u00e9\"<boss@victim.example>, \u00e9\" <me@ok.example>".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(((FromHeader.Addresses) FromHeader.parse(swallowing)).mentioned())
                .hasSize(1);
        for (String address :
                new String[] {"m\u00fc@wild.example", "me@w\u00fcld.example", "\"m\u00fc\"@wild.example"}) {
            byte[] bytes = address.getBytes(StandardCharsets.ISO_8859_1);
            assertThat(FromHeader.parse(bytes)).isInstanceOf(FromHeader.Unsafe.class);
        }
    }

    @Test
    void refusesAnEndlessFromInShortTime() {
        byte[] deep = "(".repeat(16_000).getBytes(StandardCharsets.US_ASCII);
        assertThat(FromHeader.parse(deep)).isInstanceOf(FromHeader.Unsafe.class);
        byte[] many = ("a@wild.example,".repeat(1000) + "a@wild.example").getBytes(StandardCharsets.US_ASCII);
        assertThat(FromHeader.parse(many)).isInstanceOf(FromHeader.Unsafe.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "From: me@ok.example\r\nFrom: me@ok.example\r\n",
                "From: me@ok.example\r\nfrom: boss@victim.example\r\n",
                "From: me@ok.example\r\nSender: me@ok.example\r\nSender: me@ok.example\r\n",
                "From: me@ok.example\r\nSender: me@ok.example, any@wild.example\r\n",
                "From: me@ok.example\r\nSender: nonsense\r\n",
                "From: me@ok.example\r\nSubject: a\r\nSUBJECT: b\r\n",
                "From: me@ok.example\r\nDate: a\r\nDate: b\r\n",
                "From: me@ok.example\r\nMessage-ID: a\r\nMessage-Id: b\r\n",
                "From: me@ok.example\r\nTo: a@b.example\r\nTo: c@d.example\r\n",
                "From: me@ok.example\r\nCc: a@b.example\r\nCc: c@d.example\r\n",
                "From: me@ok.example\r\nReply-To: a@b.example\r\nReply-To: c@d.example\r\n",
            })
    void refusesFieldsThatAreMissingOrTooMany(String header) throws IOException {
        assertThat(((Authorisation.Refused) check(header)).status()).hasToString("5.6.0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "From : me@ok.example\r\n",
                " From: me@ok.example\r\n",
                "no field at all\r\nFrom: me@ok.example\r\n",
                ": me@ok.example\r\n",
                "From: me@ok.example\rX: y\r\n",
                "From: me@ok.example\nFrom: boss@victim.example\r\n",
                "Fr\u00f6m: me@ok.example\r\n",
                "From: me@ok.example",
            })
    void readsNoHeaderWithALineThatIsNoField(String header) throws IOException {
        assertThat(read(header)).isInstanceOf(HeaderReading.Malformed.class);
    }

    @Test
    void readsTheHeaderOnlyToTheEmptyLineAndOnlyToTheLimit() throws IOException {
        Content content = content("From: me@ok.example\r\n\r\nFrom: boss@victim.example\r\n");
        MessageHeader header = (MessageHeader) MessageHeader.read(content, 100);
        assertThat(header.fields()).hasSize(1);
        assertThat(header.length()).isEqualTo("From: me@ok.example\r\n".length());
        assertThat(MessageHeader.read(content("X: " + "y".repeat(20_000) + "\r\n\r\n"), 9_000))
                .isEqualTo(new HeaderReading.TooLong(9_000));
        assertThat(((MessageHeader) MessageHeader.read(content("\r\nFrom: me@ok.example\r\n"), 100)).fields())
                .isEmpty();
    }

    @Test
    void takesTheNullSenderWhereFromIsTheAccounts() throws IOException {
        MessageHeader header = (MessageHeader) read("From: me@ok.example\r\n");
        assertThat(authority.check(ACCOUNT, Optional.empty(), header)).isInstanceOf(Authorisation.Allowed.class);
    }

    @Test
    void refusesASenderOfTheAccountThatTheAppPasswordIsNotFor() throws IOException {
        accounts.bindTo("scans@ok.example");

        Authorisation.Refused refused = (Authorisation.Refused) check("From: " + ME + "\r\n");

        assertThat(refused.status()).hasToString("5.7.1");
        assertThat(refused.sentence()).contains(ME + " may not send as " + ME, "sealpost app-password update");
    }

    @Test
    void refusesAForeignEnvelopeSenderAndAForeignSenderField() throws IOException {
        MessageHeader header = (MessageHeader) read("From: me@ok.example\r\n");
        EmailAddress boss = EmailAddress.parse("boss@victim.example");
        assertThat(authority.check(ACCOUNT, Optional.of(boss), header)).isInstanceOf(Authorisation.Refused.class);
        assertThat(check("From: me@ok.example\r\nSender: boss@victim.example\r\n")
                        .toString())
                .contains("the Sender field");
        assertThat(check("From: me@ok.example\r\nSender: Any <any@wild.example>\r\n"))
                .isInstanceOf(Authorisation.Allowed.class);
    }

    @Test
    void refusesAFromOfSeveralDomainsSinceOneSignatureCannotFitThem() throws IOException {
        assertThat(check("From: me@ok.example, any@wild.example\r\n").toString())
                .contains("several domains");
    }

    @Test
    void namesTheDomainThatTheTenantDoesNotHold() throws IOException {
        accounts.loseDomain("ok.example");
        assertThat(check("From: me@ok.example\r\n").toString()).contains("domain add");
    }

    @Test
    void refusesASessionWhoseLoginNoLongerStands() throws IOException {
        accounts.revoke();
        assertThat(check("From: me@ok.example\r\n")).isInstanceOf(Authorisation.Refused.class);
    }

    @Test
    void signsForTheDomainOfFrom() throws IOException {
        Authorisation.Allowed allowed = (Authorisation.Allowed) check("From: Any <any@WILD.example>\r\n");
        assertThat(allowed.domain()).hasToString("wild.example");
    }

    private Authorisation check(String header) throws IOException {
        return authority.check(ACCOUNT, Optional.of(ME), (MessageHeader) read(header));
    }

    private static HeaderReading read(String header) throws IOException {
        return MessageHeader.read(content(header + "\r\nbody\r\n"), 1 << 20);
    }

    private static Content content(String text) {
        return Content.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
