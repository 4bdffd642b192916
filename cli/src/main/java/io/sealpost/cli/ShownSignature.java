package io.sealpost.cli;

import io.sealpost.queue.SignedPrefix;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A DKIM-Signature field of a waiting message, for showing.
 *
 * @param domain d=
 * @param selector s=
 * @param algorithm a=
 */
record ShownSignature(String domain, String selector, String algorithm) {
    private static final Pattern FIELD = Pattern.compile("(?im)^DKIM-Signature:(.*(?:\\r\\n[ \\t].*)*)");

    /** In their order; empty while the message is held unsigned. */
    static List<ShownSignature> of(SignedPrefix prefix) {
        Matcher field = FIELD.matcher(new String(prefix.bytes(), StandardCharsets.ISO_8859_1));
        return Stream.iterate(field, Matcher::find, same -> same)
                .map(found -> found.group(1))
                .map(tags -> new ShownSignature(tag(tags, "d"), tag(tags, "s"), tag(tags, "a")))
                .toList();
    }

    private static String tag(String tags, String name) {
        Matcher tag =
                Pattern.compile("(?:^|;)\\s*" + name + "\\s*=\\s*([^;\\s]+)").matcher(tags);
        return tag.find() ? tag.group(1) : "";
    }

    @Override
    public String toString() {
        return algorithm + " s=" + selector + " d=" + domain;
    }
}
