package io.sealpost.cli.wiring;

import io.sealpost.cli.console.Fault;
import io.sealpost.cli.console.Sysexits;
import io.sealpost.keys.MasterKey;
import io.sealpost.keys.Outcome;
import io.sealpost.keys.jdbc.MasterKeyChange;
import io.sealpost.mail.ForeignText;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.UserPrincipal;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Puts a new master key in the place of the old one. Killed at any step, it is finished by being called again: until the last step the
 * old file stands where it stood, and from the first one on the new one lies beside it. Not thread-safe; a second process is refused.
 */
public final class MasterKeyRotation {
    private static final String NEXT = ".new";

    private final Path file;
    private final Path next;
    private final MasterKeyChange change;
    private final LocalDate today;

    /** What was done last. */
    enum Step {
        /** The new key lies on the disk. */
        WRITTEN,
        /** The data keys open with the new key and no more with the old one. */
        WRAPPED,
        /** The old key has a second name. */
        KEPT
    }

    /**
     * What came of it.
     *
     * @param dataKeys how many are wrapped by the new key
     * @param file the new key
     * @param kept the old key, for backups of the database from before
     */
    public record Rotated(int dataKeys, Path file, Path kept) {}

    MasterKeyRotation(Path file, MasterKeyChange change, LocalDate today) {
        this.file = real(file);
        this.next = next(this.file);
        this.change = change;
        this.today = today;
    }

    /** The file of a rotation that was begun and not finished; empty when there is none. */
    public static Optional<Path> unfinished(Path file) {
        return Optional.of(next(real(file))).filter(Files::exists);
    }

    /** A {@link Fault} when a file cannot be made, the key is not that of the database, or another process does the same. */
    public Rotated run() {
        return run(step -> {});
    }

    Rotated run(Consumer<Step> done) {
        MasterKey current = value(MasterKey.load(file));
        try {
            MasterKey fresh = fresh(current);
            try (FileChannel channel = FileChannel.open(next, StandardOpenOption.READ, StandardOpenOption.WRITE);
                    FileLock lock = lock(channel)) {
                done.accept(Step.WRITTEN);
                int dataKeys = value(change.rewrap(current, fresh));
                done.accept(Step.WRAPPED);
                Path kept = keep();
                done.accept(Step.KEPT);
                Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                sync(file.getParent());
                return new Rotated(dataKeys, file, kept);
            }
        } catch (IOException e) {
            throw new Fault(
                    Sysexits.CANTCREAT,
                    "no file can be made beside the master key (" + ForeignText.escape(e.toString())
                            + "); it lies in a folder that the user of this command must be able to write");
        }
    }

    /** The new key: that of a run that was killed, where it was written to the end. */
    private MasterKey fresh(MasterKey current) throws IOException {
        if (Files.exists(next)) {
            Outcome<MasterKey> left = MasterKey.load(next);
            if (left instanceof Outcome.Done<MasterKey> done) {
                return done.value();
            }
            value(change.rewrap(current, current)); // Only where the old key still opens all may a broken new one go.
            Files.delete(next);
        }
        MasterKey made = value(MasterKey.create(next));
        UserPrincipal owner = Files.getOwner(file);
        if (!owner.equals(Files.getOwner(next))) {
            Files.setOwner(next, owner); // Run by root, it must open for the user that serves.
        }
        sync(file.getParent());
        return made;
    }

    private static FileLock lock(FileChannel channel) throws IOException {
        Optional<FileLock> lock;
        try {
            lock = Optional.ofNullable(channel.tryLock());
        } catch (OverlappingFileLockException e) {
            lock = Optional.empty();
        }
        return lock.orElseThrow(
                () -> new Fault(Sysexits.TEMPFAIL, "the master key is being rotated by another process"));
    }

    /** A second name for the old key, which is there already when a run before was killed behind this. */
    private Path keep() throws IOException {
        String name = file.getFileName() + ".until-" + DateTimeFormatter.BASIC_ISO_DATE.format(today);
        int number = 1;
        Path kept = file.resolveSibling(name);
        while (Files.exists(kept) && !Files.isSameFile(kept, file)) {
            kept = file.resolveSibling(name + "-" + ++number);
        }
        if (!Files.exists(kept)) {
            Files.createLink(kept, file);
        }
        return kept;
    }

    private static void sync(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static Path real(Path file) {
        try {
            return file.toRealPath(); // What is replaced is the file, not a link to it.
        } catch (IOException missing) {
            return file.toAbsolutePath();
        }
    }

    private static Path next(Path file) {
        return file.resolveSibling(file.getFileName() + NEXT);
    }

    private static <T> T value(Outcome<T> outcome) {
        if (outcome instanceof Outcome.Done<T> done) {
            return done.value();
        }
        throw new Fault(
                Sysexits.CONFIG, ((Outcome.Refused<T>) outcome).problem().sentence());
    }
}
