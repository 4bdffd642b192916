package io.sealpost.relay.deliver;

import io.sealpost.mail.EnhancedStatus;
import io.sealpost.mail.RemoteReply;
import io.sealpost.relay.deliver.DeliveryOutcome.Reason;
import java.util.Optional;
import java.util.Set;

/**
 * What kind of trouble a reply speaks of: by its enhanced status where that is precise, else by its words, else by its code. A refusal
 * by policy is told apart from an unknown recipient whatever the status claims, since much hangs on it. Pure.
 */
final class TroubleReason {
    /** What the words say about us or the moment goes before a status that blames the recipient. */
    private static final Set<Reason> LOUD = Set.of(Reason.GREYLISTED, Reason.RATE, Reason.POLICY, Reason.TLS);

    private TroubleReason() {}

    static Reason of(Stage stage, RemoteReply reply) {
        if (stage == Stage.ROUTE) {
            return subject(reply) == 1 ? Reason.UNKNOWN_RECIPIENT : Reason.DNS;
        }
        if (reply.code() == 0) {
            return stage == Stage.STARTTLS ? Reason.TLS : ownWords(reply);
        }
        Optional<Reason> words = ReplyWords.reason(reply.text());
        Optional<Reason> precise = precise(reply);
        if (stage.isBeforeMail()) {
            return words.filter(LOUD::contains).orElseGet(() -> refusedSession(stage, reply));
        }
        if (precise.isPresent() && !isContradicted(precise.get(), words)) {
            return precise.get();
        }
        return words.or(() -> general(reply)).orElseGet(() -> byCode(stage, reply));
    }

    /** 5.1.1 for what is policy, and 5.7.29 (ARC, RFC 8617) for a lack of TLS, as big receivers say it. */
    private static boolean isContradicted(Reason precise, Optional<Reason> words) {
        return switch (precise) {
            case UNKNOWN_RECIPIENT -> words.filter(LOUD::contains).isPresent();
            case POLICY -> words.equals(Optional.of(Reason.TLS));
            default -> false;
        };
    }

    /** Whether there is neither a status nor a word that points to anything but numbers. */
    static boolean isBare(RemoteReply reply) {
        Reason words = ReplyWords.reason(reply.text()).orElse(Reason.RATE);
        return reply.status().isEmpty() && words == Reason.RATE;
    }

    private static Reason ownWords(RemoteReply reply) {
        return subject(reply) == 6 ? Reason.CONTENT : subject(reply) == 3 ? Reason.INTERNAL : Reason.UNREACHABLE;
    }

    private static Reason refusedSession(Stage stage, RemoteReply reply) {
        if (stage == Stage.STARTTLS) {
            return Reason.TLS;
        }
        boolean refusal = reply.code() == 554 || reply.code() == 521 || reply.code() == 550;
        return refusal || subject(reply) == 7 ? Reason.POLICY : Reason.UNREACHABLE;
    }

    /** Statuses that say one thing only (RFC 3463, 5248, 7372, 7505). */
    private static Optional<Reason> precise(RemoteReply reply) {
        return reply.status()
                .flatMap(status -> Optional.ofNullable(
                        switch (number(status)) {
                            case 1_001, 1_002, 1_003, 1_006, 1_010 -> Reason.UNKNOWN_RECIPIENT;
                            case 2_002 -> Reason.MAILBOX;
                            case 2_003, 3_004 -> Reason.CONTENT;
                            case 3_001, 3_005 -> Reason.OTHER;
                            case 5_003 -> Reason.RATE;
                            case 7_005, 7_010, 7_011 -> Reason.TLS;
                            case 1_007, 1_008, 7_002, 7_020, 7_021, 7_022, 7_023, 7_024, 7_025, 7_026, 7_027, 7_029 ->
                                Reason.POLICY;
                            case 7_028 -> Reason.RATE;
                            default -> null;
                        }));
    }

    /** What the subject of a status means by and large (RFC 3463 §3). */
    private static Optional<Reason> general(RemoteReply reply) {
        return Optional.ofNullable(
                switch (subject(reply)) {
                    case 2 -> Reason.MAILBOX;
                    case 4 -> Reason.UNREACHABLE;
                    case 6 -> Reason.CONTENT;
                    case 7 -> Reason.POLICY;
                    default -> null;
                });
    }

    private static Reason byCode(Stage stage, RemoteReply reply) {
        return switch (reply.code()) {
            case 421 -> Reason.UNREACHABLE;
            case 452 -> stage == Stage.RCPT ? Reason.RATE : Reason.OTHER;
            case 500, 502, 503, 504, 555 -> Reason.INTERNAL;
            case 501, 551, 553, 556 -> stage == Stage.RCPT ? Reason.UNKNOWN_RECIPIENT : Reason.OTHER;
            case 552 -> stage == Stage.RCPT ? Reason.RATE : Reason.CONTENT;
            case 521, 530, 535 -> Reason.POLICY;
            default -> Reason.OTHER;
        };
    }

    private static int subject(RemoteReply reply) {
        return reply.status().map(EnhancedStatus::subject).orElse(0);
    }

    private static int number(EnhancedStatus status) {
        return status.subject() * 1000 + status.detail();
    }
}
