package io.sealpost.account.limit;

import io.sealpost.mail.Rate;
import java.util.List;
import java.util.stream.Stream;

/**
 * Limits of one kind; an empty list is none.
 *
 * @param messages of messages
 * @param recipients of recipients
 */
public record Rates(List<Rate> messages, List<Rate> recipients) {
    /** No limit. */
    public static final Rates NONE = new Rates(List.of(), List.of());

    /** Copies the lists. */
    public Rates {
        messages = List.copyOf(messages);
        recipients = List.copyOf(recipients);
    }

    List<Rate> of(Metric metric) {
        return metric == Metric.MESSAGES ? messages : recipients;
    }

    /** The sums that are bounded. */
    public Stream<Bound> bounds(Scope scope, String of, Metric metric) {
        return of(metric).stream().map(rate -> new Bound(new Meter(scope, of, metric, rate.window()), rate.count()));
    }
}
