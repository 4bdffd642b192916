package io.sealpost.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.keys.Observation.Answer;
import io.sealpost.keys.Observation.NoAnswer;
import io.sealpost.keys.Observation.Records;
import io.sealpost.keys.Observation.Role;
import io.sealpost.mail.MailDomain;
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
                "v=DKIM1; k=rsa; p=QUJ| another key",
                "v=DKIM1; k=rsa; p=QUJE| another key",
                "v=DKIM1; k=ed25519; p=QUJD| another kind",
                "v=DKIM2; k=rsa; p=QUJD| version",
                "k=rsa; v=DKIM1; p=QUJD| not a list",
                "v=DKIM1; p=QUJD; p=QUJD| not a list",
                "v=DKIM1; h=sha1; p=QUJD| sha256",
                "v=DKIM1; s=other; p=QUJD| not for email",
                "hello| not a list",
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
        assertThat(objections()).singleElement().asString().contains("no TXT record");
        assertThat(objections(KEY.dnsRecord().value(), "other"))
                .singleElement()
                .asString()
                .contains("2 TXT records");
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
        assertThat(new ObservedRecords(List.of(good, seen(Role.AUTHORITATIVE, new Records(List.of()))))
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
