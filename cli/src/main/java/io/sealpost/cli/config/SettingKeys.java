package io.sealpost.cli.config;

import io.sealpost.mail.DataSize;
import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.MailDomain;
import io.sealpost.mail.Rate;
import io.sealpost.mail.Share;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Every setting there is, with its default: the one place that the reader, the reference and {@code config show} are made from. */
final class SettingKeys {
    static final Setting<MailDomain> HOSTNAME = new Setting<>(
            "hostname",
            "",
            SettingText::domain,
            "the name in greetings, EHLO and Received; needs an address record that leads back to it");
    static final Setting<Path> STATE_DIR =
            new Setting<>("state_dir", "var", SettingText::path, "node-id, serve.lock, spool: one for each node");
    static final Setting<Duration> DRAIN_TIMEOUT = new Setting<>(
            "drain_timeout",
            "30s",
            SettingText::positiveDuration,
            "after SIGTERM: the time for open transactions and attempts to end, half for each");

    static final Setting<String> DATABASE_MODE = new Setting<>(
            "database.mode",
            "embedded",
            SettingText.oneOf("embedded", "server"),
            "embedded: a private MariaDB; server: one of yours");
    static final Setting<Path> DATABASE_DATA_DIR =
            new Setting<>("database.data_dir", "var/db", SettingText::path, "embedded: where its data lies");
    static final Setting<Optional<DataSize>> DATABASE_BUFFER_POOL = new Setting<>(
            "database.buffer_pool",
            "auto",
            SettingText::bufferPool,
            "embedded: what of its tables it keeps in memory at most; auto: an eighth of the machine's, from 256M to 4G");
    static final Setting<String> DATABASE_URL = new Setting<>(
            "database.url",
            "",
            SettingText::any,
            "server: as jdbc:mariadb://db.example.net/sealpost; several hosts as //db1,db2/");
    static final Setting<String> DATABASE_USER =
            new Setting<>("database.user", "sealpost", SettingText::any, "server: the user that serves");
    static final Setting<String> DATABASE_PASSWORD_FILE =
            new Setting<>("database.password_file", "", SettingText::any, "server: a file with that user's password");
    static final Setting<String> DATABASE_MIGRATE_USER = new Setting<>(
            "database.migrate_user", "", SettingText::any, "server: the user that may change the schema; empty: user");
    static final Setting<String> DATABASE_MIGRATE_PASSWORD_FILE =
            new Setting<>("database.migrate_password_file", "", SettingText::any, "server: a file with its password");

    static final Setting<Path> MASTER_KEY_FILE = new Setting<>(
            "keys.master_key_file",
            "var/master.key",
            SettingText::path,
            "32 random bytes, base64, mode 0600; init makes it");

    static final Setting<String> OPERATOR_ZONE = new Setting<>(
            "keys.operator_zone",
            "",
            SettingText::any,
            "your zone for the keys of external domains, as dkim.example.net; their aliases lead into it");
    static final Setting<Duration> DELEGATION_GRACE = new Setting<>(
            "keys.delegation_grace",
            "3d",
            SettingText::positiveDuration,
            "how long the records of an external domain may be gone before its mail is not signed any more");

    static final Setting<Path> CERTIFICATE = new Setting<>(
            "tls.certificate", "var/tls/fullchain.pem", SettingText::path, "PEM, the host's certificate first");
    static final Setting<Path> PRIVATE_KEY =
            new Setting<>("tls.private_key", "var/tls/privkey.pem", SettingText::path, "PEM: PKCS#8, PKCS#1 or EC");

    static final Setting<List<Rate>> ACCOUNT_MESSAGES = rates("account_messages", "500/h", "messages of one account");
    static final Setting<List<Rate>> ACCOUNT_RECIPIENTS =
            rates("account_recipients", "2000/d", "recipients of one account");
    static final Setting<List<Rate>> APP_PASSWORD_MESSAGES =
            rates("app_password_messages", "0", "messages of one app password");
    static final Setting<List<Rate>> APP_PASSWORD_RECIPIENTS =
            rates("app_password_recipients", "0", "recipients of one app password");
    static final Setting<List<Rate>> DOMAIN_MESSAGES = rates("domain_messages", "0", "messages of one domain");
    static final Setting<List<Rate>> DOMAIN_RECIPIENTS = rates("domain_recipients", "0", "recipients of one domain");
    static final Setting<List<Rate>> TENANT_MESSAGES = rates("tenant_messages", "0", "messages of one tenant");
    static final Setting<List<Rate>> TENANT_RECIPIENTS = rates("tenant_recipients", "0", "recipients of one tenant");
    static final Setting<String> OVER = new Setting<>(
            "limits.over",
            "defer",
            SettingText.oneOf("defer", "refuse"),
            "what a client over a limit hears: 450 4.7.1, or 550 5.7.1");
    static final Setting<String> BRAKE = new Setting<>(
            "limits.brake", "hold", SettingText.oneOf("hold", "warn", "off"), "behaviour that looks taken over");
    static final Setting<Integer> BRAKE_FACTOR = brake(
            "brake_factor",
            "10",
            "looks taken over: more than so many times the recipients of the account's usual day");
    static final Setting<Integer> BRAKE_FLOOR =
            brake("brake_floor", "300", "but never at fewer recipients a day than this");
    static final Setting<Integer> BRAKE_REFUSED =
            brake("brake_refused", "50", "looks taken over: so many refused recipients a day");
    static final Setting<Integer> BRAKE_REFUSED_SHARE = new Setting<>(
            "limits.brake_refused_share",
            "30",
            SettingText.number(1, 100),
            "where they are at least this share of all, in percent");
    static final Setting<Integer> BRAKE_NETWORKS =
            brake("brake_networks", "8", "looks taken over: logins from so many new networks within an hour");
    static final Setting<Integer> BRAKE_BURST = brake(
            "brake_burst", "100", "looks taken over: more recipients than this in the first hour from a new network");
    static final Setting<Optional<EmailAddress>> OPERATOR = new Setting<>(
            "limits.operator",
            "",
            SettingText::optionalAddress,
            "who is told of accounts that look taken over; empty: postmaster@ the bounce domain");
    static final Setting<String> LOGIN_BRAKE = new Setting<>(
            "limits.login_brake",
            "on",
            SettingText.oneOf("on", "off"),
            "brakes guessing; off: sessions still end with 421");

    static final Setting<List<InetSocketAddress>> DNS_SERVERS = new Setting<>(
            "dns.servers",
            "",
            SettingText.list(SettingText::socketAddress),
            "as [\"127.0.0.1:53\"]; empty: the system's");
    static final Setting<String> DNS_VALIDATION = new Setting<>(
            "dns.validation", "auto", SettingText.oneOf("auto", "resolver", "own", "off"), "DNSSEC for DANE");

    static final Setting<String> WITHOUT_KEY = new Setting<>(
            "signing.without_key",
            "refuse",
            SettingText.oneOf("refuse", "hold"),
            "mail of a domain that has no active key, or whose fresh signature does not verify");
    static final Setting<Share> VERIFY = new Setting<>(
            "signing.verify",
            "off",
            Share::parse,
            "off, all or a share as 5%: mail whose fresh signatures are verified by the records that the DNS shows now");

    static final Setting<List<Duration>> RETRY = new Setting<>(
            "queue.retry",
            "1m, 5m, 10m, 20m, 40m, 1h, 2h, 4h",
            SettingText.list(SettingText::positiveDuration),
            "waits between attempts; the last one repeats, each ±10 %");
    static final Setting<Duration> EXPIRE =
            new Setting<>("queue.expire", "5d", SettingText::positiveDuration, "given up after this time");
    static final Setting<Duration> BOUNCE_EXPIRE = new Setting<>(
            "queue.bounce_expire", "1d", SettingText::positiveDuration, "the same for notices of our own");
    static final Setting<List<Duration>> DELAY_NOTICE = new Setting<>(
            "queue.delay_notice",
            "4h, 48h",
            SettingText.list(SettingText::positiveDuration),
            "when the sender hears of a delay");
    static final Setting<Duration> NODE_DEAD_AFTER = new Setting<>(
            "queue.node_dead_after",
            "1m",
            SettingText.durationFrom(Duration.ofSeconds(10)),
            "another node takes over the mail of one that gave no sign of life for so long; 10s or more, the same on all nodes");

    static final Setting<Duration> RETAIN_JOURNAL = new Setting<>(
            "retention.journal",
            "30d",
            SettingText.durationFrom(Duration.ofDays(1)),
            "how long a message's story is kept after it, for trace; 1d or more, the same on all nodes");
    static final Setting<Duration> RETAIN_AUDIT = new Setting<>(
            "retention.audit",
            "365d",
            SettingText.durationFrom(Duration.ofDays(1)),
            "how long it is kept who changed what; 1d or more, the same on all nodes");

    static final Setting<String> BOUNCE_DOMAIN = new Setting<>(
            "bounce.domain", "", SettingText::any, "signs notices whose sender's domain has no key; empty: hostname");

    static final Setting<Integer> DELIVERY_PORT =
            new Setting<>("delivery.port", "25", SettingText.number(1, 65_535), "the port of MX hosts");
    static final Setting<Duration> CONNECT_TIMEOUT = timeout("connect_timeout", "30s", "for one address");
    static final Setting<Duration> GREETING_TIMEOUT =
            timeout("greeting_timeout", "5m", "for the greeting (RFC 5321 §4.5.3.2)");
    static final Setting<Duration> MAIL_TIMEOUT = timeout("mail_timeout", "5m", "for EHLO and MAIL");
    static final Setting<Duration> RCPT_TIMEOUT = timeout("rcpt_timeout", "5m", "for RCPT");
    static final Setting<Duration> DATA_TIMEOUT = timeout("data_timeout", "2m", "for DATA");
    static final Setting<Duration> DATA_BLOCK_TIMEOUT =
            timeout("data_block_timeout", "3m", "for each block of the message");
    static final Setting<Duration> DATA_END_TIMEOUT =
            timeout("data_end_timeout", "10m", "for the reply to the final dot");
    static final Setting<Duration> SITE_BACKOFF_MAX = timeout(
            "site_backoff_max",
            "15m",
            "the longest pause for a site that is down; never later than the message's own schedule");
    static final Setting<String> CA_FILE =
            new Setting<>("delivery.ca_file", "", SettingText::any, "more trust anchors for verified TLS and MTA-STS");
    static final Setting<List<String>> ALLOW_PRIVATE_ADDRESSES = new Setting<>(
            "delivery.allow_private_addresses",
            "false",
            SettingText.list(SettingText::any),
            "true, false, or a list of networks as [\"10.0.0.0/8\"]: where delivery may go beside public addresses, and where"
                    + " the name servers of a zone may be asked for a key's record");

    static final Setting<String> LOG_FORMAT = new Setting<>(
            "log.format",
            "text",
            SettingText.oneOf("text", "json"),
            "serve's log: a line as Postfix's, or an object of JSON");
    static final Setting<String> LOG_LEVEL = new Setting<>(
            "log.level",
            "info",
            SettingText.oneOf("error", "warn", "info", "debug"),
            "the least that serve logs; mail is at info");

    private SettingKeys() {}

    /** Those that stand once in the file, in its order. */
    static List<Setting<?>> all() {
        return Stream.of(beforeSmtp(), SmtpKeys.all(), behindSmtp())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Setting<?>> beforeSmtp() {
        return List.of(
                HOSTNAME,
                STATE_DIR,
                DRAIN_TIMEOUT,
                DATABASE_MODE,
                DATABASE_DATA_DIR,
                DATABASE_BUFFER_POOL,
                DATABASE_URL,
                DATABASE_USER,
                DATABASE_PASSWORD_FILE,
                DATABASE_MIGRATE_USER,
                DATABASE_MIGRATE_PASSWORD_FILE,
                MASTER_KEY_FILE,
                OPERATOR_ZONE,
                DELEGATION_GRACE,
                CERTIFICATE,
                PRIVATE_KEY);
    }

    private static List<Setting<?>> behindSmtp() {
        return List.of(
                ACCOUNT_MESSAGES,
                ACCOUNT_RECIPIENTS,
                APP_PASSWORD_MESSAGES,
                APP_PASSWORD_RECIPIENTS,
                DOMAIN_MESSAGES,
                DOMAIN_RECIPIENTS,
                TENANT_MESSAGES,
                TENANT_RECIPIENTS,
                OVER,
                BRAKE,
                BRAKE_FACTOR,
                BRAKE_FLOOR,
                BRAKE_REFUSED,
                BRAKE_REFUSED_SHARE,
                BRAKE_NETWORKS,
                BRAKE_BURST,
                OPERATOR,
                LOGIN_BRAKE,
                DNS_SERVERS,
                DNS_VALIDATION,
                WITHOUT_KEY,
                VERIFY,
                RETRY,
                EXPIRE,
                BOUNCE_EXPIRE,
                DELAY_NOTICE,
                NODE_DEAD_AFTER,
                RETAIN_JOURNAL,
                RETAIN_AUDIT,
                BOUNCE_DOMAIN,
                DELIVERY_PORT,
                CONNECT_TIMEOUT,
                GREETING_TIMEOUT,
                MAIL_TIMEOUT,
                RCPT_TIMEOUT,
                DATA_TIMEOUT,
                DATA_BLOCK_TIMEOUT,
                DATA_END_TIMEOUT,
                SITE_BACKOFF_MAX,
                CA_FILE,
                ALLOW_PRIVATE_ADDRESSES,
                LOG_FORMAT,
                LOG_LEVEL);
    }

    private static Setting<List<Rate>> rates(String key, String defaultText, String help) {
        return new Setting<>("limits." + key, defaultText, SettingText::rates, help + "; \"0\" is none");
    }

    private static Setting<Integer> brake(String key, String defaultText, String help) {
        return new Setting<>("limits." + key, defaultText, SettingText.number(1, 1_000_000), help);
    }

    private static Setting<Duration> timeout(String key, String defaultText, String help) {
        return new Setting<>("delivery." + key, defaultText, SettingText::positiveDuration, help);
    }
}
