package io.sealpost.queue.jdbc;

import org.jdbi.v3.core.Handle;

/** Fills the tables with waiting mail, quicker than intake would: rows double until there are enough. */
final class ManyRows {
    private static final String FIRST_MESSAGE = """
            INSERT INTO message VALUES (1000, 7, 11, NULL, 'a@sender.example', 'prefix', '', 1, 0, 0, 0, 0, 0, NULL, NULL, NULL, NULL,
                                        '2026-03-01 12:00:00', '2026-03-06 12:00:00')""";
    private static final String MORE_MESSAGES = """
            INSERT INTO message SELECT id + (SELECT MAX(id) - 999 FROM message), tenant, account, credential, sender, prefix, key_ids,
                   size, body_type, smtputf8, requiretls, priority, is_notice, ret, envid, language, hold_until, received, expires
            FROM message""";
    private static final String DELIVERIES = """
            INSERT INTO delivery (id, message, n, tenant, account, priority, recipient, recipient_domain, bucket, state, next_at,
                                  attempts, notices_sent, line, version)
            SELECT id, id, 0, 7, 11, 0, CONCAT('r', id, '@d', id MOD 1000, '.example'), CONCAT('d', id MOD 1000, '.example'),
                   CRC32(CONCAT('d', id MOD 1000, '.example')) MOD 64, IF(id MOD 10 = 0, 1, 3),
                   '2026-03-01 11:00:00' + INTERVAL (id MOD 100000) SECOND, 1, 0, (9 << 56) + (id MOD 1000), 1
            FROM message""";

    private ManyRows() {}

    /** At least {@code count} messages with a delivery each; nine in ten of them deferred. */
    static void waiting(Handle handle, int count) {
        handle.execute(FIRST_MESSAGE);
        for (int rows = 1; rows < count; rows *= 2) {
            handle.execute(MORE_MESSAGES);
        }
        handle.execute(DELIVERIES);
        handle.execute("INSERT INTO message_content SELECT id, 0, 'x' FROM message");
        handle.execute(
                "UPDATE delivery SET state = 2, node = id MOD 3, claim = 1, lease_until = next_at WHERE id MOD 100 = 5");
        handle.execute(
                "INSERT INTO journal SELECT received + INTERVAL id SECOND, id, id, 'RECEPTION', '{}' FROM message");
        handle.execute("ANALYZE TABLE message, delivery, journal, message_content");
    }
}
