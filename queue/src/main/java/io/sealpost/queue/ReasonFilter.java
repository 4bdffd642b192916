package io.sealpost.queue;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Why a delivery waits, as somebody looks for it: {@code 451} is the last reply's code and {@code 4.7.1} its enhanced status, both whole;
 * anything else is looked for in the last reply's words and in the reason of a hold, in any case.
 *
 * @param text what was typed; not blank
 */
public record ReasonFilter(String text) {
    private static final Pattern CODE = Pattern.compile("[2-5]\\d\\d");
    private static final Pattern STATUS = Pattern.compile("[245]\\.\\d{1,3}\\.\\d{1,3}");

    /** Throws IllegalArgumentException for a blank text. */
    public ReasonFilter {
        if (text.isBlank()) {
            throw new IllegalArgumentException("a reason is a reply code, an enhanced status, or words");
        }
    }

    /** The reply code, where that is meant. */
    public Optional<Integer> code() {
        return CODE.matcher(text).matches() ? Optional.of(Integer.valueOf(text)) : Optional.empty();
    }

    /** The enhanced status, where that is meant. */
    public Optional<String> status() {
        return STATUS.matcher(text).matches() ? Optional.of(text) : Optional.empty();
    }

    /** The words, where they are meant. */
    public Optional<String> words() {
        return code().isPresent() || status().isPresent() ? Optional.empty() : Optional.of(text);
    }
}
