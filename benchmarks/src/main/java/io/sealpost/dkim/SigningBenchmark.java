package io.sealpost.dkim;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.time.Instant;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A whole message signed, beside the signature alone. */
@State(Scope.Thread)
public class SigningBenchmark {
    private static final Instant NOW = Instant.parse("2026-01-02T12:00:00Z");
    private static final String HEADER = """
            From: Anna Amsel <anna@office.example>
            To: Bert Berger <bert@shop.example>
            Subject: What we spoke of this morning
            Date: Tue, 24 Nov 2026 12:00:00 +0000
            Message-ID: <0123456789abcdef@office.example>
            MIME-Version: 1.0
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: 8bit
            User-Agent: some mail program

            """;

    @Param({"4096", "51200", "1048576", "2097152"})
    public int size;

    private final SigningKeys keys = SigningKeys.choose();
    private final DkimSigner signer = new DkimSigner(keys);
    private byte[] message;
    private SigningIdentity rsa;
    private SigningIdentity ed25519;

    @Setup
    public void makeMessage() {
        byte[] header = HEADER.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII);
        message = BodyKind.PROSE.bytes(size);
        System.arraycopy(header, 0, message, 0, header.length);
        rsa = identity(SigningAlgorithm.RSA_SHA256, 2048);
        ed25519 = identity(SigningAlgorithm.ED25519_SHA256, 256);
    }

    private SigningIdentity identity(SigningAlgorithm algorithm, int bits) {
        PrivateKey key = keys.parse(
                algorithm, keys.generate(algorithm, bits).getPrivate().getEncoded());
        return new SigningIdentity("office.example", "s1", algorithm, key, SigningOptions.USUAL);
    }

    @Benchmark
    public SigningResult rsa2048(CpuClock clock) throws IOException {
        return signer.sign(RawMessage.of(message), List.of(rsa), NOW);
    }

    @Benchmark
    public SigningResult ed25519(CpuClock clock) throws IOException {
        return signer.sign(RawMessage.of(message), List.of(ed25519), NOW);
    }

    @Benchmark
    public SigningResult both(CpuClock clock) throws IOException {
        return signer.sign(RawMessage.of(message), List.of(rsa, ed25519), NOW);
    }

    @Benchmark
    public byte[] bareRsa2048(CpuClock clock) {
        return keys.sign(rsa.algorithm(), rsa.key(), message, 1024);
    }

    @Benchmark
    public byte[] bareEd25519(CpuClock clock) {
        return keys.sign(ed25519.algorithm(), ed25519.key(), message, 1024);
    }
}
