package io.sealpost.queue;

import java.util.OptionalLong;
import java.util.Set;

/**
 * Whose mail a claim leaves where it is, though it is due: it could only stand in line here, and would keep others from their turn.
 *
 * @param accounts rows of accounts
 * @param domains recipient domains as A-labels
 * @param streams mail of one account to one domain
 */
public record PassOver(Set<Long> accounts, Set<String> domains, Set<Stream> streams) {
    /** Nobody's. */
    public static final PassOver NOBODY = new PassOver(Set.of(), Set.of(), Set.of());

    /**
     * What an account sends to a domain.
     *
     * @param account empty for notices of our own
     * @param domain as an A-label
     */
    public record Stream(OptionalLong account, String domain) {}

    /** Copies. */
    public PassOver {
        accounts = Set.copyOf(accounts);
        domains = Set.copyOf(domains);
        streams = Set.copyOf(streams);
    }

    /** Whether there is nobody. */
    public boolean isEmpty() {
        return accounts.isEmpty() && domains.isEmpty() && streams.isEmpty();
    }

    /** Whether mail of the account, if it is one's, to the domain stays where it is. */
    public boolean covers(OptionalLong account, String domain) {
        return domains.contains(domain)
                || (account.isPresent() && accounts.contains(account.getAsLong()))
                || streams.contains(new Stream(account, domain));
    }
}
