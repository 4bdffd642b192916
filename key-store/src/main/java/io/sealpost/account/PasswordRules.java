package io.sealpost.account;

import com.nulabinc.zxcvbn.Feedback;
import com.nulabinc.zxcvbn.Strength;
import com.nulabinc.zxcvbn.Zxcvbn;
import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a main password must be. Thread-safe. */
public final class PasswordRules {
    private static final int MIN_LENGTH = 10;
    private static final int MAX_LENGTH = 1_000;
    private static final int MIN_SCORE = 3;
    /** What is judged: the estimate takes more than linear time, and a strong beginning is enough. */
    private static final int JUDGED_LENGTH = 100;
    /** Shorter parts of an address stand in many good passwords by chance. */
    private static final int MIN_PART = 4;

    /** Why the password does not do for this account, and what would help; empty when it does. */
    public Optional<String> objection(Secret password, EmailAddress account) {
        String text = PreparedPassword.of(password).reveal();
        int length = text.codePointCount(0, text.length());
        if (length < MIN_LENGTH) {
            return Optional.of("the password has " + length + " characters; take at least " + MIN_LENGTH
                    + ", three or four words in a row are easy to keep in mind");
        }
        if (length > MAX_LENGTH) {
            return Optional.of("the password has more than " + MAX_LENGTH + " characters; take a shorter one");
        }
        if (text.codePoints().anyMatch(Character::isISOControl)) {
            return Optional.of(
                    "the password has control characters, which many mail programs cannot send; leave them out");
        }
        String lower = text.toLowerCase(Locale.ROOT);
        Optional<String> part = parts(account).filter(lower::contains).findFirst();
        return part.isPresent()
                ? Optional.of("the password contains a part of the account's own address; leave that out")
                : weakness(text, account);
    }

    private Optional<String> weakness(String text, EmailAddress account) {
        String judged = text.substring(0, Math.min(text.length(), JUDGED_LENGTH));
        // Its dictionaries take a tenth of a second to read: only who sets a password shall wait for that.
        Strength strength = new Zxcvbn().measure(judged, parts(account).toList());
        return strength.getScore() >= MIN_SCORE
                ? Optional.empty()
                : Optional.of("the password is too easy to guess" + advice(strength.getFeedback()));
    }

    private static String advice(Feedback feedback) {
        List<String> words = new ArrayList<>(List.of(feedback.getWarning(Locale.ENGLISH)));
        words.addAll(feedback.getSuggestions(Locale.ENGLISH));
        String advice = words.stream()
                .map(word -> word.strip().replaceFirst("\\.$", ""))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.joining(". "));
        return advice.isEmpty() ? "; add another word or two that nobody connects with you" : ". " + advice;
    }

    private static Stream<String> parts(EmailAddress account) {
        Stream<String> labels = Stream.of(account.domain().ascii().split("\\."));
        return Stream.concat(Stream.of(account.localPart(), account.domain().ascii()), labels)
                .map(part -> part.toLowerCase(Locale.ROOT))
                .filter(part -> part.length() >= MIN_PART);
    }
}
