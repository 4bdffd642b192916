package io.sealpost.cli;

import io.sealpost.cli.keytrees.FoundKey;
import io.sealpost.keys.DkimKey;
import io.sealpost.keys.KeyMaterial;
import io.sealpost.keys.KeyState;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * A key that was found, as far as it could be read.
 *
 * @param found where
 * @param material the key; empty when it cannot be had
 * @param there the same key in the database, from before
 * @param objection why it cannot be taken; empty when it can
 */
record ImportCandidate(
        FoundKey found, Optional<KeyMaterial> material, Optional<DkimKey> there, Optional<String> objection) {
    static ImportCandidate objected(FoundKey found, Optional<KeyMaterial> material, String why) {
        return new ImportCandidate(found, material, Optional.empty(), Optional.of(why));
    }

    String selector() {
        return found.selector().toLowerCase(Locale.ROOT);
    }

    /** The key as it would stand in the database, for a look at its record. */
    Optional<DkimKey> shown(Instant now) {
        return there.or(() -> material.map(key -> new DkimKey(
                0,
                found.domain(),
                selector(),
                key.algorithm(),
                key.bits(),
                KeyState.PENDING,
                key.publicHalf(),
                now,
                now)));
    }

    ImportRow row(Optional<String> dns, ImportRow.Result result, Optional<String> why) {
        return new ImportRow(
                found.domain().ascii(),
                found.selector(),
                material.map(key -> key.algorithm().tag()).orElse(null),
                material.map(KeyMaterial::bits).orElse(null),
                dns.orElse(null),
                result,
                why.orElse(null),
                found.source().toString());
    }
}
