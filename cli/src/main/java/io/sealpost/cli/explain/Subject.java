package io.sealpost.cli.explain;

import io.sealpost.mail.MailDomain;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is to be explained.
 *
 * @param told what it is, in a few lines
 * @param from the domain of its From; empty where that cannot be read
 * @param tenant who sent it; empty where only the domain tells
 * @param message its bytes; empty where there is none, or it is gone
 */
@SuppressWarnings("ArrayRecordComponent") // Read once, never compared.
public record Subject(List<String> told, Optional<MailDomain> from, OptionalLong tenant, Optional<byte[]> message) {
    /** Copies the list. */
    public Subject {
        told = List.copyOf(told);
        Objects.requireNonNull(from, "from is null");
        Objects.requireNonNull(tenant, "tenant is null");
        Objects.requireNonNull(message, "message is null");
    }
}
