package io.sealpost.dkim;

import java.util.List;

/** The key records that the DNS shows; whoever verifies brings it. */
public interface KeyRecords {
    /**
     * The TXT records of a name, a CNAME followed.
     *
     * @param name without a dot at the end
     */
    Answer txt(String name);

    /** What a look-up gave. */
    sealed interface Answer {
        /**
         * The name was asked for.
         *
         * @param records the strings of each record joined without blanks; empty when the name or its TXT does not exist
         */
        record Records(List<String> records) implements Answer {
            /** Copies the list. */
            public Records {
                records = List.copyOf(records);
            }
        }

        /**
         * Nobody can tell now.
         *
         * @param reason in plain words
         */
        record Unavailable(String reason) implements Answer {}
    }
}
