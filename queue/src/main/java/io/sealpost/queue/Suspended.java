package io.sealpost.queue;

import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.MailDomain;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalLong;

/** What deliveries can be suspended for. */
public sealed interface Suspended {
    /** The word for it in the database and on screens: {@code domain}, {@code account}, {@code site}. */
    String kind();

    /** Which one, as it was typed. */
    String name();

    /** Whether a delivery is covered: to this domain, from this account, to this site where that is known ({@code ""} where not). */
    boolean covers(MailDomain recipientDomain, OptionalLong sender, String site);

    /**
     * Deliveries to one domain; not to those below it.
     *
     * @param domain of recipients
     */
    record Domain(MailDomain domain) implements Suspended {
        /** Throws when it is null. */
        public Domain {
            Objects.requireNonNull(domain, "domain is null");
        }

        @Override
        public String kind() {
            return "domain";
        }

        @Override
        public String name() {
            return domain.ascii();
        }

        @Override
        public boolean covers(MailDomain recipientDomain, OptionalLong sender, String site) {
            return domain.equals(recipientDomain);
        }
    }

    /**
     * What one account submitted.
     *
     * @param row of the account
     * @param address its address
     */
    record Account(long row, EmailAddress address) implements Suspended {
        /** Throws when the address is null. */
        public Account {
            Objects.requireNonNull(address, "address is null");
        }

        @Override
        public String kind() {
            return "account";
        }

        @Override
        public String name() {
            return address.toString();
        }

        @Override
        public boolean covers(MailDomain recipientDomain, OptionalLong sender, String site) {
            return sender.equals(OptionalLong.of(row));
        }
    }

    /**
     * Deliveries to every domain that one host takes mail for.
     *
     * @param host the name of an MX host, or a whole site (its hosts joined by commas); in lower case
     */
    record Site(String host) implements Suspended {
        /** Throws IllegalArgumentException when the host is blank. */
        public Site {
            host = host.strip().toLowerCase(Locale.ROOT);
            if (host.isEmpty()) {
                throw new IllegalArgumentException("a site is the name of an MX host");
            }
        }

        @Override
        public String kind() {
            return "site";
        }

        @Override
        public String name() {
            return host;
        }

        @Override
        public boolean covers(MailDomain recipientDomain, OptionalLong sender, String site) {
            String known = site.toLowerCase(Locale.ROOT);
            return known.equals(host) || List.of(known.split(",")).contains(host);
        }
    }
}
