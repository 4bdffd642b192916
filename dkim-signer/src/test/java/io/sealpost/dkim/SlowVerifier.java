package io.sealpost.dkim;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** RFC 6376 and RFC 8463 read slowly, on strings, with the JDK's primitives; shares no line with the code under test. */
final class SlowVerifier {
    private SlowVerifier() {}

    /** Whether the topmost field of a mail is a signature by this key that holds. */
    static boolean accepts(String mail, PublicKey key) throws GeneralSecurityException {
        int blank = mail.indexOf("\r\n\r\n");
        List<String> fields = new ArrayList<>(List.of(mail.substring(0, blank).split("\r\n(?![ \t])")));
        String body = mail.substring(blank + 4);
        String own = fields.remove(0);
        String[] kinds = tag(own, "c").split("/");
        if (!tag(own, "bh").equals(Base64.getEncoder().encodeToString(sha256(body(kinds[1], body))))) {
            return false;
        }
        StringBuilder text = new StringBuilder();
        for (String name : tag(own, "h").split(":")) {
            for (int i = fields.size() - 1; i >= 0; i--) {
                if (name(fields.get(i)).equals(name)) {
                    text.append(header(kinds[0], fields.remove(i))).append("\r\n");
                    break;
                }
            }
        }
        text.append(header(kinds[0], own.replaceFirst("([;\\s]b=)[^;]*", "$1")));
        byte[] signed = text.toString().getBytes(StandardCharsets.ISO_8859_1);
        return verifies(tag(own, "a"), key, signed, Base64.getDecoder().decode(tag(own, "b")));
    }

    private static boolean verifies(String algorithm, PublicKey key, byte[] signed, byte[] signature)
            throws GeneralSecurityException {
        boolean rsa = algorithm.equals("rsa-sha256");
        Signature verifier = Signature.getInstance(rsa ? "SHA256withRSA" : "Ed25519");
        verifier.initVerify(key);
        verifier.update(rsa ? signed : MessageDigest.getInstance("SHA-256").digest(signed));
        return verifier.verify(signature);
    }

    static String header(String kind, String field) {
        if (kind.equals("simple")) {
            return field;
        }
        String value = field.substring(field.indexOf(':') + 1).replace("\r\n", "");
        return name(field) + ":" + value.replaceAll("[ \t]+", " ").replaceAll("\\A | \\z", "");
    }

    static String body(String kind, String body) {
        String text = body;
        if (kind.equals("relaxed")) {
            text = text.replaceAll("[ \t]+", " ").replace(" \r\n", "\r\n");
            text = text.endsWith(" ") ? text.substring(0, text.length() - 1) : text;
        }
        int end = text.length();
        while (text.startsWith("\r\n", end - 2)) {
            end -= 2;
        }
        text = text.substring(0, end);
        return text.isEmpty() && kind.equals("relaxed") ? "" : text + "\r\n";
    }

    private static String name(String field) {
        return field.substring(0, field.indexOf(':'))
                .replaceAll("[ \t]+\\z", "")
                .toLowerCase(Locale.ROOT);
    }

    private static String tag(String field, String name) {
        Matcher matcher = Pattern.compile("[;:\\s]" + name + "=([^;]*)").matcher(field);
        return matcher.find() ? matcher.group(1).replaceAll("\\s", "") : "";
    }

    private static byte[] sha256(String text) throws GeneralSecurityException {
        return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
