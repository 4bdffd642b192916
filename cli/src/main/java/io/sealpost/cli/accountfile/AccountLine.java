package io.sealpost.cli.accountfile;

import java.util.Optional;

/**
 * One line of a file of accounts.
 *
 * @param number of the line it begins on, from 1
 * @param address as it stands there
 * @param content what else stands there
 */
public record AccountLine(long number, String address, Content content) {
    /** What stands beside an address. */
    public sealed interface Content {}

    /**
     * A hash, and what there may be.
     *
     * @param hash a secret
     */
    public record Entry(String hash, Optional<String> tenant, Optional<String> name) implements Content {
        /** Never the hash. */
        @Override
        public String toString() {
            return "an entry";
        }
    }

    /** It cannot be read; {@code why} is a plain sentence with what would help. */
    public record Broken(String why) implements Content {}
}
