package io.sealpost.cli.sendtest;

import io.sealpost.cli.console.Sysexits;
import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.RemoteReply;
import io.sealpost.relay.deliver.AttemptResult;
import io.sealpost.relay.deliver.ConnectionFacts;
import io.sealpost.relay.deliver.DeliveryOutcome;
import java.util.List;

/**
 * How it ended for one recipient.
 *
 * @param recipient whom
 * @param end how
 * @param reply the last word, ours where no host said any
 * @param connection over what
 */
public record Delivered(EmailAddress recipient, End end, RemoteReply reply, ConnectionFacts connection) {
    /** The three ends, best first. */
    public enum End {
        /** The host took it. */
        DELIVERED(Sysexits.OK, "delivered"),
        /** Not now. */
        TEMPORARY(Sysexits.TEMPFAIL, "put off"),
        /** For good. */
        REFUSED(Sysexits.UNAVAILABLE, "refused");

        private final int exitCode;
        private final String shown;

        End(int exitCode, String shown) {
            this.exitCode = exitCode;
            this.shown = shown;
        }

        /** For screens. */
        public String shown() {
            return shown;
        }
    }

    static Delivered of(AttemptResult result) {
        DeliveryOutcome outcome = result.outcome();
        End end = outcome instanceof DeliveryOutcome.Delivered
                ? End.DELIVERED
                : outcome instanceof DeliveryOutcome.Deferred ? End.TEMPORARY : End.REFUSED;
        return new Delivered(result.recipient().address(), end, outcome.reply(), result.connection());
    }

    /** No host was asked. */
    static Delivered unrouted(EmailAddress recipient, End end, RemoteReply reply) {
        return new Delivered(recipient, end, reply, ConnectionFacts.NONE);
    }

    /** The exit code of them all: that of the worst. */
    public static int exitCode(List<Delivered> all) {
        return all.stream().map(Delivered::end).max(End::compareTo).orElse(End.DELIVERED).exitCode;
    }

    String sentence() {
        return switch (end) {
            case DELIVERED ->
                recipient + ": taken by " + connection.relay() + " over "
                        + connection.tls().orElse("clear text") + ": " + reply.shown();
            case TEMPORARY -> recipient + ": not now, " + where() + reply.shown() + afterwards();
            case REFUSED -> recipient + ": refused, " + where() + reply.shown();
        };
    }

    private String where() {
        return reply.host().isEmpty() || reply.text().contains(reply.host())
                ? ""
                : "by " + reply.host() + " at " + reply.command() + ": ";
    }

    private String afterwards() {
        return reply.code() == 0 && reply.command().equals("end of data")
                ? "" // The reply itself says that it may have been delivered.
                : ". Nothing was accepted";
    }
}
