package io.sealpost.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.dkim.KeyRecordReading.Malformed;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DkimKeyRecordTest {
    @Test
    void takesWhatIsMissingAsTheRfcSays() {
        assertThat(DkimKeyRecord.parse("p=QUJD"))
                .isEqualTo(new DkimKeyRecord("rsa", "QUJD", List.of(), List.of("*"), List.of(), ""));
    }

    @Test
    void readsEveryTagAndLetsUnknownOnesBe() {
        assertThat(DkimKeyRecord.parse(
                        "v=DKIM1;k=ed25519; h=sha256 : SHA1; s=email:*; t=y:s; n=a note; g=*; p=QU JD\tRA==;"))
                .isEqualTo(new DkimKeyRecord(
                        "ed25519",
                        "QUJDRA==",
                        List.of("sha256", "sha1"),
                        List.of("email", "*"),
                        List.of("y", "s"),
                        "a note"));
    }

    @ParameterizedTest
    @EnumSource
    void readsWhatItWrites(SigningAlgorithm algorithm) {
        DkimKeyRecord record =
                DkimKeyRecord.of(algorithm, TestSigner.pair(algorithm).getPublic());

        assertThat(DkimKeyRecord.parse(record.plainText())).isEqualTo(record);
        assertThat(record.plainText()).startsWith("v=DKIM1; k=" + algorithm.keyType() + "; p=");
    }

    @Test
    void writesTheRecordOfTheRfc() {
        String raw = "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";
        byte[] key = Base64.getDecoder().decode(raw);

        assertThat(TestSigner.KEYS.publicKeys().parse(SigningAlgorithm.ED25519_SHA256, key))
                .map(parsed -> DkimKeyRecord.of(SigningAlgorithm.ED25519_SHA256, parsed)
                        .plainText())
                .hasValue("v=DKIM1; k=ed25519; p=" + raw);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ";",
                "p",
                "=QUJD",
                "p=QUJD;;",
                "p=QUJD; p=QUJD",
                "1p=QUJD",
                "p-=QUJD",
                "v=DKIM1",
                "v=dkim1; p=QUJD",
                "p=QUJD; v=DKIM1",
                "v=DKIM1; p=QUJD; n=\u0000",
                "google-site-verification=abc",
                "v=DKIM1 k=rsa p=QUJD"
            })
    void saysWhyItCannotReadARecord(String text) {
        assertThat(DkimKeyRecord.parse(text)).isInstanceOf(Malformed.class);
    }

    @Test
    void tellsWhatARecordAllows() {
        DkimKeyRecord record = (DkimKeyRecord) DkimKeyRecord.parse("h=sha1; s=other; t=y:s; p=");

        assertThat(record.isRevoked()).isTrue();
        assertThat(record.allowsHash("sha256")).isFalse();
        assertThat(record.isForMail()).isFalse();
        assertThat(record.isTest()).isTrue();
        assertThat(record.forbidsSubdomains()).isTrue();
    }
}
