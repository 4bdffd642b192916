package io.sealpost.account;

import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.IpNetwork;
import io.sealpost.mail.Rate;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What an app password or a device is bound to, beyond what its account is bound to anyway. An empty part binds to nothing.
 *
 * @param senders as whom it may send; each must be allowed to the account too
 * @param networks from where it may log in
 * @param listeners on which it may log in, by name
 * @param expires when it ends
 * @param idle after how long without a login it ends
 * @param messages how many it may send
 * @param recipients to how many it may send
 */
public record CredentialBounds(
        List<SenderPattern> senders,
        List<IpNetwork> networks,
        List<String> listeners,
        Optional<Instant> expires,
        Optional<Duration> idle,
        Optional<Rate> messages,
        Optional<Rate> recipients) {
    /** How many senders, networks or listeners there may be. */
    public static final int MAX_ENTRIES = 50;

    /** Bound to nothing, as a main password is. */
    public static final CredentialBounds NONE = new CredentialBounds(
            List.of(), List.of(), List.of(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** Copies the lists; throws IllegalArgumentException when one has more than {@link #MAX_ENTRIES}, or a time is not positive. */
    public CredentialBounds {
        senders = bounded(senders);
        networks = bounded(networks.stream().map(IpNetwork::canonical).toList());
        listeners = bounded(listeners);
        Objects.requireNonNull(expires, "expires is null");
        Objects.requireNonNull(messages, "messages is null");
        Objects.requireNonNull(recipients, "recipients is null");
        if (idle.filter(time -> time.isZero() || time.isNegative()).isPresent()) {
            throw new IllegalArgumentException("a time without a login that ends a credential must be above zero");
        }
    }

    private static <T> List<T> bounded(List<T> entries) {
        if (entries.size() > MAX_ENTRIES) {
            throw new IllegalArgumentException("at most " + MAX_ENTRIES
                    + " senders, networks or listeners bind a credential, not " + entries.size());
        }
        return entries.stream().distinct().toList();
    }

    /** Whether it may be used from there and there. */
    public boolean permits(Origin origin) {
        return permits(origin.client()) && (listeners.isEmpty() || listeners.contains(origin.listener()));
    }

    private boolean permits(InetAddress client) {
        return networks.isEmpty() || networks.stream().anyMatch(network -> network.contains(client));
    }

    /** Whether it may send as this address. */
    public boolean permits(EmailAddress sender) {
        return senders.isEmpty() || senders.stream().anyMatch(pattern -> pattern.covers(sender));
    }

    /** Whether its end has come. */
    public boolean hasEnded(Instant now) {
        return expires.filter(end -> !now.isBefore(end)).isPresent();
    }

    /**
     * Whether it was not used for too long.
     *
     * @param lastUsed when it was last used, or made where it never was
     */
    public boolean isIdle(Instant now, Instant lastUsed) {
        return idle.filter(time -> now.isAfter(lastUsed.plus(time))).isPresent();
    }
}
