package io.sealpost.cli.foreign;

import java.util.List;

/** The verifiers that {@code verify} knows. */
enum Verifier {
    DKIMPY("dkimpy", "rsa-sha256 pass", "ed25519-sha256 pass"),
    /** Knows Ed25519 from 1.20230630 on. */
    MAIL_DKIM("mail-dkim", "rsa-sha256 pass", "ed25519-sha256 (pass|invalid .*unsupported algorithm)"),
    MAILAUTH("mailauth", "rsa-sha256 pass", "ed25519-sha256 pass"),
    /** Debian builds it without Ed25519; it judges a mail by the signature that it can read. */
    OPENDKIM("opendkim", "rsa-sha256 pass");

    private final String word;
    private final List<String> verdicts;

    Verifier(String word, String... verdicts) {
        this.word = word;
        this.verdicts = List.of(verdicts);
    }

    /** What it must say of a mail of ours, in the order of its lines: regular expressions for how they begin behind the file's name. */
    List<String> verdicts() {
        return verdicts;
    }

    /** Its name on a command line. */
    @Override
    public String toString() {
        return word;
    }
}
