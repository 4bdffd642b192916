package io.sealpost.cli.config;

import io.sealpost.cli.config.Settings.Delivery;
import io.sealpost.cli.config.Settings.Limits;
import io.sealpost.cli.config.Settings.Signing;
import io.sealpost.cli.config.Settings.Signing.WithoutKey;
import io.sealpost.mail.MailDomain;
import io.sealpost.mail.Rate;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads {@code sealpost.toml} and the environment into {@link Settings}. */
public final class SettingsFile {
    private final List<Problem> problems = new ArrayList<>();
    private final SettingsReader reader;
    private final TomlEntries entries;
    private final Path base;

    private SettingsFile(Path file, String toml, Map<String, String> environment) {
        this.base = file.toAbsolutePath().normalize().getParent();
        this.entries = TomlEntries.read(toml, problems);
        this.reader = new SettingsReader(entries.single(), environment, base, problems);
    }

    /**
     * Reads and checks a settings file.
     *
     * @param environment overrides, as {@code SEALPOST_SMTP_MAX_MESSAGE_SIZE=25M}
     * @throws IOException when the file cannot be read
     */
    public static LoadedSettings load(Path file, Map<String, String> environment) throws IOException {
        return new SettingsFile(file, Files.readString(file, StandardCharsets.UTF_8), environment).settings();
    }

    /**
     * The settings of a file that {@link #load} finds right, each with its source.
     *
     * @throws IOException when the file cannot be read
     */
    public static SettingsInForce inForce(Path file, Map<String, String> environment) throws IOException {
        SettingsFile read = new SettingsFile(file, Files.readString(file, StandardCharsets.UTF_8), environment);
        return new SettingsInForce(
                SettingKeys.all().stream().map(read.reader::inForce).toList(),
                read.tables(PairTables.TABLE, PairTables.KEYS),
                read.tables(ListenerKeys.TABLE, ListenerKeys.all()));
    }

    private List<List<SettingInForce>> tables(String header, List<Setting<?>> settings) {
        return entries.tables(header).stream()
                .map(this::table)
                .map(one -> settings.stream().map(one::inForce).toList())
                .toList();
    }

    /** A reader of one of the tables that stand several times; the environment does not know which. */
    private SettingsReader table(Map<String, TomlEntries.Entry> table) {
        return new SettingsReader(table, Map.of(), base, problems);
    }

    /** The commented file that {@code init} writes. */
    public static String template(MailDomain hostname) {
        try (InputStream in = SettingsFile.class.getResourceAsStream("template.toml")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("@HOSTNAME@", hostname.ascii());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private LoadedSettings settings() {
        if (!problems.isEmpty()) {
            return new LoadedSettings.Invalid(problems); // No TOML: every further fault would be a consequence.
        }
        MailDomain hostname = reader.require(SettingKeys.HOSTNAME, 0);
        Settings settings = new Settings(
                hostname,
                reader.path(SettingKeys.STATE_DIR),
                reader.get(SettingKeys.DRAIN_TIMEOUT),
                database(),
                reader.path(SettingKeys.MASTER_KEY_FILE),
                externalKeys(),
                new Settings.Tls(
                        reader.path(SettingKeys.CERTIFICATE),
                        reader.path(SettingKeys.PRIVATE_KEY),
                        new PairTables(entries.tables(PairTables.TABLE), base, problems).read()),
                new ListenerTables(entries.tables(ListenerKeys.TABLE), base, problems).read(),
                SmtpKeys.read(reader),
                limits(),
                new Settings.Dns(reader.get(SettingKeys.DNS_SERVERS), reader.get(SettingKeys.DNS_VALIDATION)),
                signing(),
                queue(),
                new Settings.Retention(reader.get(SettingKeys.RETAIN_JOURNAL), reader.get(SettingKeys.RETAIN_AUDIT)),
                bounceDomain(hostname),
                delivery(),
                new Settings.Log(
                        Settings.Log.Format.valueOf(
                                reader.get(SettingKeys.LOG_FORMAT).toUpperCase(Locale.ROOT)),
                        reader.get(SettingKeys.LOG_LEVEL)));
        reader.reportUnknown(SettingKeys.all());
        problems.sort(Comparator.comparingInt(Problem::line));
        return problems.isEmpty() ? new LoadedSettings.Valid(settings) : new LoadedSettings.Invalid(problems);
    }

    private Settings.Database database() {
        if (reader.get(SettingKeys.DATABASE_MODE).equals("embedded")) {
            return new Settings.Database.Embedded(
                    reader.path(SettingKeys.DATABASE_DATA_DIR), reader.get(SettingKeys.DATABASE_BUFFER_POOL));
        }
        String url = reader.require(SettingKeys.DATABASE_URL, reader.line(SettingKeys.DATABASE_MODE));
        if (url != null && !url.startsWith("jdbc:mariadb:")) {
            reader.problem(
                    SettingKeys.DATABASE_URL, "starts with jdbc:mariadb:, as jdbc:mariadb://db.example.net/sealpost");
        }
        Settings.Database.Login serving = new Settings.Database.Login(
                reader.get(SettingKeys.DATABASE_USER), reader.optionalPath(SettingKeys.DATABASE_PASSWORD_FILE));
        String migrateUser = reader.get(SettingKeys.DATABASE_MIGRATE_USER);
        Settings.Database.Login migrating = migrateUser.isEmpty()
                ? serving
                : new Settings.Database.Login(
                        migrateUser, reader.optionalPath(SettingKeys.DATABASE_MIGRATE_PASSWORD_FILE));
        return new Settings.Database.Server(url, serving, migrating);
    }

    private Limits limits() {
        return new Limits(
                new Limits.Sending(
                        rates(SettingKeys.ACCOUNT_MESSAGES, SettingKeys.ACCOUNT_RECIPIENTS),
                        rates(SettingKeys.APP_PASSWORD_MESSAGES, SettingKeys.APP_PASSWORD_RECIPIENTS),
                        rates(SettingKeys.DOMAIN_MESSAGES, SettingKeys.DOMAIN_RECIPIENTS),
                        rates(SettingKeys.TENANT_MESSAGES, SettingKeys.TENANT_RECIPIENTS),
                        Limits.Over.valueOf(reader.get(SettingKeys.OVER).toUpperCase(Locale.ROOT))),
                new Limits.Brake(
                        reader.get(SettingKeys.BRAKE),
                        reader.get(SettingKeys.BRAKE_FACTOR),
                        reader.get(SettingKeys.BRAKE_FLOOR),
                        reader.get(SettingKeys.BRAKE_REFUSED),
                        reader.get(SettingKeys.BRAKE_REFUSED_SHARE),
                        reader.get(SettingKeys.BRAKE_NETWORKS),
                        reader.get(SettingKeys.BRAKE_BURST)),
                reader.get(SettingKeys.LOGIN_BRAKE),
                reader.get(SettingKeys.OPERATOR));
    }

    private Limits.Rates rates(Setting<List<Rate>> messages, Setting<List<Rate>> recipients) {
        return new Limits.Rates(reader.get(messages), reader.get(recipients));
    }

    private Signing signing() {
        return new Signing(
                reader.get(SettingKeys.WITHOUT_KEY).equals("hold") ? WithoutKey.HOLD : WithoutKey.REFUSE,
                reader.get(SettingKeys.VERIFY));
    }

    private Settings.ExternalKeys externalKeys() {
        String text = reader.get(SettingKeys.OPERATOR_ZONE);
        Optional<MailDomain> zone = text.isEmpty() ? Optional.empty() : MailDomain.tryParse(text);
        if (!text.isEmpty() && zone.isEmpty()) {
            reader.problem(SettingKeys.OPERATOR_ZONE, "not a domain name");
        }
        return new Settings.ExternalKeys(zone, reader.get(SettingKeys.DELEGATION_GRACE));
    }

    private Settings.Queue queue() {
        if (reader.get(SettingKeys.RETRY).isEmpty()) {
            reader.problem(SettingKeys.RETRY, "needs at least one wait");
        }
        return new Settings.Queue(
                reader.get(SettingKeys.RETRY),
                reader.get(SettingKeys.EXPIRE),
                reader.get(SettingKeys.BOUNCE_EXPIRE),
                reader.get(SettingKeys.DELAY_NOTICE),
                reader.get(SettingKeys.NODE_DEAD_AFTER));
    }

    private MailDomain bounceDomain(MailDomain hostname) {
        String text = reader.get(SettingKeys.BOUNCE_DOMAIN);
        Optional<MailDomain> domain = text.isEmpty() ? Optional.ofNullable(hostname) : MailDomain.tryParse(text);
        if (!text.isEmpty() && domain.isEmpty()) {
            reader.problem(SettingKeys.BOUNCE_DOMAIN, "not a domain name");
        }
        return domain.orElse(null);
    }

    private Delivery delivery() {
        return new Delivery(
                reader.get(SettingKeys.DELIVERY_PORT),
                new Delivery.Timeouts(
                        reader.get(SettingKeys.CONNECT_TIMEOUT),
                        reader.get(SettingKeys.GREETING_TIMEOUT),
                        reader.get(SettingKeys.MAIL_TIMEOUT),
                        reader.get(SettingKeys.RCPT_TIMEOUT),
                        reader.get(SettingKeys.DATA_TIMEOUT),
                        reader.get(SettingKeys.DATA_BLOCK_TIMEOUT),
                        reader.get(SettingKeys.DATA_END_TIMEOUT)),
                reader.get(SettingKeys.SITE_BACKOFF_MAX),
                reader.optionalPath(SettingKeys.CA_FILE),
                privateAddresses());
    }

    private Delivery.PrivateAddresses privateAddresses() {
        List<String> words = reader.get(SettingKeys.ALLOW_PRIVATE_ADDRESSES);
        if (words.equals(List.of("false")) || words.isEmpty()) {
            return new Delivery.PrivateAddresses.None();
        }
        if (words.equals(List.of("true"))) {
            return new Delivery.PrivateAddresses.All();
        }
        words.stream()
                .filter(word -> !word.matches("[0-9A-Fa-f.:]+/\\d{1,3}"))
                .forEach(word -> reader.problem(
                        SettingKeys.ALLOW_PRIVATE_ADDRESSES,
                        "\"" + word + "\" is not a network; write true, false, or networks as [\"10.0.0.0/8\"]"));
        return new Delivery.PrivateAddresses.Listed(List.copyOf(words));
    }
}
