package io.sealpost.keys;

import io.sealpost.keys.Problem.Kind;
import io.sealpost.mail.ForeignText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The one secret outside the database: it wraps the data keys. A file of 32 random bytes in base64 that only its owner can read.
 * Thread-safe; cannot print itself.
 */
public final class MasterKey {
    private static final Set<PosixFilePermission> OWNERS =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    private static final Set<PosixFilePermission> OTHERS =
            EnumSet.range(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_EXECUTE);
    private static final int MAX_FILE_BYTES = 200;

    private final SecretKey key;

    private MasterKey(byte[] bytes) {
        this.key = new SecretKeySpec(bytes, "AES");
    }

    /** Reads the file; refused when it is missing, unreadable, open to group or world, or not 32 bytes in base64. */
    public static Outcome<MasterKey> load(Path file) {
        String name = ForeignText.escape(file.toString());
        try {
            Set<PosixFilePermission> open = EnumSet.copyOf(OTHERS);
            open.retainAll(Files.getPosixFilePermissions(file));
            if (!open.isEmpty()) {
                return unfit("others than its owner can use the master key " + name
                        + "; take that away with: chmod 600 " + name);
            }
            return decode(read(file))
                    .map(bytes -> Outcome.done(new MasterKey(bytes)))
                    .orElseGet(() ->
                            unfit("the master key " + name + " is not 32 bytes in base64; put the right file back"));
        } catch (NoSuchFileException e) {
            return unfit(
                    "the master key " + name + " is not there; put the file back, or make one with: sealpost init");
        } catch (IOException e) {
            return unfit("the master key " + name + " cannot be read: " + ForeignText.escape(e.toString()));
        }
    }

    /** Makes a new key in a new file of mode 0600, on the disk when it returns; refused when the file is there already. */
    public static Outcome<MasterKey> create(Path file) {
        String name = ForeignText.escape(file.toString());
        byte[] bytes = random();
        byte[] text = (Base64.getEncoder().encodeToString(bytes) + "\n").getBytes(StandardCharsets.US_ASCII);
        Set<StandardOpenOption> options = EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(file, options, PosixFilePermissions.asFileAttribute(OWNERS))) {
            ByteBuffer buffer = ByteBuffer.wrap(text);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
            return Outcome.done(new MasterKey(bytes));
        } catch (FileAlreadyExistsException e) {
            return Outcome.refused(
                    Kind.ALREADY_THERE, "the master key " + name + " is there already; it is never overwritten");
        } catch (IOException e) {
            return unfit("the master key " + name + " cannot be written: " + ForeignText.escape(e.toString()));
        }
    }

    /** A fresh data key of that row; {@link #wrap} gives what to store. */
    public DataKey newDataKey(long id, KeyPurpose purpose) {
        return new DataKey(id, purpose, random());
    }

    /** The key as it is stored: opens only under this master key, for the same row and purpose. */
    public byte[] wrap(DataKey dataKey) {
        return AesGcm.seal(
                key, dataKey.bytes(), place(dataKey.id(), dataKey.purpose().stored()));
    }

    /** The data key again; empty when another master key wrapped it, or the row was altered. */
    public Optional<DataKey> unwrap(long id, KeyPurpose purpose, byte[] wrapped) {
        return AesGcm.open(key, wrapped, place(id, purpose.stored())).map(bytes -> new DataKey(id, purpose, bytes));
    }

    /**
     * What this key wrapped, wrapped by another; empty when this key did not wrap it. The purpose is as stored, since a newer release
     * may know more of them.
     */
    public Optional<byte[]> rewrap(MasterKey next, long id, String purpose, byte[] wrapped) {
        String[] place = place(id, purpose);
        return AesGcm.open(key, wrapped, place).map(clear -> {
            byte[] again = AesGcm.seal(next.key, clear, place);
            Arrays.fill(clear, (byte) 0);
            return again;
        });
    }

    /** Whether this key wrapped it, for that row and purpose. */
    public boolean opens(long id, String purpose, byte[] wrapped) {
        return AesGcm.open(key, wrapped, place(id, purpose)).isPresent();
    }

    private static String[] place(long id, String purpose) {
        return new String[] {"data-key", purpose, Long.toString(id)};
    }

    private static byte[] random() {
        byte[] bytes = new byte[AesGcm.KEY_BYTES];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }

    private static String read(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer buffer = ByteBuffer.allocate(MAX_FILE_BYTES);
            while (buffer.hasRemaining() && channel.read(buffer) >= 0) {}
            return StandardCharsets.US_ASCII.decode(buffer.flip()).toString().strip();
        }
    }

    private static Optional<byte[]> decode(String text) {
        try {
            return Optional.of(Base64.getDecoder().decode(text)).filter(bytes -> bytes.length == AesGcm.KEY_BYTES);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Outcome<MasterKey> unfit(String sentence) {
        return Outcome.refused(Kind.MASTER_KEY, sentence);
    }

    @Override
    public String toString() {
        return "(hidden)";
    }
}
