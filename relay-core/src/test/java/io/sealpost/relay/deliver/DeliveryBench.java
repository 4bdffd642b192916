package io.sealpost.relay.deliver;

import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.QueueId;
import io.sealpost.queue.Content;
import io.sealpost.queue.MailOptions;
import io.sealpost.queue.Recipient;
import io.sealpost.queue.SignedPrefix;
import io.sealpost.relay.route.PrivateAddresses;
import io.sealpost.relay.route.Route;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the tests of delivery have in common: a deliverer with short time-outs, and mail for it. */
final class DeliveryBench {
    static final String PREFIX = "Received: from client.test by relay.test; Thu, 1 Jan 2026 00:00:00 +0000\r\n";
    static final String CONTENT = "From: <s@sender.test>\r\nSubject: hello\r\n\r\nbody\r\n";
    static final RemoteDelivery.FinalDotPermit GRANTED = () -> true;

    /** Long enough for a busy machine; tests of what never comes set their own. */
    private static final Duration ENOUGH = Duration.ofSeconds(10);

    private DeliveryBench() {}

    static SmtpDelivery delivery() {
        return delivery(DeliveryLimits.STANDARD);
    }

    static SmtpDelivery delivery(DeliveryLimits limits) {
        return new SmtpDelivery("relay.test", timeouts(ENOUGH), limits, PrivateAddresses.allowed());
    }

    static SmtpDelivery delivery(Duration timeout) {
        return new SmtpDelivery("relay.test", timeouts(timeout), DeliveryLimits.STANDARD, PrivateAddresses.allowed());
    }

    private static DeliveryTimeouts timeouts(Duration each) {
        return new DeliveryTimeouts(each, each, each, each, each, each, each);
    }

    static Transmission mail(String... recipients) {
        return mail(CONTENT, MailOptions.NONE, recipients);
    }

    static Transmission mail(String content, MailOptions options, String... recipients) {
        return mail(content.getBytes(StandardCharsets.UTF_8), options, recipients);
    }

    static Transmission mail(byte[] content, MailOptions options, String... recipients) {
        Stream<String> to = recipients.length == 0 ? Stream.of("r@example.test") : Arrays.stream(recipients);
        return new Transmission(
                new QueueId(1),
                Optional.of(EmailAddress.parse("s@sender.test")),
                options,
                to.map(address -> Recipient.of(EmailAddress.parse(address))).toList(),
                new SignedPrefix(PREFIX.getBytes(StandardCharsets.US_ASCII), List.of()),
                Content.of(content));
    }

    static Route.Hosts route(TestMx... hosts) {
        return route(Arrays.stream(hosts).map(TestMx::address).toArray(InetSocketAddress[]::new));
    }

    static Route.Hosts route(InetSocketAddress... addresses) {
        return new Route.Hosts(
                "site.test",
                Arrays.stream(addresses)
                        .map(address -> new Route.MxHost("mx" + address.getPort() + ".test", List.of(address)))
                        .toList());
    }
}
