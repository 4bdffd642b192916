package io.sealpost.keys;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * What one name server's answer means for a key.
 *
 * @param server as observed, fit for a screen
 * @param role whose server it is
 * @param verdict whether verifiers that ask it find the key
 * @param sentence the verdict in plain words, with what would help
 * @param remarks what else the record says that an administrator should know; empty unless it is shown
 * @param remembered how long the server may repeat this answer; zero where that is not known
 */
public record Comparison(
        String server,
        Observation.Role role,
        Verdict verdict,
        String sentence,
        List<String> remarks,
        Duration remembered) {
    /** Whether a server shows a key. */
    public enum Verdict {
        /** It shows the key's record. */
        SHOWN,
        /** It answered, with no record or another one. */
        DISAGREES,
        /** It gave no answer that counts. */
        SILENT
    }

    /** Throws when a part is null. */
    public Comparison {
        Objects.requireNonNull(server, "server is null");
        Objects.requireNonNull(role, "role is null");
        Objects.requireNonNull(verdict, "verdict is null");
        Objects.requireNonNull(sentence, "sentence is null");
        remarks = List.copyOf(remarks);
        Objects.requireNonNull(remembered, "remembered is null");
    }

    /** Whether it keeps the key from signing: every resolver must show it, and an authoritative server must not disagree. */
    public boolean speaksAgainst() {
        return verdict == Verdict.DISAGREES || (verdict == Verdict.SILENT && role == Observation.Role.RESOLVER);
    }

    @Override
    public String toString() {
        return server + ": " + sentence;
    }
}
