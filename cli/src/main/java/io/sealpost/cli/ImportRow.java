package io.sealpost.cli;

import io.sealpost.cli.console.Listing;

/**
 * What became of one key of an import, or of an entry that gives none.
 *
 * @param domain its domain, or the entry as it was written
 * @param selector its selector; null for an entry
 * @param algorithm {@code rsa} or {@code ed25519}; null when it could not be read
 * @param bits its size; null likewise
 * @param dns what the configured name servers say of it: seen, differs, missing, no answer; null when they were not asked
 * @param result what was done, or would be
 * @param why why not more; null when all was done
 * @param file where it lies
 */
record ImportRow(
        String domain,
        String selector,
        String algorithm,
        Integer bits,
        String dns,
        Result result,
        String why,
        String file) {
    /** What became of a key. */
    enum Result {
        /** It signs. */
        ACTIVE("active"),
        /** It is in the database and does not sign. */
        PENDING("pending"),
        /** It was in the database before, in another state. */
        THERE("there"),
        /** A dry run: it would be imported. */
        WOULD_IMPORT("would import"),
        /** It was not taken. */
        SKIPPED("skipped");

        private final String word;

        Result(String word) {
            this.word = word;
        }

        @Override
        public String toString() {
            return word;
        }
    }

    static Listing<ImportRow> listing() {
        return new Listing<ImportRow>("Nothing was found.")
                .column("DOMAIN", "domain", ImportRow::domain)
                .column("SELECTOR", "selector", ImportRow::selector)
                .column("ALGORITHM", "algorithm", ImportRow::algorithm)
                .column("BITS", "bits", ImportRow::bits)
                .column("DNS", "dns", ImportRow::dns)
                .column("RESULT", "result", row -> row.result().toString())
                .column("FILE", "file", ImportRow::file)
                .column("WHY", "why", ImportRow::why);
    }
}
