package io.sealpost.dkim;

import static io.sealpost.dkim.TestSigner.NOW;
import static io.sealpost.dkim.TestSigner.ed25519;
import static io.sealpost.dkim.TestSigner.rsa;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a message costs grows with its size and no faster; counted in bytes, never in time. */
class MessageSizeTest {
    private static final int FIFTY_MEGABYTES = 50 << 20;
    private static final byte[] HEADER = TestSigner.bytes("From: a@office.example\r\nSubject: x\r\n");

    @Test
    void readsALargeBodyOnceForAllSignaturesAndNeverHoldsIt() throws IOException {
        Counted body = new Counted(FIFTY_MEGABYTES);
        RawMessage message = RawMessage.of(HEADER, body);
        SigningOptions simple = new SigningOptions(
                Canonicalization.SIMPLE,
                Canonicalization.SIMPLE,
                SignedFields.USUAL,
                Optional.empty(),
                Optional.empty());
        List<SigningIdentity> identities =
                List.of(rsa(SigningOptions.USUAL), ed25519(SigningOptions.USUAL), rsa(simple));

        long before = allocated();
        SigningResult result = new DkimSigner(TestSigner.KEYS).sign(message, identities, NOW);
        long cost = allocated() - before;

        assertThat(result).isInstanceOf(SigningResult.Signed.class);
        assertThat(body.opened).isEqualTo(1);
        assertThat(body.read).isEqualTo(FIFTY_MEGABYTES);
        assertThat(cost).isLessThan(4 << 20);
    }

    @Test
    void visitsEachByteOfTheWorstBodiesOnce() {
        for (String worst : List.of("\r\n", " \r\n", " ", "\t ", "\r", " \r", "x \r\n\r\n", "\r\n x", "a b")) {
            for (Canonicalization kind : Canonicalization.values()) {
                CountingDigest one = hashed(kind, worst, 1 << 20, 100);
                CountingDigest two = hashed(kind, worst, 2 << 20, 100);

                assertThat(one.bytes).isLessThanOrEqualTo((1 << 20) + 3);
                assertThat(two.bytes).isBetween(2 * one.bytes - 4, 2 * one.bytes + 4);
                assertThat(two.calls).isLessThan(2 * one.calls + 3);
            }
        }
    }

    private static CountingDigest hashed(Canonicalization kind, String piece, int size, int block) {
        CountingDigest digest = new CountingDigest();
        BodyCanonicalizer body = kind.body(digest);
        byte[] bytes = TestSigner.bytes(piece.repeat(size / piece.length()) + "z");
        for (int at = 0; at < bytes.length; at += block) {
            body.update(bytes, at, Math.min(bytes.length, at + block));
        }
        body.finish();
        return digest;
    }

    @Test
    void aHeaderTwiceAsLongCostsTwiceAsMuch() throws IOException {
        for (String field : List.of("X-Filler: y\r\n", "References: <a@b.example>\r\n", "From: a@office.example\r\n")) {
            double small = signingCost(field.repeat(4000));
            double large = signingCost(field.repeat(8000));

            assertThat(large / small).as(field).isLessThan(2.6);
        }
    }

    private static double signingCost(String fields) throws IOException {
        byte[] mail = TestSigner.bytes("From: a@office.example\r\n" + fields + "\r\n");
        long least = Long.MAX_VALUE;
        for (int run = 0; run < 3; run++) {
            long before = allocated();
            new DkimSigner(TestSigner.KEYS).sign(RawMessage.of(mail), List.of(ed25519(SigningOptions.USUAL)), NOW);
            least = Math.min(least, allocated() - before);
        }
        return least;
    }

    private static long allocated() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        return threads.getThreadAllocatedBytes(Thread.currentThread().getId());
    }

    /** A body that is nowhere in memory. */
    private static final class Counted implements BodySource {
        private final long size;
        private long read;
        private int opened;

        Counted(long size) {
            this.size = size;
        }

        @Override
        public InputStream open() {
            opened++;
            return new InputStream() {
                @Override
                public int read() {
                    throw new AssertionError("read byte by byte");
                }

                @Override
                public int read(byte[] block, int offset, int length) {
                    int given = (int) Math.min(length, size - read);
                    Arrays.fill(block, offset, offset + given, (byte) 'x');
                    read += given;
                    return given == 0 ? -1 : given;
                }
            };
        }
    }

    /** Counts what reaches the hash. */
    private static final class CountingDigest extends MessageDigest {
        private long bytes;
        private long calls;

        CountingDigest() {
            super("none");
        }

        @Override
        protected void engineUpdate(byte input) {
            bytes++;
            calls++;
        }

        @Override
        protected void engineUpdate(byte[] input, int offset, int length) {
            bytes += length;
            calls++;
        }

        @Override
        protected byte[] engineDigest() {
            return new byte[0];
        }

        @Override
        protected void engineReset() {
            bytes = 0;
        }
    }
}
