package io.sealpost.dkim;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which header fields a signature covers (RFC 6376 §5.4).
 *
 * @param oversigned lower-case names signed once more than they stand, present or not, so that nobody can add one
 * @param present lower-case names signed as often as they stand
 */
public record SignedFields(List<String> oversigned, List<String> present) {
    /** What hops and mailboxes add or change, what is cut before signing, and what our own second signature stands in. */
    private static final Set<String> NEVER = Set.of(
            "received",
            "return-path",
            "delivered-to",
            "bcc",
            "resent-bcc",
            "authentication-results",
            "received-spf",
            "dkim-signature",
            "arc-seal",
            "arc-message-signature",
            "arc-authentication-results");

    /**
     * What every signature of ours covers. Never Received, Return-Path or what gateways rewrite (RFC 6376 §5.4.1); List-Unsubscribe
     * and -Post must be covered (RFC 8058 §4).
     */
    public static final SignedFields USUAL = new SignedFields(
            List.of("from", "to", "cc", "subject", "reply-to"),
            List.of(
                    "date",
                    "message-id",
                    "sender",
                    "mime-version",
                    "content-type",
                    "content-transfer-encoding",
                    "in-reply-to",
                    "references",
                    "resent-date",
                    "resent-from",
                    "resent-sender",
                    "resent-to",
                    "resent-cc",
                    "resent-message-id",
                    "list-id",
                    "list-help",
                    "list-unsubscribe",
                    "list-unsubscribe-post",
                    "list-subscribe",
                    "list-post",
                    "list-owner",
                    "list-archive"));

    /**
     * Throws IllegalArgumentException when From is not signed (RFC 6376 §5.4: it must be), a name stands twice, is not in lower case,
     * or is one that does not reach the receiver as it was signed, as Received.
     */
    public SignedFields {
        oversigned = List.copyOf(oversigned);
        present = List.copyOf(present);
        Set<String> seen = new HashSet<>(NEVER);
        for (String name : concatenated(oversigned, present)) {
            if (!seen.add(name) || !isLowerCaseName(name)) {
                throw new IllegalArgumentException("not a field that can be signed, or named twice: " + name);
            }
        }
        if (!oversigned.contains("from") && !present.contains("from")) {
            throw new IllegalArgumentException("From must be signed");
        }
    }

    /** The names of {@code h=} for a message, and the fields they take, in one order. */
    Selection select(RawMessage message) {
        Selection selection = new Selection(new ArrayList<>(), new ArrayList<>());
        oversigned.forEach(name -> {
            selection.addAll(name, message.bottomUp(bytes(name)));
            selection.names().add(name); // Names a field that does not exist: adding one breaks the signature.
        });
        present.forEach(name -> selection.addAll(name, message.bottomUp(bytes(name))));
        return selection;
    }

    private static List<String> concatenated(List<String> one, List<String> two) {
        return Stream.concat(one.stream(), two.stream()).toList();
    }

    /** RFC 6376 §2.10: a field name (RFC 5322 §3.6.8) without a semicolon. */
    private static boolean isLowerCaseName(String name) {
        return !name.isEmpty()
                && name.chars().allMatch(c -> c > ' ' && c < 0x7F && c != ':' && c != ';' && !(c >= 'A' && c <= 'Z'));
    }

    static byte[] bytes(String ascii) {
        return ascii.getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * What is signed.
     *
     * @param names for {@code h=}
     * @param fields those of them that exist, in the order of the names
     */
    record Selection(List<String> names, List<HeaderField> fields) {
        void addAll(String name, List<HeaderField> found) {
            found.forEach(field -> {
                names.add(name);
                fields.add(field);
            });
        }
    }
}
