package io.sealpost.dkim;

/** What {@link DkimKeyRecord#parse} found. */
public sealed interface KeyRecordReading permits DkimKeyRecord, KeyRecordReading.Malformed {
    /**
     * No key record.
     *
     * @param reason in plain words, without any text of the record
     */
    record Malformed(String reason) implements KeyRecordReading {}
}
