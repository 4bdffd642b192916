package io.sealpost.database.embedded;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A version of MariaDB, as {@code 11.4.5}. */
record ServerVersion(int major, int minor, int patch) implements Comparable<ServerVersion> {
    static final ServerVersion LEAST = new ServerVersion(10, 6, 0);
    private static final Pattern TEXT = Pattern.compile("(\\d+)\\.(\\d+)\\.(\\d+)(?=-MariaDB|\\s|$)");

    /** The first version in a text, as in {@code mariadbd  Ver 10.11.6-MariaDB for debian-linux-gnu}. */
    static Optional<ServerVersion> find(String text) {
        Matcher matcher = TEXT.matcher(text);
        return matcher.find()
                ? Optional.of(new ServerVersion(
                        Integer.parseInt(matcher.group(1)),
                        Integer.parseInt(matcher.group(2)),
                        Integer.parseInt(matcher.group(3))))
                : Optional.empty();
    }

    @Override
    public int compareTo(ServerVersion other) {
        int byMajor = Integer.compare(major, other.major);
        int byMinor = Integer.compare(minor, other.minor);
        return byMajor != 0 ? byMajor : byMinor != 0 ? byMinor : Integer.compare(patch, other.patch);
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch;
    }
}
