package io.sealpost.relay.bounce;

import io.sealpost.mail.EnhancedStatus;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.ResourceBundle.Control;

/** The words of reports in one language; English where a language has no file. Immutable. */
final class Words {
    private static final String FILE = "io.sealpost.relay.bounce.notice";

    private final ResourceBundle bundle;

    private Words(ResourceBundle bundle) {
        this.bundle = bundle;
    }

    /** {@code language} as a tag of RFC 5646. */
    static Words of(Optional<String> language) {
        Locale locale = language.map(Locale::forLanguageTag).orElse(Locale.ROOT);
        return new Words(
                ResourceBundle.getBundle(FILE, locale, Control.getNoFallbackControl(Control.FORMAT_PROPERTIES)));
    }

    String say(String key, Object... values) {
        return new MessageFormat(bundle.getString(key), Locale.ROOT).format(values);
    }

    /** What a status means in a plain sentence: the most special one that there is. */
    String why(EnhancedStatus status) {
        String special = "why." + status.subject() + "." + status.detail();
        String general = "why." + status.subject();
        if (bundle.containsKey(special)) {
            return say(special);
        }
        if (bundle.containsKey(general)) {
            return say(general);
        }
        return say(status.statusClass() == 4 ? "why.later" : "why");
    }
}
