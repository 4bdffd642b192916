package io.sealpost.cli.keytrees;

import io.sealpost.mail.MailDomain;
import java.util.Objects;

/**
 * One key that another program signs with.
 *
 * @param domain for {@code d=}
 * @param selector for {@code s=}, as it was written
 * @param source where its private half lies
 */
public record FoundKey(MailDomain domain, String selector, KeySource source) {
    /** Throws when a part is null. */
    public FoundKey {
        Objects.requireNonNull(domain, "domain is null");
        Objects.requireNonNull(selector, "selector is null");
        Objects.requireNonNull(source, "source is null");
    }
}
