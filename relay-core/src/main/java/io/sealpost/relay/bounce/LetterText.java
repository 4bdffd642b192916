package io.sealpost.relay.bounce;

import io.sealpost.mail.MailDomain;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.ResourceBundle.Control;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A letter's words in the reader's language, from the files in {@code letters}; English where a language has none.
 *
 * @param subject without line ends
 * @param body lines that end with LF
 */
record LetterText(String subject, String body) {
    private static final Pattern PLACE = Pattern.compile("\\{([a-z]+)\\}");
    private static final String FOLDER = "letters/";
    private static final String SUBJECT = "Subject: ";
    private static final String WORDS = "io.sealpost.relay.bounce.letters.words";

    static LetterText of(Letter letter, MailDomain host) {
        Locale locale = letter.language().map(Locale::forLanguageTag).orElse(Locale.ROOT);
        ResourceBundle bundle =
                ResourceBundle.getBundle(WORDS, locale, Control.getNoFallbackControl(Control.FORMAT_PROPERTIES));
        Map<String, String> phrases = letter.words().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> say(bundle, entry.getValue())));
        String text = fill(file(letter.name(), locale), place -> {
            if (place.equals("host")) {
                return host.ascii();
            }
            return Optional.ofNullable(letter.values().get(place)).orElseGet(() -> phrases.get(place));
        });
        int end = text.indexOf("\n\n");
        return new LetterText(text.substring(SUBJECT.length(), end), text.substring(end + 2));
    }

    private interface Values {
        String of(String place);
    }

    /** A value that looks like a place is not filled in turn. */
    private static String fill(String text, Values values) {
        Matcher matcher = PLACE.matcher(text);
        return matcher.replaceAll(found -> {
            String value = values.of(found.group(1));
            if (value == null) {
                throw new IllegalStateException("a letter without a value for " + found.group());
            }
            return Matcher.quoteReplacement(value);
        });
    }

    private static String say(ResourceBundle bundle, Letter.Phrase phrase) {
        Object[] numbers = phrase.numbers().stream().map(Object::toString).toArray();
        return new MessageFormat(bundle.getString(phrase.key()), Locale.ROOT).format(numbers);
    }

    private static String file(String name, Locale locale) {
        String special = FOLDER + name + "_" + locale.getLanguage() + ".txt";
        InputStream found = locale.getLanguage().isEmpty() ? null : LetterText.class.getResourceAsStream(special);
        try (InputStream in = found != null ? found : LetterText.class.getResourceAsStream(FOLDER + name + ".txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException("a letter of this program cannot be read", broken);
        }
    }
}
