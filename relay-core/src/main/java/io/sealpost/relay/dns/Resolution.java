package io.sealpost.relay.dns;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.xbill.DNS.Record;

/** Puts a question to the servers in turn until one gives a usable answer, and follows aliases that lead out of it. Thread-safe. */
final class Resolution {
    private static final int MAX_ALIASES = 10;

    private final List<NameServer> servers;
    private final int questions;

    /** {@code tries}: how often each server is asked. */
    Resolution(List<NameServer> servers, int tries) {
        this.servers = servers;
        this.questions = servers.size() * tries;
    }

    /** Never completes exceptionally; the TTL is the least of the chain's. */
    CompletableFuture<Step.End> resolve(Question question) {
        return follow(question, 0, Duration.ofSeconds(Integer.MAX_VALUE));
    }

    private CompletableFuture<Step.End> follow(Question question, int aliases, Duration ttl) {
        if (aliases > MAX_ALIASES) {
            return CompletableFuture.completedFuture(
                    Step.End.failed(DnsFailure.ALIASES, "more than " + MAX_ALIASES + " aliases"));
        }
        return ask(question, 0).thenCompose(step -> {
            Duration least = step.ttl().compareTo(ttl) < 0 ? step.ttl() : ttl;
            if (step instanceof Step.Alias alias) {
                return follow(question.at(alias.target()), aliases + 1, least);
            }
            DnsAnswer<Record> answer = ((Step.End) step).answer();
            return CompletableFuture.completedFuture(new Step.End(answer, least));
        });
    }

    private CompletableFuture<Step> ask(Question question, int asked) {
        NameServer server = servers.get(asked % servers.size());
        return server.ask(question).thenCompose(step -> {
            boolean again = step instanceof Step.End end && end.isFailure() && asked + 1 < questions;
            return again ? ask(question, asked + 1) : CompletableFuture.completedFuture(step);
        });
    }
}
