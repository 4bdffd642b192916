package io.sealpost.keys.jdbc;

import io.sealpost.keys.KeyMaterial;
import io.sealpost.keys.KeyState;
import io.sealpost.keys.Sealing;
import io.sealpost.keys.jdbc.KeysSql.KeyRow;
import io.sealpost.mail.MailDomain;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Adds a pending key, sealed to its row, inside a transaction. Thread-safe. */
final class KeyInsertion {
    private final Changes changes;
    private final Sealing sealing;
    private final KeyMoves moves;

    KeyInsertion(Changes changes, Sealing sealing) {
        this.changes = changes;
        this.sealing = sealing;
        this.moves = new KeyMoves(changes, sealing);
    }

    /** Where it belongs: a domain's row and name. */
    record Home(long domain, MailDomain name) {}

    KeyRow insert(Handle handle, Home home, String selector, KeyMaterial material, String action) {
        long id = KeysSql.insertKey(handle, home.domain(), selector, material, changes.now());
        Sealing.Place place = new Sealing.Place(id, home.name(), selector, material.algorithm(), material.publicHalf());
        KeysSql.sealKey(handle, id, sealing.seal(material.pkcs8(), place));
        KeyRow row = KeysSql.key(handle, id).orElseThrow();
        moves.record(handle, row, new KeyMoves.Move(KeyState.PENDING, action, Map.of()));
        return row;
    }
}
