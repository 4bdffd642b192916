package io.sealpost.cli;

import io.sealpost.account.CredentialBounds;
import io.sealpost.account.SenderPattern;
import io.sealpost.cli.console.Fault;
import io.sealpost.cli.console.Sysexits;
import io.sealpost.mail.ForeignText;
import io.sealpost.mail.IpNetwork;
import io.sealpost.mail.Rate;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What a credential is bound to, as options; each that is given takes the place of what was. */
final class BoundsOptions {
    /** What {@code --unbind} takes away. */
    enum Part {
        FROM,
        NETWORK,
        LISTENER,
        EXPIRES,
        IDLE,
        RATE,
        RECIPIENTS;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Option(
            names = "--from",
            paramLabel = "SENDER",
            description = "It sends as this only: an address, or *@domain. Repeatable.")
    private List<SenderPattern> senders = List.of();

    @Option(
            names = "--network",
            paramLabel = "NETWORK",
            description = "It is used from there only, as 192.0.2.0/24 or 2001:db8::/64. Repeatable.")
    private List<IpNetwork> networks = List.of();

    @Option(
            names = "--listener",
            paramLabel = "NAME",
            description = "It is used on this listener of the settings only. Repeatable.")
    private List<String> listeners = List.of();

    @Option(
            names = "--expires",
            paramLabel = "DATE",
            converter = LastDay.class,
            description = "Its last day (UTC), as 2027-01-31, or its end as 2027-01-31T12:00:00Z.")
    private Instant expires;

    @Option(
            names = "--idle",
            paramLabel = "TIME",
            description = "It ends when nobody logged in with it for so long, as 90d; an hour or more.")
    private Duration idle;

    @Option(names = "--rate", paramLabel = "RATE", description = "So many messages, as 100/h.")
    private Rate messages;

    @Option(names = "--recipients", paramLabel = "RATE", description = "So many recipients, as 500/d.")
    private Rate recipients;

    /** Reads {@code --expires}. */
    static final class LastDay implements ITypeConverter<Instant> {
        @Override
        public Instant convert(String text) {
            try {
                return text.contains("T")
                        ? Instant.parse(text)
                        : LocalDate.parse(text)
                                .plusDays(1)
                                .atStartOfDay(ZoneOffset.UTC)
                                .toInstant();
            } catch (DateTimeException e) {
                throw new TypeConversionException("\"" + ForeignText.escape(text)
                        + "\" is not a day; write it as 2027-01-31, or 2027-01-31T12:00:00Z");
            }
        }
    }

    /** Those that were given, in place of what was, less what is to be taken away; a fault of usage names a listener that is not there. */
    CredentialBounds over(CredentialBounds was, Set<Part> unbound, List<String> known) {
        for (String listener : listeners) {
            if (!known.contains(listener)) {
                throw usage("there is no listener \"" + ForeignText.escape(listener) + "\" in the settings; there are: "
                        + (known.isEmpty() ? "none" : String.join(", ", known)));
            }
        }
        if (idle != null && idle.compareTo(Duration.ofHours(1)) < 0) {
            throw usage("--idle is an hour or more, as 90d");
        }
        try {
            return new CredentialBounds(
                    all(senders, unbound.contains(Part.FROM) ? List.of() : was.senders()),
                    all(networks, unbound.contains(Part.NETWORK) ? List.of() : was.networks()),
                    all(listeners, unbound.contains(Part.LISTENER) ? List.of() : was.listeners()),
                    one(expires, unbound.contains(Part.EXPIRES) ? Optional.empty() : was.expires()),
                    one(idle, unbound.contains(Part.IDLE) ? Optional.empty() : was.idle()),
                    one(messages, unbound.contains(Part.RATE) ? Optional.empty() : was.messages()),
                    one(recipients, unbound.contains(Part.RECIPIENTS) ? Optional.empty() : was.recipients()));
        } catch (IllegalArgumentException e) {
            throw usage(e.getMessage());
        }
    }

    private static Fault usage(String sentence) {
        return new Fault(Sysexits.USAGE, sentence);
    }

    private static <T> List<T> all(List<T> given, List<T> otherwise) {
        return given.isEmpty() ? otherwise : given;
    }

    private static <T> Optional<T> one(T given, Optional<T> otherwise) {
        return given == null ? otherwise : Optional.of(given);
    }
}
