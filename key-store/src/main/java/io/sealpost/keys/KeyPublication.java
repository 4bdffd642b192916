package io.sealpost.keys;

import java.util.List;

/**
 * Puts records of external domains into the operator's zone. Printing them for a person is one way; sending them to the zone's server
 * will be another.
 */
public interface KeyPublication {
    /** These must stand from now on, each instead of what stood at its name. */
    void publish(List<DnsRecord> records);
}
