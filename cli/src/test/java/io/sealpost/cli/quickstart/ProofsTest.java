package io.sealpost.cli.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The independent verifiers, held to RFC 8463's own signed message. */
class ProofsTest {
    private static final Map<String, String> RECORDS = Map.of(
            "brisbane._domainkey.football.example.com",
            "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=",
            "test._domainkey.football.example.com",
            "v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDkHlOQoBTzWRiGs5V6NpP3idY6Wk08a5qhdR6wy5bdOKb2jLQiY/J1"
                    + "6JYi0Qvx/byYzCNb3W91y3FutACDfzwQ/BC/e/8uBsCR+yz1Lxj+PL6lHvqMKrM3rG4hstT5QjvHO9PzoxZyVYLzBfO2EeC3Ip3G+2kryOTI"
                    + "KT+l/K4w3QIDAQAB");

    @Test
    void acceptTheExampleOfTheRfc() throws IOException {
        assertThat(Ed25519Proof.of(example(), ProofsTest::txt).holds()).isTrue();
        assertThat(RsaProof.of(example(), ProofsTest::txt).holds()).isTrue();
    }

    @Test
    void refuseAChangedBody() throws IOException {
        byte[] changed = replace("hungry", "thirsty");

        assertThat(Ed25519Proof.of(changed, ProofsTest::txt).detail()).contains("the body is not the one");
        assertThat(RsaProof.of(changed, ProofsTest::txt).holds()).isFalse();
    }

    @Test
    void refuseAChangedSubjectAndASecondOneInFront() throws IOException {
        for (byte[] changed : List.of(
                replace("Is dinner ready?", "Is lunch ready?"),
                replace("From: Joe", "Subject: Other\r\nFrom: Joe"),
                replace("Subject: Is dinner", "Subject: Other\r\nSubject: Is dinner"))) {
            // The RFC's own h= names each field twice: a second Subject anywhere breaks it.
            assertThat(Ed25519Proof.of(changed, ProofsTest::txt).holds()).isFalse();
            assertThat(RsaProof.of(changed, ProofsTest::txt).holds()).isFalse();
        }
    }

    @Test
    void sayThatARecordOrASignatureIsMissing() throws IOException {
        assertThat(Ed25519Proof.of(example(), name -> List.of()).detail()).contains("0 key records");
        assertThat(RsaProof.of(example(), name -> List.of()).holds()).isFalse();
        byte[] unsigned = "From: a@b.example\r\n\r\nHi\r\n".getBytes(StandardCharsets.US_ASCII);
        assertThat(Ed25519Proof.of(unsigned, ProofsTest::txt).detail()).isEqualTo("there is no such signature");
        assertThat(RsaProof.of(unsigned, ProofsTest::txt).detail()).isEqualTo("there is no such signature");
    }

    private static byte[] replace(String from, String to) throws IOException {
        return new String(example(), StandardCharsets.ISO_8859_1)
                .replace(from, to)
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    /** With CRLF line ends, whichever the file has. */
    private static byte[] example() throws IOException {
        try (InputStream in = ProofsTest.class.getResourceAsStream("/vectors/rfc8463.eml")) {
            String text = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
            return text.replace("\r\n", "\n").replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
        }
    }

    private static List<String> txt(String name) {
        return RECORDS.containsKey(name) ? List.of(RECORDS.get(name)) : List.of();
    }
}
