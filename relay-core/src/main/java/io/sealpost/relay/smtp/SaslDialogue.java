package io.sealpost.relay.smtp;

import io.sealpost.relay.smtp.CommandLine.Fit;
import io.sealpost.relay.smtp.SaslResult.Answered;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Challenges and responses within AUTH (RFC 4954 §4). Where it returns nothing, the client has had its answer. */
final class SaslDialogue {
    private static final String EMPTY_INITIAL_RESPONSE = "=";
    private static final String CANCEL = "*";

    private final SmtpSession session;

    SaslDialogue(SmtpSession session) {
        this.session = session;
    }

    /** Sends a challenge and reads the response. */
    Optional<byte[]> ask(String challenge) throws IOException {
        byte[] bytes = challenge.getBytes(StandardCharsets.US_ASCII);
        session.reply(Reply.plain(334, List.of(Base64.getEncoder().encodeToString(bytes))));
        CommandLine line = session.readContinuation();
        if (line instanceof Fit fit) {
            return fit.text().equals(CANCEL) ? cancelled() : bytes(fit.text());
        }
        session.reply(Reply.of(500, "5.5.6", "That line is no response to a challenge"));
        return Optional.empty();
    }

    /** Decodes an initial response. */
    Optional<byte[]> decode(String initial) throws IOException {
        return initial.equals(EMPTY_INITIAL_RESPONSE) ? Optional.of(new byte[0]) : bytes(initial);
    }

    /** Answers what cannot be understood. */
    SaslResult malformed() throws IOException {
        session.reply(Reply.of(501, "5.5.2", "That is no response of this mechanism"));
        return new Answered();
    }

    private Optional<byte[]> cancelled() throws IOException {
        session.reply(Reply.of(501, "5.7.0", "Login cancelled"));
        return Optional.empty();
    }

    private Optional<byte[]> bytes(String base64) throws IOException {
        try {
            return Optional.of(Base64.getDecoder().decode(base64.stripTrailing()));
        } catch (IllegalArgumentException e) {
            malformed();
            return Optional.empty();
        }
    }

    /** UTF-8 (RFC 4616 §2), or Latin-1 where it is not, as old clients send names and passwords. */
    static String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
    }
}
