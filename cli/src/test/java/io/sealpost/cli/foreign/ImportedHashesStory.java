package io.sealpost.cli.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.account.Argon2Hasher;
import io.sealpost.account.ImportedHash;
import io.sealpost.mail.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Hashes that {@code doveadm pw}, {@code htpasswd} and {@code openssl passwd} make now, for a password with all kinds of letters. */
@Tag("foreign")
class ImportedHashesStory {
    private static final String PASSWORD = "Grüße an 3 Pferde: $x \"y\"";
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Argon2Hasher hasher = Argon2Hasher.ofThisMachine();

    @BeforeAll
    static void unpack() throws Exception {
        ForeignProgram.unpacked();
    }

    private static String output(String program, String... command) throws Exception {
        List<String> arguments = new java.util.ArrayList<>(List.of(program));
        arguments.addAll(List.of(command));
        ForeignProgram.Ended ended = ForeignProgram.run(PATIENCE, "in-root", arguments);
        assertThat(ended.code()).as(ended.output()).isZero();
        return ended.output().strip();
    }

    private void check(String hash) {
        String stored = ImportedHash.parse(hash).stored();
        assertThat(hasher.matches(new Secret(PASSWORD), Optional.of(stored)))
                .as(hash)
                .isTrue();
        assertThat(hasher.matches(new Secret(PASSWORD + "."), Optional.of(stored)))
                .as(hash)
                .isFalse();
    }

    @Test
    void ofDovecot() throws Exception {
        for (String scheme : List.of("BLF-CRYPT", "SHA512-CRYPT", "SSHA", "ARGON2ID", "ARGON2I")) {
            check(output("dovecot", "/usr/bin/doveadm", "-O", "pw", "-s", scheme, "-p", PASSWORD));
        }
        check(output("dovecot", "/usr/bin/doveadm", "-O", "pw", "-s", "BLF-CRYPT", "-r", "12", "-p", PASSWORD));
        check(output("dovecot", "/usr/bin/doveadm", "-O", "pw", "-s", "SHA512-CRYPT", "-r", "20000", "-p", PASSWORD));
    }

    @Test
    void ofHtpasswd() throws Exception {
        for (String cost : List.of("5", "10", "12")) {
            String line = output("htpasswd", "/usr/bin/htpasswd", "-nbB", "-C", cost, "anna", PASSWORD);
            check(line.substring(line.indexOf(':') + 1));
        }
    }

    @Test
    void ofOpenssl() throws Exception {
        check(output("openssl", "/usr/bin/openssl", "passwd", "-6", PASSWORD));
    }
}
