package io.sealpost.cli.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;

/** The verifiers that {@code verify} knows; {@code -Dsealpost.foreign.skip=opendkim} leaves OpenDKIM out, which asks port 53 only. */
enum Verifier {
    DKIMPY("dkimpy", "rsa-sha256 pass", "ed25519-sha256 pass"),
    /** Knows Ed25519 from 1.20230630 on. */
    MAIL_DKIM("mail-dkim", "rsa-sha256 pass", "ed25519-sha256 (pass|invalid .*unsupported algorithm)"),
    MAILAUTH("mailauth", "rsa-sha256 pass", "ed25519-sha256 pass"),
    /** Debian builds it without Ed25519; it judges a mail by the signature that it can read. */
    OPENDKIM("opendkim", "rsa-sha256 pass");

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final String word;
    private final List<String> verdicts;

    Verifier(String word, String... verdicts) {
        this.word = word;
        this.verdicts = List.of(verdicts);
    }

    /** What it must say of a mail of ours, a regular expression a line. */
    List<String> patterns(Path mail) {
        return verdicts.stream()
                .map(verdict -> Pattern.quote(mail.getFileName() + " ") + verdict + "( .*)?")
                .toList();
    }

    boolean isLeftOut() {
        return word.equals(System.getProperty("sealpost.foreign.skip", ""));
    }

    /** Its lines about these mails: file name, algorithm, word, reason. */
    List<String> judge(InetSocketAddress dns, List<Path> mails) throws Exception {
        Assumptions.assumeFalse(isLeftOut(), word + " is left out by -Dsealpost.foreign.skip");
        List<String> arguments =
                new ArrayList<>(List.of(word, dns.getAddress().getHostAddress(), Integer.toString(dns.getPort())));
        mails.forEach(mail -> arguments.add(mail.toString()));
        ForeignProgram.Ended judged = ForeignProgram.run(PATIENCE, "verify", arguments);
        assertThat(judged.code()).as(judged.output()).isZero();
        return judged.output().lines().toList();
    }

    /** Its name on a command line. */
    @Override
    public String toString() {
        return word;
    }
}
