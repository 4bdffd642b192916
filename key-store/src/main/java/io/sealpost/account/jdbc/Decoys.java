package io.sealpost.account.jdbc;

import io.sealpost.database.Transactions;
import io.sealpost.keys.DataKey;
import io.sealpost.keys.DataKeys;
import io.sealpost.keys.KeyPurpose;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What a login of nobody is checked against: some account's hash, always the same for the same name, so that unknown names cost what
 * known ones do, also while imported hashes of other prices are about. Thread-safe.
 */
final class Decoys {
    /** No account has this id: what is computed for it says nothing of any. */
    private static final long NOBODY = 0;

    private final Transactions transactions;
    private final DataKey key;

    Decoys(Transactions transactions, DataKeys dataKeys) {
        this.transactions = transactions;
        this.key = dataKeys.of(KeyPurpose.APP_PASSWORD);
    }

    /** A stored hash for a name that no account has; it must never open anything. */
    Optional<String> of(String name) {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        byte[] code = key.mac(ByteBuffer.allocate(Long.BYTES + text.length)
                .putLong(NOBODY)
                .put(text)
                .array());
        double fraction = (ByteBuffer.wrap(code).getLong() >>> 11) * 0x1.0p-53;
        return transactions.read(handle -> HashSql.any(handle, fraction));
    }
}
