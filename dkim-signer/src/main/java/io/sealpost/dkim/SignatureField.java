package io.sealpost.dkim;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;

/** The text of a DKIM-Signature field: tags in a stable order, folded under 78 columns (RFC 6376 §3.5). */
final class SignatureField {
    private static final int COLUMNS = 77;
    private static final int LEAST_SIGNATURE = 8;
    private static final String FOLD = "\r\n ";

    private final StringBuilder text = new StringBuilder(512).append("DKIM-Signature:");
    private int column = text.length();

    private SignatureField() {}

    /** All but the value of {@code b=}, which is the last tag; without a line end. */
    static byte[] unsigned(SigningIdentity identity, List<String> names, byte[] bodyHash, Instant now) {
        SigningOptions options = identity.options();
        SignatureField field = new SignatureField();
        field.tag("v=1;");
        field.tag("a=" + identity.algorithm().tag() + ";");
        field.tag("c=" + options.header().tag() + "/" + options.body().tag() + ";");
        field.tag("d=" + identity.domain() + ";");
        options.identity().ifPresent(i -> field.tag("i=" + i + ";"));
        field.tag("s=" + identity.selector() + ";");
        field.tag("t=" + now.getEpochSecond() + ";");
        options.lifetime().ifPresent(life -> field.tag("x=" + now.plus(life).getEpochSecond() + ";"));
        field.names(names);
        field.tag("bh=" + Base64.getEncoder().encodeToString(bodyHash) + ";");
        field.signatureTag();
        return field.text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** The whole field with its CRLF; {@code b=} folded, which its hash does not see (RFC 6376 §3.5: FWS in b= is ignored). */
    static byte[] signed(byte[] unsigned, byte[] signature) {
        SignatureField field = new SignatureField();
        field.text.setLength(0);
        field.text.append(new String(unsigned, StandardCharsets.US_ASCII));
        field.column = field.text.length() - (field.text.lastIndexOf("\n") + 1);
        String value = Base64.getEncoder().encodeToString(signature);
        for (int at = 0; at < value.length(); ) {
            if (field.column >= COLUMNS) {
                field.fold();
            }
            int end = Math.min(value.length(), at + COLUMNS - field.column);
            field.append(value.substring(at, end));
            at = end;
        }
        return field.text.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
    }

    private void tag(String tag) {
        if (column + 1 + tag.length() > COLUMNS) {
            fold();
            append(tag);
        } else {
            append(" " + tag);
        }
    }

    /** {@code b=} with room for the start of its value: not every verifier takes a fold right behind the equals sign. */
    private void signatureTag() {
        if (column + 1 + "b=".length() + LEAST_SIGNATURE > COLUMNS) {
            fold();
            append("b=");
        } else {
            append(" b=");
        }
    }

    /** {@code h=}, folded behind a colon where it must be. */
    private void names(List<String> names) {
        Iterator<String> left = names.iterator();
        tag("h=" + left.next() + (left.hasNext() ? ":" : ";"));
        while (left.hasNext()) {
            String name = left.next() + (left.hasNext() ? ":" : ";");
            if (column + name.length() > COLUMNS) {
                fold();
            }
            append(name);
        }
    }

    private void fold() {
        text.append(FOLD);
        column = 1;
    }

    private void append(String piece) {
        text.append(piece);
        column += piece.length();
    }
}
