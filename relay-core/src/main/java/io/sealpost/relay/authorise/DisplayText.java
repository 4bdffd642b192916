package io.sealpost.relay.authorise;

import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.ForeignText;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the addresses that a person, or a program that decodes before it parses, would see in a name or a comment. */
final class DisplayText {
    private static final Pattern ENCODED_WORD = Pattern.compile("=\\?([^?]*)\\?([bBqQ])\\?([^?]*)\\?=");
    private static final Pattern BETWEEN_WORDS = Pattern.compile("\\?=\\s+=\\?");

    private DisplayText() {}

    static List<EmailAddress> addressesIn(String text) throws UnsafeField {
        // Blanks between encoded words are not shown (RFC 2047 §6.2), so an address may be spread over several.
        String joined = BETWEEN_WORDS.matcher(text).replaceAll("?==?");
        String decoded = decode(joined);
        if (decoded.codePoints().anyMatch(AddressTokens::isControl)) {
            throw new UnsafeField("has an encoded control character");
        }
        String shown = Normalizer.normalize(decoded, Normalizer.Form.NFKC).replaceAll("\\p{Cf}", "");
        boolean encoded = !decoded.equals(joined);
        return scan(encoded ? shown.replaceAll("\\s+", " ").replace(" @", "@").replace("@ ", "@") : shown);
    }

    private static String decode(String text) throws UnsafeField {
        Matcher matcher = ENCODED_WORD.matcher(text);
        StringBuilder decoded = new StringBuilder();
        int from = 0;
        while (matcher.find()) {
            decoded.append(text, from, matcher.start());
            decoded.append(word(matcher.group(1), matcher.group(2), matcher.group(3)));
            from = matcher.end();
        }
        return decoded.append(text, from, text.length()).toString();
    }

    private static String word(String charset, String encoding, String text) throws UnsafeField {
        try {
            byte[] bytes =
                    encoding.equalsIgnoreCase("b") ? Base64.getMimeDecoder().decode(text) : quotedPrintable(text);
            // RFC 2231 §5: a language may follow the charset.
            Charset known = Charset.forName(charset.replaceAll("\\*.*", ""));
            return known.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (IllegalArgumentException | CharacterCodingException | UnsupportedOperationException e) {
            throw new UnsafeField("has an encoded word that cannot be decoded");
        }
    }

    /** The Q encoding (RFC 2047 §4.2); a broken escape is an IllegalArgumentException. */
    private static byte[] quotedPrintable(String text) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '=') {
                if (i + 2 >= text.length()) {
                    throw new IllegalArgumentException("a cut-off escape");
                }
                bytes.put((byte) Integer.parseInt(text.substring(i + 1, i + 3), 16));
                i += 2;
            } else {
                bytes.put((c == '_' ? " " : String.valueOf(c)).getBytes(StandardCharsets.UTF_8));
            }
        }
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    /** Around each {@code @}: the longest runs that look like a local part and a domain with a dot. */
    private static List<EmailAddress> scan(String text) throws UnsafeField {
        List<EmailAddress> found = new ArrayList<>();
        for (int at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
            int start = at;
            while (start > 0 && isLocal(text.charAt(start - 1))) {
                start--;
            }
            while (start < at && "'`.".indexOf(text.charAt(start)) >= 0) {
                start++; // The quotes of "'name@example.org'" are not the address's.
            }
            int end = at + 1;
            while (end < text.length() && isDomain(text.charAt(end))) {
                end++;
            }
            while (end > at + 1 && "._-".indexOf(text.charAt(end - 1)) >= 0) {
                end--;
            }
            if (start < at && text.substring(at, end).indexOf('.') >= 0) {
                String seen = text.substring(start, end);
                found.add(EmailAddress.tryParse(seen)
                        .orElseThrow(() -> new UnsafeField("shows \"" + ForeignText.escape(seen) + "\" in a name")));
            }
        }
        return found;
    }

    private static boolean isLocal(char c) {
        return isDomain(c) || "!#$%&'*+/=?^`{|}~".indexOf(c) >= 0;
    }

    private static boolean isDomain(char c) {
        return c == '.' || c == '-' || c == '_' || c >= 0x80 || (c < 0x80 && Character.isLetterOrDigit(c));
    }
}
