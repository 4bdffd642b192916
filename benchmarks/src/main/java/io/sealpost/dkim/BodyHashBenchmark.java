package io.sealpost.dkim;

import java.io.IOException;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Set;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Canonicalising and hashing 50 KB, beside the bare SHA-256 of the same bytes. */
@State(Scope.Thread)
public class BodyHashBenchmark {
    private static final int SIZE = 50 << 10;

    @Param
    public BodyKind kind;

    private byte[] body;
    private MessageDigest bare;

    @Setup
    public void makeBody() {
        body = kind.bytes(SIZE);
        bare = DkimSigner.sha256();
    }

    @Benchmark
    public byte[] bareSha256(CpuClock clock) {
        return bare.digest(body);
    }

    @Benchmark
    public Map<BodyForm, byte[]> simple(CpuClock clock) throws IOException {
        return hash(Canonicalization.SIMPLE);
    }

    @Benchmark
    public Map<BodyForm, byte[]> relaxed(CpuClock clock) throws IOException {
        return hash(Canonicalization.RELAXED);
    }

    private Map<BodyForm, byte[]> hash(Canonicalization canonicalization) throws IOException {
        return BodyForm.hashes(BodySource.of(body, 0, SIZE), Set.of(BodyForm.whole(canonicalization)));
    }
}
