package io.sealpost.cli.keytrees;

import io.sealpost.cli.console.Fault;
import io.sealpost.cli.console.Sysexits;
import io.sealpost.mail.ForeignText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The file system that a configuration means by its absolute paths: this machine's, or what was copied from another one into a folder.
 * Bounded: a file of 16 MiB, a folder of 100,000 entries.
 *
 * @param folder what {@code /} stands for
 */
public record TreeRoot(Path folder) {
    private static final long LARGEST = 16L << 20;
    private static final int MOST_ENTRIES = 100_000;

    /** This machine's own. */
    public static final TreeRoot MACHINE = new TreeRoot(Path.of("/"));

    /** The place of a path of the configuration; a relative one counts from {@code base}. */
    Path resolve(String written, Path base) {
        return written.startsWith("/")
                ? folder.resolve(written.substring(1)).normalize()
                : base.resolve(written).normalize();
    }

    /** The lines of a file; empty when there is no such file, a {@link Fault} when it is there and cannot be read. */
    Optional<List<String>> lines(Path file) {
        return text(file).map(text -> text.lines().toList());
    }

    /** The text of a file; empty when there is none. */
    Optional<String> text(Path file) {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            if (Files.size(file) > LARGEST) {
                throw new Fault(Sysexits.DATAERR, shown(file) + " has more than 16 MiB");
            }
            return Optional.of(Files.readString(file, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new Fault(Sysexits.NOPERM, shown(file) + " cannot be read by this user");
        }
    }

    /** The text of a file that must be there; a {@link Fault} else. */
    String needed(Path file) {
        return text(file)
                .orElseThrow(() -> new Fault(
                        Sysexits.NOINPUT, "there is no file " + shown(file) + ", or this user may not look there"));
    }

    /** The names in a folder, sorted; none when it is no folder, a {@link Fault} when it cannot be read. */
    static List<String> names(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            List<String> names = entries.limit(MOST_ENTRIES + 1L)
                    .map(entry -> entry.getFileName().toString())
                    .sorted()
                    .toList();
            if (names.size() > MOST_ENTRIES) {
                throw new Fault(Sysexits.DATAERR, shown(folder) + " has more than 100,000 entries");
            }
            return names;
        } catch (IOException e) {
            throw new Fault(Sysexits.NOPERM, shown(folder) + " cannot be read by this user");
        }
    }

    private static String shown(Path file) {
        return ForeignText.escape(file.toString());
    }
}
