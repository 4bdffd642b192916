package io.sealpost.cli.keytrees;

import io.sealpost.mail.MailDomain;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What was found in one configuration, in its order, each key once. Filled by one reader; not thread-safe. */
public final class KeyTree {
    private final Set<FoundKey> keys = new LinkedHashSet<>();
    private final List<SkippedEntry> skipped = new ArrayList<>();

    KeyTree() {}

    /** The keys. */
    public List<FoundKey> keys() {
        return List.copyOf(keys);
    }

    /** What gives none. */
    public List<SkippedEntry> skipped() {
        return List.copyOf(skipped);
    }

    void add(String domain, String selector, KeySource source) {
        Optional<MailDomain> name = MailDomain.tryParse(domain.toLowerCase(Locale.ROOT));
        if (name.isEmpty()) {
            skip(domain, source.toString(), "\"" + domain + "\" is not a domain");
        } else if (selector.isBlank()) {
            skip(domain, source.toString(), "no selector is named for it");
        } else {
            keys.add(new FoundKey(name.get(), selector, source));
        }
    }

    void skip(String what, Path where, String why) {
        skip(what, where.toString(), why);
    }

    void skip(String what, String where, String why) {
        SkippedEntry entry = new SkippedEntry(what, where, why);
        if (!skipped.contains(entry)) {
            skipped.add(entry);
        }
    }
}
