package io.sealpost.cli;

import io.sealpost.cli.console.Console;
import io.sealpost.cli.console.Fault;
import io.sealpost.cli.console.Sysexits;
import io.sealpost.mail.ForeignText;
import io.sealpost.mail.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/** Reads a private key that an administrator names; a {@link Fault} for every file that cannot be one, or that is no secret. */
final class KeyFile {
    private static final int LARGEST = 64 * 1024;
    private static final Path STANDARD_INPUT = Path.of("-");

    private KeyFile() {}

    static Secret read(Path file, Console console) {
        return file.equals(STANDARD_INPUT) ? new Secret(console.readAll(LARGEST)) : read(file);
    }

    static Secret read(Path file) {
        String shown = ForeignText.escape(file.toString());
        requireRegular(file, shown);
        try {
            requireSecret(file, shown);
            if (Files.size(file) > LARGEST) {
                throw new Fault(Sysexits.DATAERR, shown + " is too large for a key");
            }
            return new Secret(Files.readString(file, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new Fault(Sysexits.NOINPUT, shown + " cannot be read");
        }
    }

    private static void requireRegular(Path file, String shown) {
        if (Files.isDirectory(file)) {
            throw new Fault(Sysexits.NOINPUT, shown + " is a directory; name the key's file in it");
        }
        if (!Files.exists(file)) {
            throw new Fault(Sysexits.NOINPUT, "there is no file " + shown + ", or this user may not look there");
        }
        if (!Files.isRegularFile(file)) { // A pipe might never end.
            throw new Fault(Sysexits.NOINPUT, shown + " is no regular file; \"-\" reads standard input");
        }
        if (!Files.isReadable(file)) {
            throw new Fault(Sysexits.NOPERM, shown + " cannot be read by this user");
        }
    }

    /** As OpenDKIM's RequireSafeKeys: what every user of the machine can read or change is nobody's key. */
    private static void requireSecret(Path file, String shown) throws IOException {
        Set<PosixFilePermission> rights = Files.getPosixFilePermissions(file);
        if (rights.contains(PosixFilePermission.OTHERS_READ) || rights.contains(PosixFilePermission.OTHERS_WRITE)) {
            throw new Fault(
                    Sysexits.NOPERM,
                    shown + " is open to every user of this machine; run chmod 600 on it, or better make a new key:"
                            + " sealpost dkim create");
        }
    }
}
