package io.sealpost.cli;

import io.sealpost.account.Account;
import io.sealpost.cli.console.Fault;
import io.sealpost.cli.console.Sysexits;
import io.sealpost.cli.wiring.Administration;
import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.ForeignText;
import io.sealpost.mail.MailDomain;
import io.sealpost.mail.QueueId;
import io.sealpost.queue.DeliveryState;
import io.sealpost.queue.QueueFilter;
import io.sealpost.queue.ReasonFilter;
import java.time.Duration;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which waiting deliveries are meant; mixed into the commands of {@code sealpost queue}. */
final class QueueFilterOptions {
    @Parameters(paramLabel = "ID", arity = "0..1", description = "One message.")
    private Optional<QueueId> message = Optional.empty();

    @Option(names = "--domain", paramLabel = "DOMAIN", description = "Of recipients.")
    private Optional<MailDomain> domain = Optional.empty();

    @Option(names = "--recipient", paramLabel = "ADDRESS", description = "One recipient.")
    private Optional<EmailAddress> recipient = Optional.empty();

    @Option(
            names = "--sender",
            paramLabel = "ADDRESS",
            description = "The envelope sender; \"\" for <>, @DOMAIN for a whole domain.")
    private Optional<String> sender = Optional.empty();

    @Option(
            names = "--state",
            paramLabel = "STATE",
            completionCandidates = StateNames.class,
            description = "queued, active, deferred or hold.")
    private Optional<DeliveryState> state = Optional.empty();

    @Option(names = "--older", paramLabel = "TIME", description = "Accepted longer ago than this, as 4h.")
    private Optional<Duration> older = Optional.empty();

    @Option(names = "--account", paramLabel = "ADDRESS", description = "Submitted by this account.")
    private Optional<EmailAddress> account = Optional.empty();

    @Option(
            names = "--because",
            paramLabel = "TEXT",
            description =
                    "Why it waits: the last reply's code (451), its enhanced status (4.7.1), words of it or of a hold.")
    private Optional<ReasonFilter> reason = Optional.empty();

    @Option(names = "--all", description = "All that waits.")
    private boolean all;

    /** As they are shown and typed. */
    static final class StateNames implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Stream.of(DeliveryState.values())
                    .map(state -> state.name().toLowerCase(Locale.ROOT))
                    .iterator();
        }
    }

    QueueFilter filter(Administration administration) {
        return new QueueFilter(
                message,
                domain,
                recipient,
                sender,
                account.map(address -> QueueFilterOptions.row(administration, address)),
                state,
                older.map(time -> administration.clock().instant().minus(time)),
                reason);
    }

    static long row(Administration administration, EmailAddress address) {
        return administration
                .accounts()
                .account(address)
                .map(Account::id)
                .orElseThrow(
                        () -> new Fault(
                                Sysexits.NOINPUT,
                                "there is no account " + ForeignText.escape(address.toString())
                                        + "; \"sealpost account list\" shows them; mail of a removed one is found by --sender"));
    }

    /** Steering wants to be told what: all must be said. */
    QueueFilter explicit(Administration administration) {
        QueueFilter filter = filter(administration);
        if (filter.equals(QueueFilter.ALL) && !all) {
            throw new Fault(
                    Sysexits.USAGE,
                    "say which: an ID, --domain, --recipient, --sender, --account, --state, --older, --because, or --all");
        }
        return filter;
    }
}
