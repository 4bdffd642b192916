package io.sealpost.cli.keytrees;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A path with a place for the domain and perhaps one for the selector, and the files that are there under it. The domain takes all it
 * can get, a selector is one label: {@code shop.example.s1.key} under {@code <domain>.<selector>.key} is s1 of shop.example.
 *
 * @param text the path, {@code DOMAIN} and {@code SELECTOR} in their places
 */
record PathTemplate(String text) {
    static final String DOMAIN = "\u0001";
    static final String SELECTOR = "\u0002";
    private static final Pattern PLACES = Pattern.compile("[" + DOMAIN + SELECTOR + "]|[^" + DOMAIN + SELECTOR + "]+");

    /**
     * A file that fits.
     *
     * @param domain what stands in the domain's place
     * @param selector what stands in the selector's; empty when the template has none
     * @param file the file
     */
    record Match(String domain, Optional<String> selector, Path file) {}

    boolean hasDomain() {
        return text.contains(DOMAIN);
    }

    boolean hasSelector() {
        return text.contains(SELECTOR);
    }

    /** The path for these two. */
    String of(String domain, String selector) {
        return text.replace(DOMAIN, domain).replace(SELECTOR, selector);
    }

    /** All files that fit, by name. */
    List<Match> files(TreeRoot root, Path base) {
        Path start = text.startsWith("/") ? root.folder() : base;
        List<String> segments = List.of(text.replaceFirst("^/+", "").split("/+"));
        List<Match> found = new ArrayList<>();
        walk(start, segments, new Match("", Optional.empty(), start), found);
        return found;
    }

    private static void walk(Path at, List<String> segments, Match known, List<Match> found) {
        if (segments.isEmpty()) {
            if (Files.isRegularFile(at) && !known.domain().isEmpty()) {
                found.add(new Match(known.domain(), known.selector(), at));
            }
            return;
        }
        String segment = segments.get(0);
        List<String> rest = segments.subList(1, segments.size());
        if (!segment.contains(DOMAIN) && !segment.contains(SELECTOR)) {
            walk(at.resolve(segment).normalize(), rest, known, found);
            return;
        }
        Pattern pattern = pattern(segment, known);
        for (String name : TreeRoot.names(at)) {
            Matcher matcher = pattern.matcher(name);
            if (matcher.matches()) {
                walk(at.resolve(name), rest, bound(segment, matcher, known), found);
            }
        }
    }

    /** What is known already must stand there again. */
    private static Pattern pattern(String segment, Match known) {
        StringBuilder regex = new StringBuilder();
        boolean domain = known.domain().isEmpty();
        boolean selector = known.selector().isEmpty();
        Matcher pieces = PLACES.matcher(segment);
        while (pieces.find()) {
            String piece = pieces.group();
            if (piece.equals(DOMAIN)) {
                regex.append(
                        !known.domain().isEmpty() ? Pattern.quote(known.domain()) : domain ? "(?<d>.+)" : "\\k<d>");
                domain = false;
            } else if (piece.equals(SELECTOR)) {
                String again = known.selector().map(Pattern::quote).orElse("\\k<s>");
                regex.append(selector ? "(?<s>[^.]+)" : again);
                selector = false;
            } else {
                regex.append(Pattern.quote(piece));
            }
        }
        return Pattern.compile(regex.toString());
    }

    private static Match bound(String segment, Matcher matcher, Match known) {
        String domain = known.domain().isEmpty() && segment.contains(DOMAIN) ? matcher.group("d") : known.domain();
        Optional<String> selector = known.selector().isEmpty() && segment.contains(SELECTOR)
                ? Optional.of(matcher.group("s"))
                : known.selector();
        return new Match(domain, selector, known.file());
    }
}
