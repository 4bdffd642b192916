package io.sealpost.relay.dns;

import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.xbill.DNS.SimpleResolver;
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
        return resolver.sendAsync(question.query(), Runnable::run)
                .toCompletableFuture()
                // The resolver looks at its clock only once a second.
                .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .thenApply(response -> AnswerReader.read(question, response))
                .exceptionally(this::failure);
    }

    private Step failure(Throwable thrown) {
        Throwable cause =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        if (cause instanceof TimeoutException || cause instanceof SocketTimeoutException) {
            return Step.End.failed(
                    DnsFailure.TIMEOUT, "no answer from " + shown() + " in " + timeout.toMillis() + " ms");
        }
        if (cause instanceof WireParseException) {
            return Step.End.failed(DnsFailure.MALFORMED, "unreadable answer from " + shown());
        }
        return Step.End.failed(DnsFailure.UNREACHABLE, "no answer from " + shown() + ": " + cause.getMessage());
    }

    private String shown() {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }
}
