package io.sealpost.cli.wiring;

import io.sealpost.cli.config.Settings;
import io.sealpost.cli.config.Settings.Delivery.PrivateAddresses.All;
import io.sealpost.cli.config.Settings.Delivery.PrivateAddresses.Listed;
import io.sealpost.mail.IpNetwork;
import io.sealpost.relay.deliver.DeliveryLimits;
import io.sealpost.relay.deliver.DeliveryTimeouts;
import io.sealpost.relay.deliver.SmtpDelivery;
import io.sealpost.relay.dns.DnsLookups;
import io.sealpost.relay.dns.DnsSettings;
import io.sealpost.relay.route.MxRouter;
import io.sealpost.relay.route.OwnHost;
import io.sealpost.relay.route.PrivateAddresses;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.List;
import java.util.Random;

/** What goes out to the world, from the settings: for the relay, and for commands that look the same way. */
public final class Outwards {
    private final Settings settings;

    /** Makes nothing yet. */
    public Outwards(Settings settings) {
        this.settings = settings;
    }

    /** Look-ups by the configured servers. */
    public DnsLookups dns(Clock clock) {
        return new DnsLookups(DnsSettings.of(settings.dns().servers()), clock);
    }

    /** By MX, never back to ourselves. */
    public MxRouter router(DnsLookups dns) {
        List<InetSocketAddress> own =
                settings.listeners().stream().map(Settings.Listener::address).toList();
        return new MxRouter(
                dns,
                new OwnHost(settings.hostname().ascii(), own),
                privateAddresses(),
                settings.delivery().port(),
                new Random());
    }

    /** The SMTP client; to be closed. */
    public SmtpDelivery delivery() {
        return new SmtpDelivery(settings.hostname().ascii(), timeouts(), DeliveryLimits.STANDARD, privateAddresses());
    }

    /** Where mail may go beside public addresses. */
    public PrivateAddresses privateAddresses() {
        Settings.Delivery.PrivateAddresses wanted = settings.delivery().privateAddresses();
        if (wanted instanceof Listed listed) {
            return PrivateAddresses.allowedIn(
                    listed.networks().stream().map(IpNetwork::parse).toList());
        }
        return wanted instanceof All ? PrivateAddresses.allowed() : PrivateAddresses.refused();
    }

    /** How long hosts may take. */
    public DeliveryTimeouts timeouts() {
        Settings.Delivery.Timeouts wanted = settings.delivery().timeouts();
        return new DeliveryTimeouts(
                wanted.connect(),
                wanted.greeting(),
                wanted.mail(),
                wanted.rcpt(),
                wanted.data(),
                wanted.dataBlock(),
                wanted.dataEnd());
    }
}
