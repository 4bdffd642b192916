package io.sealpost.queue.jdbc;

import io.sealpost.database.StoreUnavailable;
import io.sealpost.database.TimeOrderedIds;
import io.sealpost.database.Transactions;
import io.sealpost.mail.QueueId;
import io.sealpost.queue.ClaimedDelivery;
import io.sealpost.queue.ClaimedMessage;
import io.sealpost.queue.Lease;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds due deliveries and takes them, all in one short transaction. Thread-safe. */
final class Claiming {
    private static final Logger LOG = LoggerFactory.getLogger(Claiming.class);

    private final Transactions transactions;
    private final TimeOrderedIds ids;
    private final FairChoice choice = new FairChoice();
    /** Numbers of claims of which nobody knows what they took: an answer was lost. */
    private final Set<Long> unanswered = ConcurrentHashMap.newKeySet();

    Claiming(Transactions transactions, TimeOrderedIds ids) {
        this.transactions = transactions;
        this.ids = ids;
    }

    /** What this call won, highest priority and oldest due first; first it frees what an earlier one took whose answer was lost. */
    List<ClaimedMessage> claim(FairChoice.Wanted wanted, int node, Instant until) {
        freeUnanswered(node);
        Set<Long> numbers = new HashSet<>();
        try {
            List<ClaimedDelivery> won = transactions.run(handle -> {
                Set<Long> due = choice.choose(handle, wanted);
                // A new number at each run: what an earlier one may have taken is not this one's.
                LeaseTerms terms = new LeaseTerms(node, ids.next(), until);
                numbers.add(terms.claim());
                boolean taken = !due.isEmpty() && ClaimSql.claim(handle, due, terms) > 0;
                return taken ? ClaimSql.claimed(handle, due, terms) : List.<ClaimedDelivery>of();
            });
            return won.isEmpty() ? List.of() : messagesOf(won);
        } catch (StoreUnavailable away) {
            unanswered.addAll(numbers);
            throw away;
        }
    }

    /** Should the old session still live, this waits for its end. */
    private void freeUnanswered(int node) {
        for (long claim : List.copyOf(unanswered)) {
            transactions.read(handle -> ClaimSql.freeClaim(handle, node, claim));
            unanswered.remove(claim);
        }
    }

    /** The deliveries under their messages, in the order given; content is read when it is opened. */
    private List<ClaimedMessage> messagesOf(List<ClaimedDelivery> deliveries) {
        Map<QueueId, List<ClaimedDelivery>> byMessage = deliveries.stream()
                .collect(Collectors.groupingBy(
                        delivery -> delivery.lease().message(), LinkedHashMap::new, Collectors.toList()));
        List<Long> wanted = byMessage.keySet().stream().map(QueueId::value).toList();
        Map<QueueId, Rows.MessageRow> rows = transactions.read(handle -> ClaimSql.messages(handle, wanted)).stream()
                .collect(Collectors.toMap(row -> row.envelope().id(), Function.identity()));
        List<ClaimedMessage> messages = new ArrayList<>();
        byMessage.forEach((id, ofMessage) -> {
            Rows.MessageRow row = rows.get(id);
            if (row == null) {
                LOG.error("{}: its row is missing; its deliveries cannot be made: {}", id, leases(ofMessage));
            } else {
                messages.add(new ClaimedMessage(
                        row.envelope(), row.prefix(), new StoredContent(transactions, id, row.size()), ofMessage));
            }
        });
        return messages;
    }

    private static List<Lease> leases(List<ClaimedDelivery> deliveries) {
        return deliveries.stream().map(ClaimedDelivery::lease).toList();
    }
}
