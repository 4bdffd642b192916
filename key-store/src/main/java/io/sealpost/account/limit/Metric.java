package io.sealpost.account.limit;

import java.util.Locale;

/** What is counted. */
public enum Metric {
    /** Messages that were accepted. */
    MESSAGES,
    /** Recipients of messages that were accepted. */
    RECIPIENTS;

    /** Its name in tables, options and sentences. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
