package io.sealpost.cli.quickstart;

import java.util.List;

/** TXT records as the DNS shows them. */
interface KeyRecords {
    /** Each record's strings joined without blanks; empty when there is none (RFC 6376 §3.6.2.2). */
    List<String> txt(String name);
}
