package io.sealpost.dkim;

import io.sealpost.dkim.ReceivedSignature.Coverage;
import io.sealpost.dkim.ReceivedSignature.Signer;
import io.sealpost.dkim.ReceivedSignature.Validity;
import io.sealpost.dkim.Verdict.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads a DKIM-Signature field as RFC 6376 §6.1.1 demands; what it cannot vouch for is a {@link Fault}. */
final class SignatureReader {
    private static final List<String> REQUIRED = List.of("v", "a", "b", "bh", "d", "h", "s");
    private static final int SHA256_BYTES = 32;
    private static final int MOST_DIGITS = 18; // Of a long; t= and x= have 12 at most (§3.5).

    private final TagList tags;
    private final byte[] name;

    private SignatureReader(TagList tags, byte[] name) {
        this.tags = tags;
        this.name = name;
    }

    /** Reads one field of a header. */
    static SignatureReading read(byte[] header, HeaderField field) {
        int length = field.end() - field.valueStart();
        String value = new String(header, field.valueStart(), length, StandardCharsets.ISO_8859_1);
        byte[] name = Arrays.copyOfRange(header, field.start(), field.valueStart());
        Optional<TagList> tags = TagList.parse(value);
        if (tags.isEmpty()) {
            return malformed("the field is not a list of tags, each named once");
        }
        SignatureReader reader = new SignatureReader(tags.get(), name);
        Optional<Fault> fault = reader.fault();
        return fault.isPresent() ? fault.get() : reader.signature();
    }

    /** Whose signature it claims to be, however wrong the rest. */
    static Optional<KeyName> claimedKey(byte[] header, HeaderField field) {
        int length = field.end() - field.valueStart();
        return TagList.parse(new String(header, field.valueStart(), length, StandardCharsets.ISO_8859_1))
                .filter(tags -> new SignatureReader(tags, new byte[0]).namesKey())
                .map(tags -> new KeyName(
                        tags.value("d").orElseThrow(), tags.value("s").orElseThrow()));
    }

    private Optional<Fault> fault() {
        return firstOf(REQUIRED.stream().allMatch(tag -> tags.value(tag).isPresent()), "a required tag is missing")
                .or(() -> unless(value("v").equals("1"), Kind.UNSUPPORTED, "v= is not 1"))
                .or(() -> unless(algorithm().isPresent(), Kind.UNSUPPORTED, "a= is not known or no longer allowed"))
                .or(() -> firstOf(namesKey(), "d= or s= is not a name, or both are too long"))
                .or(() -> firstOf(KeyName.isWithin(agentDomain(), value("d")), "i= is outside of d="))
                .or(() -> firstOf(canonicalizations().isPresent(), "c= is not known"))
                .or(() -> firstOf(names().contains("from"), "h= leaves From out"))
                .or(() -> firstOf(areNumbers(), "t=, x= or l= is not a number"))
                .or(() -> firstOf(expiresAfterSigning(), "x= is not after t="))
                .or(() -> firstOf(bytes("bh").length == SHA256_BYTES, "bh= is not a SHA-256 hash"))
                .or(() -> firstOf(bytes("b").length > 0, "b= is not base64"))
                .or(() -> unless(asksTheDns(), Kind.UNSUPPORTED, "q= names no way to ask for the key that is known"));
    }

    private SignatureReading signature() {
        Canonicalization[] kinds = canonicalizations().orElseThrow();
        byte[] value = tags.without("b").getBytes(StandardCharsets.ISO_8859_1);
        ByteBuilder unsigned = new ByteBuilder(name.length + value.length);
        unsigned.append(name, 0, name.length).append(value, 0, value.length);
        return new ReceivedSignature(
                new Signer(new KeyName(value("d"), value("s")), agentDomain()),
                algorithm().orElseThrow(),
                new Coverage(kinds[0], new BodyForm(kinds[1], number("l")), names()),
                bytes("bh"),
                bytes("b"),
                unsigned.toArray(),
                new Validity(number("t"), number("x")));
    }

    private boolean namesKey() {
        return KeyName.isKeyName(tags.value("d").orElse(""), tags.value("s").orElse(""));
    }

    private Optional<SigningAlgorithm> algorithm() {
        return SigningAlgorithm.named(value("a").toLowerCase(Locale.ROOT));
    }

    private String agentDomain() {
        String agent = tags.compact("i").orElse("@" + value("d"));
        return agent.substring(agent.lastIndexOf('@') + 1);
    }

    /** Header and body; "relaxed" alone is relaxed/simple, nothing is simple/simple (§3.5). */
    private Optional<Canonicalization[]> canonicalizations() {
        String[] words =
                tags.value("c").orElse("simple").toLowerCase(Locale.ROOT).split("/", -1);
        Optional<Canonicalization> header = Canonicalization.named(words[0]);
        Optional<Canonicalization> body = words.length == 1
                ? Optional.of(Canonicalization.SIMPLE)
                : Canonicalization.named(words[words.length - 1]);
        return header.isPresent() && body.isPresent() && words.length <= 2
                ? Optional.of(new Canonicalization[] {header.get(), body.get()})
                : Optional.empty();
    }

    private List<String> names() {
        return tags.parts("h").stream()
                .map(field -> field.toLowerCase(Locale.ROOT))
                .toList();
    }

    private boolean areNumbers() {
        return List.of("t", "x", "l").stream()
                .allMatch(tag -> tags.value(tag).isEmpty() || number(tag).isPresent());
    }

    private boolean expiresAfterSigning() {
        OptionalLong signed = number("t");
        OptionalLong expires = number("x");
        return signed.isEmpty() || expires.isEmpty() || expires.getAsLong() > signed.getAsLong();
    }

    private boolean asksTheDns() {
        return tags.value("q").isEmpty() || tags.parts("q").stream().anyMatch("dns/txt"::equalsIgnoreCase);
    }

    private OptionalLong number(String tag) {
        String digits = tags.value(tag).orElse("");
        boolean fits = !digits.isEmpty() && digits.length() <= MOST_DIGITS;
        return fits && digits.chars().allMatch(c -> c >= '0' && c <= '9')
                ? OptionalLong.of(Long.parseLong(digits))
                : OptionalLong.empty();
    }

    private byte[] bytes(String tag) {
        try {
            return Base64.getDecoder().decode(tags.compact(tag).orElseThrow());
        } catch (IllegalArgumentException e) {
            return new byte[0]; // Said by whoever asks for the length.
        }
    }

    private String value(String tag) {
        return tags.value(tag).orElseThrow();
    }

    private static Optional<Fault> firstOf(boolean right, String detail) {
        return unless(right, Kind.MALFORMED_SIGNATURE, detail);
    }

    private static Optional<Fault> unless(boolean right, Kind kind, String detail) {
        return right ? Optional.empty() : Optional.of(new Fault(kind, detail));
    }

    private static Fault malformed(String detail) {
        return new Fault(Kind.MALFORMED_SIGNATURE, detail);
    }
}
