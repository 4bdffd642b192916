package io.sealpost.relay.bounce;

import io.sealpost.mail.MailDomain;
import java.time.Duration;
import java.util.Objects;

/**
 * What an operator may set about notices.
 *
 * @param hostname in Reporting-MTA, Received and Message-ID
 * @param bounceDomain signs notices to senders whose domain has no key; {@code hostname} where none is set
 * @param expire how long a notice is tried; default 1 d
 */
public record NoticeSettings(MailDomain hostname, MailDomain bounceDomain, Duration expire) {
    /** Throws when a part is null. */
    public NoticeSettings {
        Objects.requireNonNull(hostname, "hostname is null");
        Objects.requireNonNull(bounceDomain, "bounceDomain is null");
        Objects.requireNonNull(expire, "expire is null");
    }
}
