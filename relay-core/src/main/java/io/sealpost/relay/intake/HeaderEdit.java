package io.sealpost.relay.intake;

import io.sealpost.mail.MailDomain;
import io.sealpost.queue.Content;
import io.sealpost.relay.authorise.HeaderField;
import io.sealpost.relay.authorise.MessageHeader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/**
 * What a client's message lacks or has too much: whole fields are added in front or cut, everything else stays to the byte
 * (RFC 6409 §8).
 */
final class HeaderEdit {
    /** The largest content that is taken into memory; larger ones stay where they are and are read as a stream. */
    static final int IN_MEMORY = 1 << 20;

    private static final List<String> NEVER_SENT = List.of("Bcc", "Resent-Bcc", "Return-Path");

    private final byte[] header;
    private final int replaced;

    private HeaderEdit(byte[] header, int replaced) {
        this.header = header;
        this.replaced = replaced;
    }

    /**
     * Cuts Bcc, Resent-Bcc, Return-Path and older signatures of the domains that sign.
     *
     * @param signers whose signatures ({@code d=}) are cut
     * @param date added as Date where there is none
     * @param messageId added as Message-ID where there is none
     */
    static HeaderEdit of(MessageHeader header, Set<MailDomain> signers, String date, String messageId) {
        ByteArrayOutputStream edited = new ByteArrayOutputStream(header.length() + 128);
        addMissing(edited, header, "Date", date);
        addMissing(edited, header, "Message-ID", messageId);
        header.fields().stream()
                .filter(field -> !isCut(field, signers))
                .forEach(field -> edited.writeBytes(field.raw()));
        return new HeaderEdit(edited.toByteArray(), header.length());
    }

    /** The content with this header instead of its own. */
    Content applyTo(Content original) throws IOException {
        Content spliced = new SplicedContent(header, original, replaced);
        if (spliced.size() > IN_MEMORY) {
            return spliced;
        }
        try (InputStream in = spliced.open()) {
            return Content.of(in.readAllBytes());
        }
    }

    private static void addMissing(ByteArrayOutputStream edited, MessageHeader header, String name, String value) {
        if (header.named(name).isEmpty()) {
            edited.writeBytes((name + ": " + value + "\r\n").getBytes(StandardCharsets.US_ASCII));
        }
    }

    private static boolean isCut(HeaderField field, Set<MailDomain> signers) {
        return NEVER_SENT.stream().anyMatch(field::is)
                || (field.is("DKIM-Signature") && isSignatureOf(field.unfolded(), signers));
    }

    private static boolean isSignatureOf(String tags, Set<MailDomain> signers) {
        for (String tag : tags.split(";")) {
            String[] pair = tag.split("=", 2);
            if (pair.length == 2 && pair[0].strip().equals("d")) {
                return MailDomain.tryParse(pair[1].replaceAll("\\s", ""))
                        .filter(signers::contains)
                        .isPresent();
            }
        }
        return false;
    }
}
