package io.sealpost.cli.wiring;

import io.sealpost.cli.wiring.RelaySettings.Ways;
import io.sealpost.relay.bounce.Notices;
import io.sealpost.relay.deliver.SmtpDelivery;
import io.sealpost.relay.intake.MessageIntake;
import io.sealpost.relay.outbound.OutboundService;
import io.sealpost.relay.smtp.SmtpListeners;
import io.sealpost.relay.smtp.SmtpService;
import io.sealpost.relay.smtp.tls.CertificateWatch;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The parts of a relay that take other settings while they run: each by one reference that is set anew, so that work under way ends
 * with what it began with.
 *
 * @param service what the listeners began with
 */
record LiveParts(
        SmtpListeners listeners,
        CertificateWatch certificates,
        SmtpService service,
        Makers makers,
        OutboundService outbound,
        AtomicReference<Ways> ways,
        SmtpDelivery delivery) {

    /** Who makes signed messages, and who counts them. */
    record Makers(LiveSigning signing, MessageIntake intake, Notices notices, Metering metering) {
        void use(RelaySettings settings) {
            signing.use(settings);
            intake.use(settings.intake());
            notices.use(settings.notices());
            metering.use(settings);
        }
    }

    /** Gives each its part; all or, where the certificate cannot be used, none ({@link io.sealpost.relay.smtp.tls.CertificateFault}). */
    void use(RelaySettings settings) {
        certificates.use(settings.certificates());
        Ways next = settings.ways();
        listeners.use(new SmtpService(
                service.hostname(),
                settings.smtpLimits(),
                service.spoolDirectory(),
                service.tls(),
                service.accounts(),
                service.sending(),
                service.submissions()));
        makers.use(settings);
        outbound.use(settings.outbound());
        ways.set(next);
        delivery.use(settings.outwards().timeouts(), settings.outwards().privateAddresses());
    }
}
