package io.sealpost.cli.story;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The numbered mails of a campaign: every eighth to two domains, every fiftieth 300 KB. */
record CampaignMail(int number) {
    private static final List<String> DOMAINS = List.of("a.test", "b.test", "shop.test");
    private static final Pattern NUMBER = Pattern.compile("^X-Test-Id: (\\d+)\\r?$", Pattern.MULTILINE);
    private static final Pattern QUEUE_ID = Pattern.compile("\\bid (\\w{13})\\b");
    private static final String LINE = "One of many.\r\n";

    List<String> recipients() {
        String first = "r" + number + "@" + DOMAINS.get(number % 3);
        return number % 8 == 0 ? List.of(first, "s" + number + "@" + DOMAINS.get((number + 1) % 3)) : List.of(first);
    }

    byte[] bytes() {
        String sender = RelayUnderTest.ANNA.toString();
        return ("From: <" + sender + ">\r\nTo: <" + recipients().get(0) + ">\r\nSubject: Mail " + number
                        + "\r\nX-Test-Id: " + number + "\r\nDate: Tue, 24 Nov 2026 12:00:00 +0000\r\nMessage-ID: <"
                        + number
                        + "@office.test>\r\n\r\n" + LINE.repeat(number % 50 == 0 ? 22_000 : 20))
                .getBytes(StandardCharsets.US_ASCII);
    }

    static int numberIn(String text) {
        return Integer.parseInt(found(NUMBER, text));
    }

    /** As our Received field names it. */
    static String queueIdIn(String text) {
        return found(QUEUE_ID, text);
    }

    private static String found(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IllegalStateException("no " + pattern + " in " + text);
        }
        return matcher.group(1);
    }
}
