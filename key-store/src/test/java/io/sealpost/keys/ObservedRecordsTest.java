package io.sealpost.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.keys.Observation.Answer;
import io.sealpost.keys.Observation.Missing;
import io.sealpost.keys.Observation.NoAnswer;
import io.sealpost.keys.Observation.NoRecord;
import io.sealpost.keys.Observation.Records;
import io.sealpost.keys.Observation.Role;
import io.sealpost.mail.MailDomain;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObservedRecordsTest {
    private static final DkimKey KEY = key(KeyAlgorithm.RSA);

    private static DkimKey key(KeyAlgorithm algorithm) {
        MailDomain domain = MailDomain.parse("one.example");
        return new DkimKey(1, domain, "s1", algorithm, 2048, KeyState.PENDING, "QUJD", Instant.EPOCH, Instant.EPOCH);
    }

    private static Observation seen(Role role, Answer answer) {
        return new Observation("ns.example", role, answer);
    }

    private static Answer nothing(Duration remembered) {
        return new NoRecord(Missing.NAME, remembered);
    }

    private static List<String> objections(String... records) {
        return new ObservedRecords(List.of(seen(Role.RESOLVER, new Records(List.of(records))))).objectionsTo(KEY);
    }

    @Test
    void theRecordThatWePrintDoes() {
        assertThat(KEY.dnsRecord())
                .isEqualTo(new DnsRecord("s1._domainkey.one.example", "TXT", "v=DKIM1; k=rsa; p=QUJD"));
        assertThat(objections(KEY.dnsRecord().value())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "p=QUJD",
                "v=DKIM1; p=QU JD;",
                "v=DKIM1;k=rsa;h=sha1:sha256;s=email;t=s;n=note;p=QUJD",
                "v=DKIM1; s=*; p=QUJD",
                "v=DKIM1; p=QUJD; "
            })
    void otherSpellingsOfItDo(String record) {
        assertThat(objections(record)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "v=DKIM1; k=rsa; p=| revoked",
                "v=DKIM1; k=rsa| no p=",
                "v=DKIM1; k=rsa; p=QUJ| cut short after 3 of 4 characters",
                "v=DKIM1\\; k=rsa\\; p=QUJD| backslashes",
                "v=DKIM1; k=rsa; \" \"p=QUJD| quotation marks",
                "v=DKIM1; k=rsa; p=QUJE| another key",
                "v=DKIM1; k=ed25519; p=QUJD| another kind of key (k=ed25519), not rsa",
                "v=DKIM2; k=rsa; p=QUJD| version",
                "k=rsa; v=DKIM1; p=QUJD| not a list",
                "v=DKIM1; p=QUJD; p=QUJD| not a list",
                "v=DKIM1; h=sha1; p=QUJD| sha256",
                "v=DKIM1; s=other; p=QUJD| not for email",
                "hello| not a list of tag=value as DKIM wants it: hello",
            })
    void aRecordThatVerifiersWouldNotTakeDoesNot(String record, String words) {
        assertThat(objections(record))
                .singleElement()
                .asString()
                .startsWith("ns.example: ")
                .contains(words);
    }

    @Test
    void exactlyOneRecordMustStand() {
        assertThat(objections(KEY.dnsRecord().value(), "other"))
                .singleElement()
                .asString()
                .contains("2 TXT records", "the key's own is among them");
    }

    @Test
    void aRecordThatIsMissingIsToldWithHowLongTheServerRemembersIt() {
        Observation resolver = seen(Role.RESOLVER, nothing(Duration.ofHours(1)));
        Observation bare = seen(Role.RESOLVER, new NoRecord(Missing.TXT, Duration.ZERO));
        Observation zone = seen(Role.AUTHORITATIVE, nothing(Duration.ofHours(1)));

        assertThat(new ObservedRecords(List.of(resolver, bare, zone)).objectionsTo(KEY))
                .containsExactly(
                        "ns.example: there is no TXT record at s1._domainkey.one.example: no such name (NXDOMAIN);"
                                + " it may remember this for another 3600 s",
                        "ns.example: there is no TXT record at s1._domainkey.one.example, though the name is there",
                        "ns.example: there is no TXT record at s1._domainkey.one.example: no such name (NXDOMAIN)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "v=DKIM1; k=rsa; p=QU | JD | split wrongly",
                "JD | v=DKIM1; k=rsa; p=QU | split wrongly",
                "v=DKIM1; k=rsa; p=AAAA | v=spf1 -all | exactly one must be",
            })
    void twoRecordsThatAreHalvesOfOneAreSeenThrough(String first, String second, String words) {
        assertThat(objections(first, second)).singleElement().asString().contains(words);
    }

    @Test
    void anotherKeyIsShownFromWhereItDiffers() {
        DkimKey key = new DkimKey(
                1,
                KEY.domain(),
                "s1",
                KeyAlgorithm.RSA,
                2048,
                KeyState.PENDING,
                "AAAABBBB",
                Instant.EPOCH,
                Instant.EPOCH);

        assertThat(new ObservedRecords(List.of(seen(Role.RESOLVER, new Records(List.of("p=AAAACCCC")))))
                        .objectionsTo(key))
                .singleElement()
                .asString()
                .endsWith("from character 5 on p= has \"CCCC\" where this key has \"BBBB\"");
    }

    @Test
    void flagsOfARecordThatDoesAreRemarks() {
        Observation flagged = seen(Role.RESOLVER, new Records(List.of("v=DKIM1; t=y:s; p=QUJD")));

        assertThat(new ObservedRecords(List.of(flagged)).comparedWith(KEY))
                .singleElement()
                .satisfies(comparison -> {
                    assertThat(comparison.verdict()).isEqualTo(Comparison.Verdict.SHOWN);
                    assertThat(comparison.remarks()).hasSize(2);
                    assertThat(comparison.remarks().get(0)).startsWith("t=y");
                });
    }

    @Test
    void everyResolverMustShowIt() {
        Records good = new Records(List.of(KEY.dnsRecord().value()));

        assertThat(new ObservedRecords(List.of()).objectionsTo(KEY)).hasSize(1);
        assertThat(new ObservedRecords(List.of(seen(Role.AUTHORITATIVE, good))).objectionsTo(KEY))
                .hasSize(1);
        assertThat(new ObservedRecords(
                                List.of(seen(Role.RESOLVER, good), seen(Role.RESOLVER, new NoAnswer("SERVFAIL"))))
                        .objectionsTo(KEY))
                .containsExactly("ns.example: SERVFAIL");
    }

    @Test
    void anAuthoritativeServerMayBeAwayButNotDisagree() {
        Observation good =
                seen(Role.RESOLVER, new Records(List.of(KEY.dnsRecord().value())));

        assertThat(new ObservedRecords(List.of(good, seen(Role.AUTHORITATIVE, new NoAnswer("no answer"))))
                        .objectionsTo(KEY))
                .isEmpty();
        assertThat(new ObservedRecords(List.of(good, seen(Role.AUTHORITATIVE, nothing(Duration.ZERO))))
                        .objectionsTo(KEY))
                .hasSize(1);
    }

    @Test
    void anEd25519RecordMustNameItsKind() {
        DkimKey key = key(KeyAlgorithm.ED25519);

        assertThat(new ObservedRecords(List.of(seen(Role.RESOLVER, new Records(List.of("p=QUJD"))))).objectionsTo(key))
                .singleElement()
                .asString()
                .contains("another kind");
    }
}
