package io.sealpost.cli.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** What somebody may have meant who wrote a name that is none. */
final class Spelling {
    private static final int SLIPS = 2;

    private Spelling() {}

    /** A known name with the same last part, or else the nearest one of at most two slips; empty when there is none. */
    static Optional<String> nearest(String name, Collection<String> known) {
        String key = lastPart(name);
        Comparator<String> order =
                Comparator.<String>comparingInt(each -> distance(each, name)).thenComparing(Comparator.naturalOrder());
        return known.stream()
                .filter(each -> lastPart(each).equals(key))
                .min(order)
                .or(() -> known.stream()
                        .filter(each -> distance(each, name) <= Math.min(SLIPS, key.length() / 2))
                        .min(order));
    }

    private static String lastPart(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    /** Characters added, left out or changed, and neighbours swapped. */
    static int distance(String a, String b) {
        int[][] slips = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    slips[i][j] = i + j;
                    continue;
                }
                int changed = slips[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                slips[i][j] = Math.min(changed, 1 + Math.min(slips[i - 1][j], slips[i][j - 1]));
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) {
                    slips[i][j] = Math.min(slips[i][j], slips[i - 2][j - 2] + 1);
                }
            }
        }
        return slips[a.length()][b.length()];
    }
}
