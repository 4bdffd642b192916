package io.sealpost.sandbox;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.xbill.DNS.Rcode;

/** What a name server does wrong about one name, as a zone's {@code ;!} line asks for it. */
sealed interface DnsFault {
    /** Answers with this RCODE and nothing else; any of them, those over 15 by EDNS (RFC 6891 §6.1.3). */
    record Refuse(int rcode) implements DnsFault {}

    /** Never answers. */
    record Silence() implements DnsFault {}

    /** Answers rightly, but late. */
    record Late(Duration by) implements DnsFault {}

    /** Answers with another query's id, as a forger who guesses would. */
    record WrongId() implements DnsFault {}

    /** Says over UDP that the answer does not fit; over TCP it answers. */
    record Truncate() implements DnsFault {}

    /** dnsjava writes no extended RCODE with the highest bit; all that are assigned are under 24. */
    int MAX_RCODE = 0x7FF;

    Pattern DELAY = Pattern.compile("DELAY=(\\d{1,6})(MS|S)");

    /**
     * Reads {@code DROP}, {@code DELAY=500ms}, {@code DELAY=2s}, {@code WRONGID}, {@code TRUNCATE} or the name or number of an RCODE
     * ({@code SERVFAIL}, {@code RCODE9}), in any case.
     *
     * <p>Throws IllegalArgumentException for any other word.
     */
    static DnsFault parse(String word) {
        String upper = word.toUpperCase(Locale.ROOT);
        Matcher delay = DELAY.matcher(upper);
        if (delay.matches()) {
            long amount = Long.parseLong(delay.group(1));
            return new Late(delay.group(2).equals("S") ? Duration.ofSeconds(amount) : Duration.ofMillis(amount));
        }
        return switch (upper) {
            case "DROP" -> new Silence();
            case "WRONGID" -> new WrongId();
            case "TRUNCATE" -> new Truncate();
            default -> new Refuse(rcode(upper));
        };
    }

    private static int rcode(String word) {
        int rcode = word.matches("RCODE\\d{1,4}") ? Integer.parseInt(word.substring(5)) : Rcode.value(word);
        if (rcode < 0 || rcode > MAX_RCODE) {
            throw new IllegalArgumentException(
                    "\"" + word + "\" is no fault; write an RCODE, DROP, DELAY=500ms, WRONGID or TRUNCATE");
        }
        return rcode;
    }
}
