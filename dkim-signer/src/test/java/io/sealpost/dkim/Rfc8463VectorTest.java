package io.sealpost.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** RFC 8463 Appendix A: with its keys, h=, t= and order of tags, our signer gives its b= to the byte, by every provider. */
class Rfc8463VectorTest {
    /** Appendix A.2: the 32 bytes behind the fixed PKCS#8 head of RFC 8410. */
    private static final String ED25519_SEED = "nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=";

    /** Appendix A.3, PKCS#1. */
    private static final String RSA = """
            MIICXQIBAAKBgQDkHlOQoBTzWRiGs5V6NpP3idY6Wk08a5qhdR6wy5bdOKb2jLQi
            Y/J16JYi0Qvx/byYzCNb3W91y3FutACDfzwQ/BC/e/8uBsCR+yz1Lxj+PL6lHvqM
            KrM3rG4hstT5QjvHO9PzoxZyVYLzBfO2EeC3Ip3G+2kryOTIKT+l/K4w3QIDAQAB
            AoGAH0cxOhFZDgzXWhDhnAJDw5s4roOXN4OhjiXa8W7Y3rhX3FJqmJSPuC8N9vQm
            6SVbaLAE4SG5mLMueHlh4KXffEpuLEiNp9Ss3O4YfLiQpbRqE7Tm5SxKjvvQoZZe
            zHorimOaChRL2it47iuWxzxSiRMv4c+j70GiWdxXnxe4UoECQQDzJB/0U58W7RZy
            6enGVj2kWF732CoWFZWzi1FicudrBFoy63QwcowpoCazKtvZGMNlPWnC7x/6o8Gc
            uSe0ga2xAkEA8C7PipPm1/1fTRQvj1o/dDmZp243044ZNyxjg+/OPN0oWCbXIGxy
            WvmZbXriOWoSALJTjExEgraHEgnXssuk7QJBALl5ICsYMu6hMxO73gnfNayNgPxd
            WFV6Z7ULnKyV7HSVYF0hgYOHjeYe9gaMtiJYoo0zGN+L3AAtNP9huqkWlzECQE1a
            licIeVlo1e+qJ6Mgqr0Q7Aa7falZ448ccbSFYEPD6oFxiOl9Y9se9iYHZKKfIcst
            o7DUw1/hz2Ck4N5JrgUCQQCyKveNvjzkkd8HjYs0SwM0fPjK16//5qDZ2UiDGnOe
            uEzxBDAr518Z8VFbR41in3W4Y3yCDgQlLlcETrS+zYcL
            """;

    static Stream<SigningKeys> providers() {
        return Stream.of(SigningKeys.choose(), SigningKeys.plain());
    }

    @ParameterizedTest
    @MethodSource("providers")
    void signsWithEd25519ToTheByte(SigningKeys keys) throws IOException {
        byte[] head = Base64.getDecoder().decode("MC4CAQAwBQYDK2VwBCIEIA==");
        byte[] pkcs8 = concatenate(head, Base64.getDecoder().decode(ED25519_SEED));

        assertThat(signed(keys, SigningAlgorithm.ED25519_SHA256, "brisbane", pkcs8))
                .isEqualTo("/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11BusFa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw==");
    }

    @ParameterizedTest
    @MethodSource("providers")
    void signsWithRsaToTheByte(SigningKeys keys) throws IOException {
        byte[] pkcs1 = Base64.getMimeDecoder().decode(RSA);
        byte[] head = {
            0x30,
            (byte) 0x82,
            0,
            0,
            2,
            1,
            0,
            0x30,
            0x0D,
            6,
            9,
            0x2A,
            (byte) 0x86,
            0x48,
            (byte) 0x86,
            (byte) 0xF7,
            0x0D,
            1,
            1,
            1,
            5,
            0,
            4,
            (byte) 0x82,
            (byte) (pkcs1.length >> 8),
            (byte) pkcs1.length
        };
        byte[] pkcs8 = concatenate(head, pkcs1);
        pkcs8[2] = (byte) ((pkcs8.length - 4) >> 8);
        pkcs8[3] = (byte) (pkcs8.length - 4);

        assertThat(signed(keys, SigningAlgorithm.RSA_SHA256, "test", pkcs8))
                .isEqualTo(
                        "F45dVWDfMbQDGHJFlXUNB2HKfbCeLRyhDXgFpEL8GwpsRe0IeIixNTe3DhCVlUrSjV4BwcVcOF6+FF3Zo9Rpo1tFOeS9mPYQ"
                                + "TnGdaSGsgeefOsk2JzdA+L10TeYt9BgDfQNZtKdN1WO//KgIqXP7OdEFE4LjFYNcUxZQ4FADY+8=");
    }

    private static String signed(SigningKeys keys, SigningAlgorithm algorithm, String selector, byte[] pkcs8)
            throws IOException {
        RawMessage message = RawMessage.of(Vectors.bytes("rfc8463-unsigned.eml"));
        String unsigned = "DKIM-Signature: v=1; a=" + algorithm.tag() + "; c=relaxed/relaxed;\r\n"
                + " d=football.example.com; i=@football.example.com;\r\n"
                + " q=dns/txt; s=" + selector + "; t=1528637909; h=from : to :\r\n"
                + " subject : date : message-id : from : subject : date;\r\n"
                + " bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;\r\n b=";
        SigningIdentity identity = new SigningIdentity(
                "football.example.com", selector, algorithm, keys.parse(algorithm, pkcs8), SigningOptions.USUAL);
        List<HeaderField> chosen = new ArrayList<>();
        for (String name : List.of("from", "to", "subject", "date", "message-id")) {
            chosen.addAll(message.bottomUp(SignedFields.bytes(name)));
        }

        assertThat(bodyHash(message)).isEqualTo("2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=");
        byte[] signature =
                new DkimSigner(keys).signature(message, identity, chosen, unsigned.getBytes(StandardCharsets.US_ASCII));
        return Base64.getEncoder().encodeToString(signature);
    }

    private static String bodyHash(RawMessage message) throws IOException {
        MessageDigest digest = DkimSigner.sha256();
        BodyCanonicalizer body = Canonicalization.RELAXED.body(digest);
        byte[] bytes = message.body().open().readAllBytes();
        body.update(bytes, 0, bytes.length);
        return Base64.getEncoder().encodeToString(body.finish());
    }

    private static byte[] concatenate(byte[] one, byte[] two) {
        byte[] all = java.util.Arrays.copyOf(one, one.length + two.length);
        System.arraycopy(two, 0, all, one.length, two.length);
        return all;
    }
}
