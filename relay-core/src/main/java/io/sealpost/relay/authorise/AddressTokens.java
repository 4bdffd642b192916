package io.sealpost.relay.authorise;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Cuts the body of an address field into words, quoted strings, comments and specials (RFC 5322 §3.2). */
final class AddressTokens {
    private static final int MAX_BYTES = 16_384;
    private static final String ATOM_SPECIALS = "!#$%&'*+-/=?^_`{|}~.";

    private final String text;
    private int at;

    private AddressTokens(String text) {
        this.text = text;
    }

    /** What a token is. */
    enum Kind {
        /** A run of atom characters and dots. */
        ATOM,
        /** A quoted string, its quotes and backslashes taken off. */
        QUOTED,
        /** A comment without its outer parentheses. */
        COMMENT,
        /** One of {@code < > @ , ; :}. */
        SPECIAL
    }

    /** Whether something stands between a token and the one before it. */
    enum Gap {
        NONE,
        BLANK
    }

    /** One token; {@code text} of a special is the character. */
    record Token(Kind kind, String text, Gap before) {
        boolean isSpecial(char c) {
            return kind == Kind.SPECIAL && text.charAt(0) == c;
        }
    }

    static List<Token> of(byte[] body) throws UnsafeField {
        return new AddressTokens(unfold(body)).tokens();
    }

    /** Decodes and unfolds; controls and lines of nothing but blanks are unsafe (a lenient reader ends the header there). */
    private static String unfold(byte[] body) throws UnsafeField {
        if (body.length > MAX_BYTES) {
            throw new UnsafeField("is over " + MAX_BYTES + " bytes long");
        }
        // Bytes that are no UTF-8 (old devices write their names in Latin-1) become U+FFFD, which may stand in names
        // only.
        String decoded = new String(body, StandardCharsets.UTF_8);
        String[] lines = decoded.split("\r\n", -1);
        for (int i = 1; i < lines.length; i++) {
            if (lines[i].isBlank()) {
                throw new UnsafeField("has an empty continuation line");
            }
        }
        String unfolded = String.join("", lines);
        if (unfolded.codePoints().anyMatch(AddressTokens::isControl)) {
            throw new UnsafeField("has a control character");
        }
        return unfolded.replace('\t', ' ');
    }

    static boolean isControl(int c) {
        return (Character.isISOControl(c) && c != '\t') || c == 0x2028 || c == 0x2029;
    }

    private List<Token> tokens() throws UnsafeField {
        List<Token> tokens = new ArrayList<>();
        Gap gap = Gap.NONE;
        while (at < text.length()) {
            if (text.charAt(at) == ' ') {
                gap = Gap.BLANK;
                at++;
            } else {
                tokens.add(next(gap));
                gap = Gap.NONE;
            }
        }
        return tokens;
    }

    private Token next(Gap gap) throws UnsafeField {
        char c = text.charAt(at);
        if (c == '"') {
            return new Token(Kind.QUOTED, quoted(), gap);
        }
        if (c == '(') {
            return new Token(Kind.COMMENT, comment(), gap);
        }
        if ("<>@,;:".indexOf(c) >= 0) {
            at++;
            return new Token(Kind.SPECIAL, String.valueOf(c), gap);
        }
        int start = at;
        while (at < text.length() && isAtom(text.charAt(at))) {
            at++;
        }
        if (at == start) {
            throw new UnsafeField("has a '" + c + "' where none may stand");
        }
        return new Token(Kind.ATOM, text.substring(start, at), gap);
    }

    private static boolean isAtom(char c) {
        return c >= 0x80
                || (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || ATOM_SPECIALS.indexOf(c) >= 0;
    }

    private String quoted() throws UnsafeField {
        StringBuilder content = new StringBuilder();
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"') {
                at++;
                return content.toString();
            }
            content.append(c == '\\' ? escaped() : c);
        }
        throw new UnsafeField("has an unclosed quotation mark");
    }

    private String comment() throws UnsafeField {
        StringBuilder content = new StringBuilder();
        int depth = 1;
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (depth == 0) {
                at++;
                return content.toString();
            }
            content.append(c == '\\' ? escaped() : c);
        }
        throw new UnsafeField("has an unclosed comment");
    }

    /** The character behind the backslash at {@link #at}. */
    private char escaped() throws UnsafeField {
        at++;
        if (at == text.length()) {
            throw new UnsafeField("ends in a backslash");
        }
        return text.charAt(at);
    }
}
