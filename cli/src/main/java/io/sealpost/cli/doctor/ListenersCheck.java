package io.sealpost.cli.doctor;

import io.sealpost.cli.config.Settings;
import io.sealpost.cli.config.Settings.Listener;
import io.sealpost.cli.console.Addresses;
import io.sealpost.mail.ForeignText;
import io.sealpost.relay.smtp.tls.CertificateFault;
import io.sealpost.relay.smtp.tls.CertificateFiles;
import io.sealpost.relay.smtp.tls.CertificateSource;
import io.sealpost.relay.smtp.tls.ServerCertificate;
import io.sealpost.relay.smtp.tls.TlsIdentity;
import java.io.IOException;
import java.net.ConnectException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/** Whether each listener takes a connection from this machine, greets, and speaks TLS with the certificate of the settings. */
final class ListenersCheck implements Check {
    @Override
    public String name() {
        return "listeners";
    }

    @Override
    public List<Finding> look(Patient patient) {
        Settings settings = patient.settings();
        if (settings.listeners().isEmpty()) {
            return List.of(Finding.problem(
                    "no [[listener]] stands in the settings: nobody can submit mail",
                    "add one with name and address, as address = \"[::]:587\""));
        }
        return settings.listeners().stream()
                .map(listener -> look(listener, settings))
                .toList();
    }

    private static Finding look(Listener listener, Settings settings) {
        String where = listener.name() + " on " + Addresses.shown(listener.address());
        if (listener.address().getPort() == 0) {
            return Finding.ok(where + " takes whatever port is free when serve starts; not looked at");
        }
        ListenerDial.Answered answered;
        try {
            answered = ListenerDial.dial(listener, settings.hostname().ascii());
        } catch (ConnectException e) {
            return Finding.problem(
                    "nobody listens for " + where + ": clients cannot submit mail",
                    "start it: sealpost serve; if it runs, its log says why the port could not be had");
        } catch (IOException e) {
            return Finding.problem(
                    where + " does not answer as a listener of ours: " + ForeignText.escape(e.getMessage()),
                    "look whether another program has that port, and what the log of serve says");
        }
        Optional<TlsIdentity> wanted = certificates(settings);
        return wanted.isEmpty() || isOf(wanted.get(), answered.certificate())
                ? Finding.ok(where + " answers over " + answered.tls() + ": " + ForeignText.escape(answered.greeting()))
                : Finding.warning(
                        where + " still shows another certificate than those of the settings, as "
                                + settings.tls().certificate() + " (until "
                                + answered.certificate().getNotAfter().toInstant() + ")",
                        "let it read the new one: sealpost reload; its log says why where it does not take it");
    }

    private static boolean isOf(TlsIdentity wanted, X509Certificate shown) {
        return wanted.pairs().stream().map(ServerCertificate::certificate).anyMatch(shown::equals);
    }

    private static Optional<TlsIdentity> certificates(Settings settings) {
        try {
            return Optional.of(new CertificateSource(
                            settings.hostname(),
                            settings.tls().pairs().stream()
                                    .map(pair -> new CertificateFiles(pair.certificate(), pair.privateKey()))
                                    .toList())
                    .read());
        } catch (CertificateFault told) {
            return Optional.empty(); // By the check of the certificate.
        }
    }
}
