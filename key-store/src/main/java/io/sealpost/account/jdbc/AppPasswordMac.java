package io.sealpost.account.jdbc;

import io.sealpost.account.AppPasswordText;
import io.sealpost.keys.DataKey;
import io.sealpost.keys.DataKeys;
import io.sealpost.keys.KeyPurpose;
import io.sealpost.mail.Secret;
import java.nio.ByteBuffer;
import java.util.Optional;

/** The codes by which app passwords are found: HMAC-SHA-256 of the account and the password under a data key. Thread-safe. */
final class AppPasswordMac {
    private final DataKey key;

    AppPasswordMac(DataKeys dataKeys) {
        this.key = dataKeys.of(KeyPurpose.APP_PASSWORD);
    }

    /** 32 bytes that differ from account to account, so that a row is worth nothing elsewhere; empty when it can be no app password. */
    Optional<byte[]> of(long account, Secret typed) {
        return AppPasswordText.normalise(typed)
                .map(Secret::utf8)
                .map(text -> key.mac(ByteBuffer.allocate(Long.BYTES + text.length)
                        .putLong(account)
                        .put(text)
                        .array()));
    }
}
