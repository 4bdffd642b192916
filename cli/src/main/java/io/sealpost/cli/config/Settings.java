package io.sealpost.cli.config;

import io.sealpost.mail.DataSize;
import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.MailDomain;
import io.sealpost.mail.Rate;
import io.sealpost.mail.Share;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All settings of one process, checked. Paths are absolute (relative ones count from the settings file).
 *
 * <p>A component for each table of the file: whoever looks for a setting finds it under the name it has there.
 */
public record Settings(
        MailDomain hostname,
        Path stateDir,
        Duration drainTimeout,
        Database database,
        Path masterKeyFile,
        ExternalKeys externalKeys,
        Tls tls,
        List<Listener> listeners,
        SmtpSettings smtp,
        Limits limits,
        Dns dns,
        Signing signing,
        Queue queue,
        Retention retention,
        MailDomain bounceDomain,
        Delivery delivery,
        Log log) {

    /** {@code [database]}. */
    public sealed interface Database {
        /**
         * A private MariaDB.
         *
         * @param dataDir where its data lies
         * @param bufferPool what of its tables it keeps in memory at most; empty: as fits the machine
         */
        record Embedded(Path dataDir, Optional<DataSize> bufferPool) implements Database {}

        /**
         * One that others run.
         *
         * @param url JDBC
         * @param serving the user with rights on rows
         * @param migrating the user with rights on the schema
         */
        record Server(String url, Login serving, Login migrating) implements Database {}

        /**
         * A database user.
         *
         * @param user its name
         * @param passwordFile a file whose first line is its password; empty: none
         */
        record Login(String user, Optional<Path> passwordFile) {}
    }

    /**
     * {@code [keys]} of external domains.
     *
     * @param operatorZone the zone that their aliases lead to; empty: none are taken
     * @param grace how long their records may be gone before nothing is signed
     */
    public record ExternalKeys(Optional<MailDomain> operatorZone, Duration grace) {}

    /**
     * {@code [tls]}: all of it PEM.
     *
     * @param more {@code [[tls.pair]]}: shown to clients that ask for their names, or that want their kind of key
     */
    public record Tls(Path certificate, Path privateKey, List<Pair> more) {
        /** A certificate and its key. */
        public record Pair(Path certificate, Path privateKey) {}

        /** All pairs, the main one first. */
        public List<Pair> pairs() {
            return Stream.concat(Stream.of(new Pair(certificate, privateKey)), more.stream())
                    .toList();
        }
    }

    /**
     * One {@code [[listener]]}.
     *
     * @param proxyFrom networks of balancers, as {@code 10.0.0.0/8}
     * @param legacy for old devices; empty for everybody
     */
    public record Listener(
            String name,
            InetSocketAddress address,
            TlsMode tls,
            Lines lines,
            List<String> proxyFrom,
            Optional<Legacy> legacy) {
        /** A modern one. */
        public Listener(String name, InetSocketAddress address, TlsMode tls, Lines lines) {
            this(name, address, tls, lines, List.of(), Optional.empty());
        }

        /**
         * For old devices.
         *
         * @param until its last day
         */
        public record Legacy(LocalDate until, ClearText clearText, Logins logins) {}

        /** {@code clear_text}. */
        public enum ClearText {
            /** No login without TLS. */
            REFUSED,
            /** With it or without. */
            TAKEN
        }

        /** {@code any_credential}. */
        public enum Logins {
            /** Those bound to this listener. */
            BOUND,
            /** All. */
            ANY
        }

        /** When TLS begins. */
        public enum TlsMode {
            /** After the STARTTLS command. */
            STARTTLS,
            /** With the first byte. */
            IMPLICIT
        }

        /** What becomes of odd lines in a message. */
        public record Lines(BareLf bareLf, LongLines longLines) {}

        /** What becomes of a line over 998 octets. */
        public enum LongLines {
            /** Nothing. */
            PASS,
            /** 554 5.6.0. */
            REFUSE
        }

        /** What becomes of a bare LF in a message. */
        public enum BareLf {
            /** CRLF, before authorising and signing. */
            NORMALIZE,
            /** 554 5.6.0. */
            REFUSE
        }
    }

    /**
     * {@code [limits]}; an empty list is no limit. What is enforced so far stands in docs/limits.md.
     *
     * @param operator who is told of accounts that look taken over; empty: the postmaster of the bounce domain
     */
    public record Limits(Sending sending, Brake brake, String loginBrake, Optional<EmailAddress> operator) {
        /** {@code brake…}: from what on an account looks taken over. */
        public record Brake(
                String mode, int factor, int floor, int refused, int refusedShare, int networks, int burst) {}

        /**
         * How much may be sent.
         *
         * @param over what the client hears over a limit
         */
        public record Sending(Rates account, Rates appPassword, Rates domain, Rates tenant, Over over) {}

        /** {@code over}. */
        public enum Over {
            /** 450 4.7.1. */
            DEFER,
            /** 550 5.7.1. */
            REFUSE
        }

        /** Of messages and of recipients. */
        public record Rates(List<Rate> messages, List<Rate> recipients) {}
    }

    /** {@code [dns]}: servers, empty for the system's. */
    public record Dns(List<InetSocketAddress> servers, String validation) {}

    /**
     * {@code [signing]}.
     *
     * @param verify how much of the mail is verified after signing
     */
    public record Signing(WithoutKey withoutKey, Share verify) {
        /** {@code without_key}: what becomes of mail that cannot be signed now. */
        public enum WithoutKey {
            /** Refused. */
            REFUSE,
            /** Stored and held. */
            HOLD
        }
    }

    /** {@code [queue]}. */
    public record Queue(
            List<Duration> retry,
            Duration expire,
            Duration bounceExpire,
            List<Duration> delayNotice,
            Duration nodeDeadAfter) {}

    /**
     * {@code [retention]}: older rows are removed.
     *
     * @param journal of what became of messages
     * @param audit of who changed what
     */
    public record Retention(Duration journal, Duration audit) {}

    /**
     * {@code [log]}: how {@code serve} logs.
     *
     * @param level {@code error}, {@code warn}, {@code info} or {@code debug}
     */
    public record Log(Format format, String level) {
        /** What a line is. */
        public enum Format {
            /** As Postfix writes it. */
            TEXT,
            /** One object of JSON. */
            JSON
        }
    }

    /** {@code [delivery]}. */
    public record Delivery(
            int port,
            Timeouts timeouts,
            Duration siteBackoffMax,
            Optional<Path> caFile,
            PrivateAddresses privateAddresses) {
        /** One for each stage (RFC 5321 §4.5.3.2). */
        public record Timeouts(
                Duration connect,
                Duration greeting,
                Duration mail,
                Duration rcpt,
                Duration data,
                Duration dataBlock,
                Duration dataEnd) {}

        /** Where delivery may go beside public addresses. */
        public sealed interface PrivateAddresses {
            /** Nowhere. */
            record None() implements PrivateAddresses {}

            /** Anywhere. */
            record All() implements PrivateAddresses {}

            /** To these networks, as {@code 10.0.0.0/8}. */
            record Listed(List<String> networks) implements PrivateAddresses {}
        }
    }
}
