package io.sealpost.dkim;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Which header fields a signature covers (RFC 6376 §5.4).
 *
 * @param oversigned lower-case names signed once more than they stand, present or not, so that nobody can add one
 * @param present lower-case names signed as often as they stand
 */
public record SignedFields(List<String> oversigned, List<String> present) {
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

    /** Throws IllegalArgumentException when From is not signed (RFC 6376 §5.4: it must be). */
    public SignedFields {
        oversigned = List.copyOf(oversigned);
        present = List.copyOf(present);
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
