package io.sealpost.cli.quickstart;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/**
 * Verifies the Ed25519 signature of a message: RFC 6376 and RFC 8463 read aloud, sentence by sentence, with Bouncy Castle's primitive.
 * Slow and plain on purpose; it shares no line with our signer, so that it can contradict it.
 */
final class Ed25519Proof {
    static final String ALGORITHM = "ed25519-sha256";
    private static final String VERIFIER = "Bouncy Castle, RFC 6376 and 8463 read aloud";

    private Ed25519Proof() {}

    static SignatureProof of(byte[] bytes, KeyRecords records) {
        String message = new String(bytes, StandardCharsets.ISO_8859_1); // One char a byte.
        int blankLine = message.indexOf("\r\n\r\n");
        List<String> fields = fields(message.substring(0, blankLine + 2));
        String body = message.substring(blankLine + 4);
        for (String field : fields) {
            if (name(field).equals("dkim-signature")
                    && tags(value(field)).get("a").equals(ALGORITHM)) {
                return verify(field, fields, body, records);
            }
        }
        return failed("there is no such signature");
    }

    private static SignatureProof verify(String signature, List<String> fields, String body, KeyRecords records) {
        Map<String, String> tags = tags(value(signature));
        String where = "s=" + tags.get("s") + " d=" + tags.get("d");
        if (!"relaxed/relaxed".equals(tags.get("c"))) {
            return failed(where + ": this reading knows relaxed/relaxed only");
        }
        if (!tags.get("bh").equals(Base64.getEncoder().encodeToString(sha256(relaxedBody(body))))) {
            return failed(where + ": the body is not the one that was signed");
        }
        List<String> found = records.txt(tags.get("s") + "._domainkey." + tags.get("d"));
        if (found.size() != 1) {
            return failed(where + ": " + found.size() + " key records");
        }
        Map<String, String> record = tags(found.get(0));
        if (!"ed25519".equals(record.get("k"))) {
            return failed(where + ": the record is of another kind of key");
        }
        // RFC 8463 §3: the message that PureEdDSA signs is the SHA-256 digest; §4.2: p= is the raw key.
        byte[] digest = sha256(signedText(signature, tags.get("h"), fields));
        Ed25519Signer verifier = new Ed25519Signer();
        verifier.init(false, new Ed25519PublicKeyParameters(Base64.getDecoder().decode(record.get("p"))));
        verifier.update(digest, 0, digest.length);
        return verifier.verifySignature(Base64.getDecoder().decode(tags.get("b")))
                ? new SignatureProof(ALGORITHM, VERIFIER, true, where)
                : failed(where + ": the header is not the one that was signed");
    }

    /** RFC 6376 §3.7: the fields of h=, each name taking the lowest one not yet taken, then the signature itself with b= emptied. */
    private static String signedText(String signature, String namesInH, List<String> fields) {
        List<String> left = new ArrayList<>(fields);
        StringBuilder text = new StringBuilder();
        for (String wanted : namesInH.split(":", -1)) {
            for (int i = left.size() - 1; i >= 0; i--) {
                if (name(left.get(i)).equals(wanted.strip().toLowerCase(Locale.ROOT))) {
                    text.append(relaxedField(left.remove(i))).append("\r\n");
                    break;
                }
            }
        }
        // "b" as a whole tag name: at the start or behind a semicolon.
        String emptied = value(signature).replaceFirst("(^|;)([ \t\r\n]*b[ \t\r\n]*=)[^;]*", "$1$2");
        return text.append(relaxedField("DKIM-Signature:" + emptied)).toString();
    }

    /** RFC 6376 §3.4.2. */
    private static String relaxedField(String field) {
        String unfolded = value(field).replace("\r\n", "");
        return name(field) + ":" + unfolded.replaceAll("[ \t]+", " ").replaceAll("^ | $", "");
    }

    /** RFC 6376 §3.4.4. */
    private static String relaxedBody(String body) {
        List<String> lines = new ArrayList<>(List.of(body.split("\r\n", -1)));
        lines.replaceAll(line -> line.replaceAll("[ \t]+", " ").replaceAll(" $", ""));
        while (!lines.isEmpty() && lines.get(lines.size() - 1).isEmpty()) {
            lines.remove(lines.size() - 1);
        }
        return lines.isEmpty() ? "" : String.join("\r\n", lines) + "\r\n";
    }

    private static List<String> fields(String header) {
        return List.of(header.split("\r\n(?![ \t])", 0));
    }

    private static String name(String field) {
        return field.substring(0, field.indexOf(':')).stripTrailing().toLowerCase(Locale.ROOT);
    }

    private static String value(String field) {
        return field.substring(field.indexOf(':') + 1);
    }

    /** RFC 6376 §3.2; white space inside values means nothing in the tags that are asked for. */
    private static Map<String, String> tags(String text) {
        Map<String, String> tags = new LinkedHashMap<>();
        for (String tag : text.split(";", -1)) {
            int equals = tag.indexOf('=');
            if (equals > 0) {
                tags.put(
                        tag.substring(0, equals).strip(),
                        tag.substring(equals + 1).replaceAll("[ \t\r\n]", ""));
            }
        }
        return tags;
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.ISO_8859_1));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static SignatureProof failed(String detail) {
        return new SignatureProof(ALGORITHM, VERIFIER, false, detail);
    }
}
