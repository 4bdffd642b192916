package io.sealpost.dkim;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    private final MessageDigest sha256 = DkimSigner.sha256();
    private byte[] message;
    private SigningIdentity rsa;
    private SigningIdentity ed25519;
    private SigningIdentity ed25519Simple;
    private final Map<String, String> records = new HashMap<>();
    private final DkimVerifier verifier = verifier();

    @Setup
    public void makeMessage() {
        byte[] header = HEADER.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII);
        message = BodyKind.PROSE.bytes(size);
        System.arraycopy(header, 0, message, 0, header.length);
        rsa = identity("r1", SigningAlgorithm.RSA_SHA256, 2048);
        ed25519 = identity("e1", SigningAlgorithm.ED25519_SHA256, 256);
        SigningOptions simple = new SigningOptions(
                Canonicalization.SIMPLE,
                Canonicalization.SIMPLE,
                SignedFields.USUAL,
                Optional.empty(),
                Optional.empty());
        ed25519Simple = new SigningIdentity("office.example", "e1", ed25519.algorithm(), ed25519.key(), simple);
    }

    private DkimVerifier verifier() {
        return new DkimVerifier(keys, name -> new KeyRecords.Answer.Records(List.of(records.get(name))));
    }

    private SigningIdentity identity(String selector, SigningAlgorithm algorithm, int bits) {
        KeyPair pair = keys.generate(algorithm, bits);
        records.put(
                selector + "._domainkey.office.example",
                DkimKeyRecord.of(algorithm, pair.getPublic()).plainText());
        PrivateKey key = keys.parse(algorithm, pair.getPrivate().getEncoded());
        return new SigningIdentity("office.example", selector, algorithm, key, SigningOptions.USUAL);
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
    public SigningResult ed25519Simple(CpuClock clock) throws IOException {
        return signer.sign(RawMessage.of(message), List.of(ed25519Simple), NOW);
    }

    @Benchmark
    public SigningResult both(CpuClock clock) throws IOException {
        return signer.sign(RawMessage.of(message), List.of(rsa, ed25519), NOW);
    }

    /** Signed by both, then verified by the records as {@code [signing] verify = "all"} has it. */
    @Benchmark
    public List<Verdict> bothProved(CpuClock clock) throws IOException {
        return proved(clock, verifier);
    }

    /** The same by a verifier that has not seen these keys. */
    @Benchmark
    public List<Verdict> bothProvedAnew(CpuClock clock) throws IOException {
        return proved(clock, verifier());
    }

    private List<Verdict> proved(CpuClock clock, DkimVerifier by) throws IOException {
        byte[] fields = ((SigningResult.Signed) both(clock)).fields();
        byte[] whole = Arrays.copyOf(fields, fields.length + message.length);
        System.arraycopy(message, 0, whole, fields.length, message.length);
        return by.verifyTopmost(RawMessage.of(whole), 2, NOW);
    }

    /** The hash of the whole message and nothing else: how much of a ratio between two sizes is the machine's own. */
    @Benchmark
    public byte[] bareSha256(CpuClock clock) {
        return sha256.digest(message);
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
