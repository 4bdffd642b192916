package io.sealpost.relay.smtp;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * What a client sends, made of bytes that a fuzzer chose. The first one says whether the rest stands for pieces of the protocol or is
 * sent as it is, on which listener, and in reads of which size.
 */
final class FuzzInput {
    private static final int[] READS = {1, 2, 3, 7, 64, 8192};
    private static final byte[] LOGGED_IN = ascii("EHLO c\r\n");

    private static final List<String> PIECES = List.of(
            "EHLO c\r\n",
            "MAIL FROM:<anna@customer.example>\r\n",
            "MAIL FROM:<> SIZE=10 BODY=8BITMIME\r\n",
            "RCPT TO:<bob@remote.example>\r\n",
            "RCPT TO:<\"b b\"@remote.example>\r\n",
            "RCPT TO:<bob>\r\n",
            "DATA\r\n",
            ".\r\n",
            "\r\n.\r\n",
            "Subject: a\r\n\r\nbody\r\n",
            "..\r\n",
            "\n.\n",
            "\r.\r",
            "\n",
            "\r",
            "\r\n",
            ".",
            "\0",
            "RSET\r\n",
            "NOOP\r\n",
            "QUIT\r\n",
            "VRFY x\r\n",
            "HELP\r\n",
            "AUTH LOGIN\r\n",
            "*\r\n",
            "BDAT 0 LAST\r\n",
            "BDAT 18446744073709551616 LAST\r\n",
            "BDAT -1\r\n",
            "HELO c\r\n",
            "STARTTLS\r\n",
            "GET / HTTP/1.1\r\n",
            "x".repeat(130) + "\r\n",
            "y".repeat(1200));

    private final LineRules rules;
    private final int readSize;
    private final byte[] sent;

    private FuzzInput(LineRules rules, int readSize, byte[] sent) {
        this.rules = rules;
        this.readSize = readSize;
        this.sent = sent;
    }

    /** Of the listener. */
    LineRules rules() {
        return rules;
    }

    /** How many bytes the session is given at a time. */
    int readSize() {
        return readSize;
    }

    /** What the client sends. */
    byte[] sent() {
        return sent;
    }

    static FuzzInput of(byte[] input) {
        int choice = input.length == 0 ? 0 : input[0] & 0xFF;
        byte[] rest = input.length == 0 ? input : Arrays.copyOfRange(input, 1, input.length);
        LineRules rules = (choice & 2) == 0 ? LineRules.USUAL : new LineRules(BareLf.REFUSE, LongLines.REFUSE);
        return new FuzzInput(rules, READS[(choice >> 2) % READS.length], (choice & 1) == 0 ? rest : pieces(rest));
    }

    /** A byte each; those beyond the table are chunks, with a number that is right or not, or bytes as they are. */
    private static byte[] pieces(byte[] input) {
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        sent.writeBytes(LOGGED_IN);
        for (int i = 0; i < input.length; i++) {
            int piece = input[i] & 0xFF;
            if (piece < 3 * PIECES.size()) {
                sent.writeBytes(ascii(PIECES.get(piece % PIECES.size())));
            } else {
                int count = Math.min(piece % 16, input.length - i - 1);
                String last = (piece & 16) == 0 ? "\r\n" : " LAST\r\n";
                if (piece >= 128) {
                    sent.writeBytes(ascii("BDAT " + (piece >= 240 ? count + 1 : count) + last));
                }
                sent.write(input, i + 1, count);
                i += count;
            }
        }
        return sent.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
