package io.sealpost.cli.explain;

import io.sealpost.keys.Comparison;
import io.sealpost.keys.DkimKey;
import java.util.List;

/**
 * A key of the domain, and whether it signs.
 *
 * @param key the key
 * @param use whether it signs
 * @param why why it signs, or does not
 * @param servers what each server shows of its record now; empty where nobody was asked
 */
public record KeyFinding(DkimKey key, Use use, String why, List<Comparison> servers) {
    /** Whether a key signs. */
    public enum Use {
        /** It does. */
        SIGNS,
        /** It does not. */
        SILENT
    }

    /** Copies the list. */
    public KeyFinding {
        servers = List.copyOf(servers);
    }

    /** Whether it signs. */
    public boolean signs() {
        return use == Use.SIGNS;
    }

    /** What its record says now, in one line or one a server that does not show it. */
    List<String> record() {
        List<String> against = servers.stream()
                .filter(seen -> seen.verdict() != Comparison.Verdict.SHOWN)
                .map(Comparison::toString)
                .toList();
        if (servers.isEmpty()) {
            return List.of();
        }
        if (!against.isEmpty()) {
            return against;
        }
        return List.of(
                servers.size() == 1 ? servers.get(0) + "" : "all " + servers.size() + " servers asked show the key");
    }
}
