package io.sealpost.relay.deliver;

import io.sealpost.queue.MailOptions.BodyType;
import io.sealpost.queue.Recipient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;

/**
 * What a message asks of the next hop, by what it is and not by what was claimed for it. Made once an attempt.
 *
 * @param header the bytes of the header
 * @param body the bytes of the body
 */
record MessageNeeds(Bytes header, Bytes body) {
    private static final int BLOCK = 64 * 1024;

    /** Whether there are bytes over 127. */
    enum Bytes {
        SEVEN_BIT,
        EIGHT_BIT
    }

    /** Reads the message unless the submitter already said that it is 7-bit. */
    static MessageNeeds of(Transmission transmission) throws UnsendableContent {
        if (transmission.options().bodyType() == BodyType.SEVEN_BIT) {
            return new MessageNeeds(Bytes.SEVEN_BIT, Bytes.SEVEN_BIT);
        }
        try (InputStream in = whole(transmission)) {
            return survey(in);
        } catch (IOException e) {
            throw new UnsendableContent("the stored message cannot be read", e);
        }
    }

    /** Prefix and content, one behind the other. */
    static InputStream whole(Transmission transmission) throws IOException {
        return new SequenceInputStream(
                new ByteArrayInputStream(transmission.prefix().bytes()),
                transmission.content().open());
    }

    boolean isEightBit() {
        return header == Bytes.EIGHT_BIT || body == Bytes.EIGHT_BIT;
    }

    /** RFC 6531 §3.2: a non-ASCII address in the envelope needs SMTPUTF8 for this recipient. */
    static boolean needsSmtpUtf8(Transmission transmission, Recipient recipient) {
        return recipient.address().needsSmtpUtf8()
                || transmission
                        .sender()
                        .filter(sender -> sender.needsSmtpUtf8())
                        .isPresent();
    }

    private static MessageNeeds survey(InputStream in) throws IOException {
        byte[] block = new byte[BLOCK];
        Bytes header = Bytes.SEVEN_BIT;
        int lineLength = 0;
        boolean inBody = false;
        for (int length = in.read(block); length >= 0; length = in.read(block)) {
            for (int i = 0; i < length; i++) {
                byte b = block[i];
                if (b < 0 && inBody) {
                    return new MessageNeeds(header, Bytes.EIGHT_BIT);
                }
                header = b < 0 ? Bytes.EIGHT_BIT : header;
                inBody = inBody || (b == '\n' && lineLength == 0);
                lineLength = b == '\n' ? 0 : b == '\r' ? lineLength : lineLength + 1;
            }
        }
        return new MessageNeeds(header, Bytes.SEVEN_BIT);
    }
}
