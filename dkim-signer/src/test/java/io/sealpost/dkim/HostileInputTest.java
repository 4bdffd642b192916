package io.sealpost.dkim;

import static io.sealpost.dkim.TestSigner.rsa;
import static io.sealpost.dkim.TestSigner.sign;
import static io.sealpost.dkim.TestSigner.signed;
import static io.sealpost.dkim.TestSigner.verify;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.sealpost.dkim.Verdict.Kind;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages and signatures made to hurt: each is signed and verifies, or has a verdict; none throws. */
class HostileInputTest {
    private static final String FROM = "From: a@office.example\r\n";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\r\n",
                "\r\n\r\n",
                "\r\nno line end",
                "\r\n \t \r\n\r\n \t\r\n",
                "Subject:\r\n\tfolded\r\n \r\n more\r\n\r\nbody  \r\n\r\n",
                "Subject:\r\n\r\nempty subject\r\n",
                "\r\n.\r\n..\r\n",
                "X-Bare: a\rb\nc\u0000d\r\n\r\nbody\rwith\nbare\u0000bytes\r\n"
            })
    void signsOddMessages(String rest) {
        for (Canonicalization kind : Canonicalization.values()) {
            String mail = FROM + rest;
            SigningOptions options =
                    new SigningOptions(kind, kind, SignedFields.USUAL, Optional.empty(), Optional.empty());

            assertThat(verify(sign(mail, rsa(options)) + mail)).as(mail).containsExactly(Kind.PASS);
        }
    }

    @Test
    void signsEveryByteThereIs() {
        String all = IntStream.range(0, 256)
                .filter(b -> b != '\r' && b != '\n')
                .mapToObj(b -> "" + (char) b)
                .collect(Collectors.joining());
        String mail = FROM + "Subject: " + all + "\r\n\r\n" + all + "\r\n";

        assertThat(verify(signed(mail) + mail)).containsExactly(Kind.PASS);
    }

    @Test
    void hasAVerdictForEveryMutilatedSignature() {
        String mail = FROM + "Subject: x\r\n\r\nbody\r\n";
        String field = signed(mail);
        Random random = new Random(6376);
        for (int i = 0; i < 5000; i++) {
            StringBuilder mutant = new StringBuilder(field.substring(0, field.length() - 2));
            for (int change = random.nextInt(4); change >= 0; change--) {
                mutate(mutant, random);
            }

            assertThatCode(() -> verify("DKIM-Signature:" + mutant + "\r\n" + mail))
                    .as(mutant.toString())
                    .doesNotThrowAnyException();
            assertThatCode(() -> verify(mutant + "\r\n" + mail))
                    .as(mutant.toString())
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void hasAVerdictForEveryMutilatedRecord() {
        String mail = FROM + "Subject: x\r\n\r\nbody\r\n";
        String signed = sign(mail, rsa(SigningOptions.USUAL), TestSigner.ed25519(SigningOptions.USUAL)) + mail;
        Random random = new Random(8463);
        for (int i = 0; i < 3000; i++) {
            StringBuilder rsaRecord = new StringBuilder(TestSigner.record(SigningAlgorithm.RSA_SHA256));
            StringBuilder edRecord = new StringBuilder(TestSigner.record(SigningAlgorithm.ED25519_SHA256));
            mutate(rsaRecord, random);
            mutate(edRecord, random);
            KeyRecords dns = name ->
                    new KeyRecords.Answer.Records(List.of((name.startsWith("s1") ? rsaRecord : edRecord).toString()));

            assertThatCode(() -> verify(signed, dns))
                    .as("%s %s", rsaRecord, edRecord)
                    .doesNotThrowAnyException();
        }
    }

    private static void mutate(StringBuilder text, Random random) {
        int at = random.nextInt(text.length());
        char any = (char) random.nextInt(256);
        switch (random.nextInt(4)) {
            case 0 -> text.setCharAt(at, any);
            case 1 -> text.insert(at, any);
            case 2 -> text.deleteCharAt(at);
            default -> text.insert(at, text.substring(at, Math.min(text.length(), at + random.nextInt(40))));
        }
    }
}
