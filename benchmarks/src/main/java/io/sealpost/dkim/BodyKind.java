package io.sealpost.dkim;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import java.util.function.Supplier;

/** Bodies as people and programs send them, and those that a canonicaliser likes least. */
public enum BodyKind {
    PROSE(() -> "Dear Bert, please find below what we spoke of this morning; call me if anything is missing.\r\n"),
    BASE64(() -> Base64.getMimeEncoder().encodeToString(noise(57)) + "\r\n"),
    HTML(() ->
            "  <td class=\"a\" style=\"padding:0;margin:0\">\r\n    <a href=\"https://shop.example/x\">Shop</a>\r\n"),
    UTF8(
            () ->
                    "\u041f\u0440\u0438\u0432\u0435\u0442, \u043a\u0430\u043a \u0434\u0435\u043b\u0430? \u65e5\u672c\u8a9e\r\n"),
    BLANK_LINES_INSIDE(() -> "\r\n"),
    BLANKS_INSIDE(() -> " "),
    BLANK_LINES_OF_BLANKS(() -> " \t\r\n"),
    SHORT_LINES(() -> "a\r\n"),
    TRAILING_BLANKS(() -> "a \r\n"),
    TABS(() -> "a\tb"),
    WORDS(() -> "a "),
    DOUBLE_BLANKS(() -> "a  b"),
    DOUBLE_SPACED(() -> "a\r\n\r\n"),
    LONE_CRS(() -> "a\r"),
    RANDOM(BodyKind::mixture);

    private final Supplier<String> piece;

    BodyKind(Supplier<String> piece) {
        this.piece = piece;
    }

    /** A body of this kind that ends with a word, so that nothing of it is trailing. */
    byte[] bytes(int size) {
        String text = piece.get();
        byte[] piece = text.getBytes(StandardCharsets.UTF_8);
        byte[] body = new byte[size];
        for (int at = 0; at < size; at++) {
            body[at] = piece[at % piece.length];
        }
        body[size - 1] = 'z';
        return body;
    }

    private static byte[] noise(int size) {
        byte[] bytes = new byte[size];
        new Random(6376).nextBytes(bytes);
        return bytes;
    }

    /** No branch of this can be foretold. */
    private static String mixture() {
        String[] pieces = {"a", "bc", " ", "\t", "\r\n"};
        Random random = new Random(8463);
        StringBuilder text = new StringBuilder();
        while (text.length() < 50_000) {
            text.append(pieces[random.nextInt(pieces.length)]);
        }
        return text.toString();
    }
}
