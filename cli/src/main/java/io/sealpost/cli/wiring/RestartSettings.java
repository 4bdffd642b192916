package io.sealpost.cli.wiring;

import io.sealpost.cli.config.Settings;
import io.sealpost.cli.config.SmtpSettings;
import io.sealpost.mail.MailDomain;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The settings that a running node cannot change: they hold files, ports, or a name that others know it by. */
final class RestartSettings {
    private static final Map<String, Function<Settings, Object>> FIXED = fixed();

    private RestartSettings() {}

    private static Map<String, Function<Settings, Object>> fixed() {
        Map<String, Function<Settings, Object>> fixed = new LinkedHashMap<>();
        fixed.put("hostname", Settings::hostname);
        fixed.put("state_dir", Settings::stateDir);
        fixed.put("[database]", Settings::database);
        fixed.put("keys.master_key_file", Settings::masterKeyFile);
        fixed.put("keys.delegation_grace", settings -> settings.externalKeys().grace());
        fixed.put("[[listener]]", Settings::listeners);
        fixed.put(
                "smtp.max_connections",
                settings -> settings.smtp().connections().all());
        fixed.put(
                "smtp.body_memory, smtp.body_in_memory",
                settings -> settings.smtp().bodies());
        fixed.put("queue.node_dead_after", settings -> settings.queue().nodeDeadAfter());
        return fixed;
    }

    /** Those that differ, by the names they have in the file. */
    static List<String> differing(Settings running, Settings wanted) {
        return FIXED.entrySet().stream()
                .filter(one ->
                        !one.getValue().apply(running).equals(one.getValue().apply(wanted)))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** What is wanted, but for these. */
    static Settings kept(Settings running, Settings wanted) {
        return new Settings(
                running.hostname(),
                running.stateDir(),
                wanted.drainTimeout(),
                running.database(),
                running.masterKeyFile(),
                new Settings.ExternalKeys(
                        wanted.externalKeys().operatorZone(),
                        running.externalKeys().grace()),
                wanted.tls(),
                running.listeners(),
                smtp(running.smtp(), wanted.smtp()),
                wanted.limits(),
                wanted.dns(),
                wanted.signing(),
                queue(running.queue(), wanted.queue()),
                wanted.retention(),
                bounceDomain(running, wanted),
                wanted.delivery(),
                wanted.log());
    }

    private static SmtpSettings smtp(SmtpSettings running, SmtpSettings wanted) {
        return new SmtpSettings(
                wanted.message(),
                wanted.session(),
                new SmtpSettings.Connections(
                        running.connections().all(),
                        wanted.connections().perAddress(),
                        wanted.connections().perAccount()),
                running.bodies(),
                wanted.timeouts(),
                wanted.clientAddressInReceived());
    }

    private static Settings.Queue queue(Settings.Queue running, Settings.Queue wanted) {
        return new Settings.Queue(
                wanted.retry(), wanted.expire(), wanted.bounceExpire(), wanted.delayNotice(), running.nodeDeadAfter());
    }

    /** The hostname stands in where no bounce domain is set. */
    private static MailDomain bounceDomain(Settings running, Settings wanted) {
        return wanted.bounceDomain().equals(wanted.hostname()) ? running.hostname() : wanted.bounceDomain();
    }
}
