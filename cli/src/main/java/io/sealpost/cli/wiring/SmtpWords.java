package io.sealpost.cli.wiring;

import io.sealpost.cli.config.Settings;
import io.sealpost.cli.config.SmtpSettings;
import io.sealpost.mail.IpNetwork;
import io.sealpost.relay.smtp.BareLf;
import io.sealpost.relay.smtp.LegacyRules;
import io.sealpost.relay.smtp.LineRules;
import io.sealpost.relay.smtp.ListenerSettings;
import io.sealpost.relay.smtp.LongLines;
import io.sealpost.relay.smtp.SmtpLimits;
import io.sealpost.relay.smtp.SmtpTimeouts;
import io.sealpost.relay.smtp.TlsMode;

/** The settings of the listeners in the words of {@code relay.smtp}. */
final class SmtpWords {
    private SmtpWords() {}

    static ListenerSettings listener(Settings.Listener listener) {
        return new ListenerSettings(
                listener.name(),
                listener.address(),
                TlsMode.valueOf(listener.tls().name()),
                new LineRules(
                        BareLf.valueOf(listener.lines().bareLf().name()),
                        LongLines.valueOf(listener.lines().longLines().name())),
                listener.proxyFrom().stream().map(IpNetwork::parse).toList(),
                listener.legacy().map(SmtpWords::legacy));
    }

    private static LegacyRules legacy(Settings.Listener.Legacy legacy) {
        return new LegacyRules(
                legacy.until(),
                LegacyRules.ClearText.valueOf(legacy.clearText().name()),
                LegacyRules.Logins.valueOf(legacy.logins().name()));
    }

    static SmtpLimits limits(SmtpSettings smtp) {
        return new SmtpLimits(
                new SmtpLimits.Message(smtp.message().size(), smtp.message().recipients()),
                session(smtp.session()),
                new SmtpLimits.Connections(
                        smtp.connections().all(),
                        smtp.connections().perAddress(),
                        smtp.connections().perAccount()),
                new SmtpLimits.Bodies(smtp.bodies().memory(), smtp.bodies().each()),
                timeouts(smtp.timeouts()));
    }

    private static SmtpLimits.Session session(SmtpSettings.Session session) {
        return new SmtpLimits.Session(
                session.commandLine(), session.authLine(), session.faults(), session.loginFailures(), session.mails());
    }

    private static SmtpTimeouts timeouts(SmtpSettings.Timeouts times) {
        return new SmtpTimeouts(
                times.handshake(),
                times.login(),
                times.command(),
                times.dataBlock(),
                times.data(),
                times.session(),
                times.write());
    }
}
