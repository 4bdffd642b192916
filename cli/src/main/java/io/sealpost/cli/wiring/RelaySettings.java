package io.sealpost.cli.wiring;

import io.sealpost.account.brake.BrakeSettings;
import io.sealpost.account.guessing.GuessTable;
import io.sealpost.account.limit.LimitSettings;
import io.sealpost.account.limit.Rates;
import io.sealpost.cli.config.Settings;
import io.sealpost.cli.config.SmtpSettings.ClientAddressInReceived;
import io.sealpost.mail.DataSize;
import io.sealpost.queue.RetrySchedule;
import io.sealpost.relay.bounce.NoticeSettings;
import io.sealpost.relay.dns.DnsLookups;
import io.sealpost.relay.intake.IntakeSettings;
import io.sealpost.relay.outbound.OutboundSettings;
import io.sealpost.relay.outbound.SiteBounds;
import io.sealpost.relay.route.MxRouter;
import io.sealpost.relay.smtp.ListenerSettings;
import io.sealpost.relay.smtp.SmtpLimits;
import io.sealpost.relay.smtp.tls.CertificateFiles;
import io.sealpost.relay.smtp.tls.CertificateSource;
import io.sealpost.relay.smtp.tls.TlsKind;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The settings in the words of each part of the relay.
 *
 * @param clock the database's
 * @param lease how long the queue leases for
 */
record RelaySettings(Settings settings, Clock clock, Duration lease) {
    private static final DataSize FRESH_BUDGET = DataSize.parse("64M");
    private static final int WORKERS = 200;
    private static final int PER_SITE = 20;
    private static final Duration POLL = Duration.ofSeconds(1);

    /** The same of other settings. */
    RelaySettings with(Settings others) {
        return new RelaySettings(others, clock, lease);
    }

    List<ListenerSettings> listeners() {
        return settings.listeners().stream().map(SmtpWords::listener).toList();
    }

    /** What the listeners speak: the TLS of old devices is not even loaded where none is served. */
    Set<TlsKind> tlsKinds() {
        return settings.listeners().stream()
                        .anyMatch(listener -> listener.legacy().isPresent())
                ? EnumSet.allOf(TlsKind.class)
                : EnumSet.of(TlsKind.MODERN);
    }

    /** Where the certificates lie. */
    CertificateSource certificates() {
        return new CertificateSource(
                settings.hostname(),
                settings.tls().pairs().stream()
                        .map(pair -> new CertificateFiles(pair.certificate(), pair.privateKey()))
                        .toList());
    }

    SmtpLimits smtpLimits() {
        return SmtpWords.limits(settings.smtp());
    }

    LimitSettings limits() {
        Settings.Limits.Sending wanted = settings.limits().sending();
        return new LimitSettings(
                rates(wanted.account()),
                rates(wanted.appPassword()),
                rates(wanted.domain()),
                rates(wanted.tenant()),
                LimitSettings.WhenOver.valueOf(wanted.over().name()));
    }

    BrakeSettings brake() {
        Settings.Limits.Brake wanted = settings.limits().brake();
        return new BrakeSettings(
                BrakeSettings.Mode.valueOf(wanted.mode().toUpperCase(Locale.ROOT)),
                wanted.factor(),
                wanted.floor(),
                wanted.refused(),
                wanted.refusedShare(),
                wanted.networks(),
                wanted.burst());
    }

    GuessTable.Mode loginBrake() {
        return GuessTable.Mode.valueOf(settings.limits().loginBrake().toUpperCase(Locale.ROOT));
    }

    private static Rates rates(Settings.Limits.Rates rates) {
        return new Rates(rates.messages(), rates.recipients());
    }

    IntakeSettings intake() {
        return new IntakeSettings(
                settings.hostname(),
                new IntakeSettings.Header(
                        settings.smtp().message().header(),
                        settings.smtp().message().hops()),
                settings.queue().expire(),
                settings.queue().bounceExpire(),
                settings.smtp().clientAddressInReceived() == ClientAddressInReceived.SHOWN
                        ? IntakeSettings.ClientTrace.SHOWN
                        : IntakeSettings.ClientTrace.HIDDEN,
                settings.signing().withoutKey() == Settings.Signing.WithoutKey.HOLD
                        ? IntakeSettings.WithoutKey.HOLD
                        : IntakeSettings.WithoutKey.REFUSE);
    }

    NoticeSettings notices() {
        return new NoticeSettings(
                settings.hostname(), settings.bounceDomain(), settings.queue().bounceExpire());
    }

    OutboundSettings outbound() {
        return new OutboundSettings(
                new RetrySchedule(settings.queue().retry()),
                settings.queue().delayNotice(),
                lease,
                FRESH_BUDGET,
                WORKERS,
                new SiteBounds(PER_SITE, settings.delivery().siteBackoffMax()),
                POLL);
    }

    /** What goes out to the world. */
    Outwards outwards() {
        return new Outwards(settings);
    }

    /** Look-ups, and the router that makes them, by the servers of the settings. */
    Ways ways() {
        DnsLookups dns = outwards().dns(clock);
        return new Ways(dns, outwards().router(dns));
    }

    /** How long a message may wait: a signature lives no shorter. */
    Duration longestWait() {
        return longestWait(settings);
    }

    static Duration longestWait(Settings settings) {
        Duration mail = settings.queue().expire();
        Duration notices = settings.queue().bounceExpire();
        return mail.compareTo(notices) < 0 ? notices : mail;
    }

    /** What finds its way by the DNS. */
    record Ways(DnsLookups dns, MxRouter router) {}
}
