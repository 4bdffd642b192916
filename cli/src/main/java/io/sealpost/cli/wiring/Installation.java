package io.sealpost.cli.wiring;

import io.sealpost.cli.config.Settings;
import io.sealpost.cli.config.SettingsFile;
import io.sealpost.cli.console.Fault;
import io.sealpost.cli.console.Sysexits;
import io.sealpost.keys.MasterKey;
import io.sealpost.keys.Outcome;
import io.sealpost.keys.jdbc.JdbcDataKeys;
import io.sealpost.mail.MailDomain;
import io.sealpost.sandbox.SelfSignedCertificate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Set;
import java.util.function.Consumer;

/** Makes the files that a relay needs; each only when it is missing. */
public final class Installation {
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final FileAttribute<Set<PosixFilePermission>> ALL_READ =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--"));

    private Installation() {}

    /** Writes the commented settings file; a {@link Fault} when it cannot be made. */
    public static void writeSettings(Path file, MailDomain hostname) {
        write(file, SettingsFile.template(hostname), ALL_READ);
    }

    /**
     * Makes the master key when its file is missing; never for a database that has data keys, which only the old one opens.
     *
     * @return whether one was made
     */
    public static boolean makeMasterKey(Settings settings, Consumer<String> progress) {
        Path file = settings.masterKeyFile();
        if (Files.exists(file)) {
            return false;
        }
        if (Store.mayExist(settings)) {
            try (Store store = Store.open(settings, progress)) {
                if (new JdbcDataKeys(store.transactions(), store.clock()).anyStored()) {
                    throw new Fault(
                            Sysexits.CONFIG,
                            "the database has keys that another master key opens; put that file back at " + file);
                }
            }
        }
        makeFolder(file);
        Outcome<MasterKey> made = MasterKey.create(file);
        if (made instanceof Outcome.Refused<MasterKey> refused) {
            throw new Fault(Sysexits.CANTCREAT, refused.problem().sentence());
        }
        return true;
    }

    /**
     * Makes a self-signed pair when neither file is there; a {@link Fault} when only one is.
     *
     * @return whether one was made
     */
    public static boolean makeCertificate(Settings settings) {
        Path certificate = settings.tls().certificate();
        Path key = settings.tls().privateKey();
        if (Files.exists(certificate) != Files.exists(key)) {
            Path missing = Files.exists(certificate) ? key : certificate;
            throw new Fault(
                    Sysexits.CONFIG, missing + " is missing beside its other half; put it there, or move both away");
        }
        if (Files.exists(certificate)) {
            return false;
        }
        SelfSignedCertificate made =
                SelfSignedCertificate.create(settings.hostname().ascii(), Clock.systemUTC());
        write(key, made.privateKeyPem().reveal(), OWNER_ONLY);
        write(certificate, made.certificatePem(), ALL_READ);
        return true;
    }

    private static void write(Path file, String text, FileAttribute<?> rights) {
        makeFolder(file);
        try {
            Files.createFile(file, rights);
            Files.writeString(file, text, StandardCharsets.UTF_8, StandardOpenOption.TRUNCATE_EXISTING);
        } catch (FileAlreadyExistsException e) {
            throw new Fault(Sysexits.CANTCREAT, file + " is there already; it is never overwritten");
        } catch (AccessDeniedException e) {
            throw new Fault(Sysexits.CANTCREAT, file + " cannot be written: this user may not write into its folder");
        } catch (IOException e) {
            throw new Fault(Sysexits.CANTCREAT, file + " cannot be written: " + e.getMessage());
        }
    }

    private static void makeFolder(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new Fault(Sysexits.CANTCREAT, "the folder " + folder + " cannot be made");
        }
    }
}
