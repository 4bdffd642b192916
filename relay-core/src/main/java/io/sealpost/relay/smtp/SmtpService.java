package io.sealpost.relay.smtp;

import io.sealpost.account.Accounts;
import io.sealpost.account.limit.SendingLimits;
import io.sealpost.mail.MailDomain;
import io.sealpost.relay.intake.Submissions;
import io.sealpost.relay.smtp.tls.ServerTls;
import java.nio.file.Path;
import java.util.Objects;

/**
 * What all listeners share.
 *
 * @param hostname in greetings and the reply to EHLO; {@code RCPT TO:<postmaster>} means the postmaster there
 * @param limits sizes, counts and times
 * @param spoolDirectory for bodies over 1 MiB; made when missing
 * @param tls certificates and protocols
 * @param accounts who may log in
 * @param sending how much each account may send
 * @param submissions where messages go
 */
public record SmtpService(
        MailDomain hostname,
        SmtpLimits limits,
        Path spoolDirectory,
        ServerTls tls,
        Accounts accounts,
        SendingLimits sending,
        Submissions submissions) {
    /** Throws when a part is null. */
    public SmtpService {
        Objects.requireNonNull(hostname, "hostname is null");
        Objects.requireNonNull(limits, "limits is null");
        Objects.requireNonNull(spoolDirectory, "spoolDirectory is null");
        Objects.requireNonNull(tls, "tls is null");
        Objects.requireNonNull(accounts, "accounts is null");
        Objects.requireNonNull(sending, "sending is null");
        Objects.requireNonNull(submissions, "submissions is null");
    }

    SmtpService with(SmtpLimits others) {
        return new SmtpService(hostname, others, spoolDirectory, tls, accounts, sending, submissions);
    }
}
