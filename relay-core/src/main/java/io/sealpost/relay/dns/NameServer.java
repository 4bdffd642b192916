package io.sealpost.relay.dns;

import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;
import org.xbill.DNS.WireParseException;

/** One server. Asks over UDP, again over TCP after truncation (RFC 7766 §5). Thread-safe. */
final class NameServer {
    /** What fits into one unfragmented datagram nearly everywhere. */
    private static final int UDP_PAYLOAD = 1232;

    private final InetSocketAddress address;
    private final SimpleResolver resolver;
    private final Duration timeout;

    NameServer(InetSocketAddress address, Duration timeout) {
        this.address = address;
        this.timeout = timeout;
        this.resolver = new SimpleResolver(address);
        resolver.setTimeout(timeout);
        resolver.setEDNS(0, UDP_PAYLOAD, 0, List.of());
    }

    InetSocketAddress address() {
        return address;
    }

    /** One question, one answer; never completes exceptionally, and never later than the time-out. */
    CompletableFuture<Step> ask(Question question) {
        return send(question.query())
                .<Step>thenApply(response -> AnswerReader.read(question, response))
                .exceptionally(this::failure);
    }

    /** Asks for the root's SOA with the wish for DNSSEC; never completes exceptionally, and never later than the time-out. */
    CompletableFuture<ServerHealth> health() {
        long begun = System.nanoTime();
        Message query = new Question(Name.root, Type.SOA).query();
        query.addRecord(new OPTRecord(UDP_PAYLOAD, 0, 0, ExtendedFlags.DO), Section.ADDITIONAL);
        return send(query)
                .thenApply(NameServer::health)
                .exceptionally(thrown -> failed(failure(thrown)))
                .thenApply(answer -> new ServerHealth(address, answer, Duration.ofNanos(System.nanoTime() - begun)));
    }

    private static ServerHealth.Answer health(Message response) {
        Step step = AnswerReader.read(new Question(Name.root, Type.SOA), response);
        if (step instanceof Step.End end && end.isFailure()) {
            return failed(step);
        }
        return response.getHeader().getFlag(Flags.AD)
                ? new ServerHealth.Answer.Validated()
                : new ServerHealth.Answer.Unvalidated();
    }

    private static ServerHealth.Answer failed(Step step) {
        DnsAnswer.Failed<?> failed = (DnsAnswer.Failed<?>) ((Step.End) step).answer();
        return new ServerHealth.Answer.Failed(failed.why(), failed.detail());
    }

    /** The same of a server that is asked for its own zone; another try follows where no answer came. */
    CompletableFuture<DirectAnswer> askDirectly(Question question, int tries) {
        return send(question.directQuery())
                .<DirectAnswer>thenApply(response -> AuthorityReader.read(question, response))
                .exceptionally(thrown -> new DirectAnswer.Said(failure(thrown)))
                .thenCompose(answer -> {
                    boolean again = tries > 1
                            && answer instanceof DirectAnswer.Said said
                            && said.end().isFailure();
                    return again ? askDirectly(question, tries - 1) : CompletableFuture.completedFuture(answer);
                });
    }

    private CompletableFuture<Message> send(Message query) {
        return resolver.sendAsync(query, Runnable::run)
                .toCompletableFuture()
                // The resolver looks at its clock only once a second.
                .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    private Step.End failure(Throwable thrown) {
        Throwable cause =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        if (cause instanceof TimeoutException || cause instanceof SocketTimeoutException) {
            return Step.End.failed(
                    DnsFailure.TIMEOUT, "no answer from " + shown() + " in " + timeout.toMillis() + " ms");
        }
        if (cause instanceof WireParseException) {
            return Step.End.failed(DnsFailure.MALFORMED, "unreadable answer from " + shown());
        }
        String why = cause.getMessage() == null ? "it cannot be reached" : cause.getMessage();
        return Step.End.failed(DnsFailure.UNREACHABLE, "no answer from " + shown() + ": " + why);
    }

    private String shown() {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }
}
