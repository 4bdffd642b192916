package io.sealpost.cli.config;

import io.sealpost.mail.DataSize;
import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.ForeignText;
import io.sealpost.mail.MailDomain;
import io.sealpost.mail.Rate;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the texts of settings; each method throws IllegalArgumentException with a plain sentence that says what is taken. */
public final class SettingText {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");
    private static final Pattern NUMERIC_HOST = Pattern.compile("[0-9.]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
    private static final DataSize LEAST_BUFFER_POOL = DataSize.parse("64M");
    private static final Pattern NETWORK =
            Pattern.compile("((25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(25[0-5]|2[0-4]\\d|1?\\d?\\d)){3}(/(3[0-2]|[12]?\\d))?"
                    + "|(?=.*:)[0-9A-Fa-f:]+(/(12[0-8]|1[01]\\d|\\d?\\d))?)");
    private static final int MAX_PORT = 65_535;

    private SettingText() {}

    /** A day, as {@code 2026-12-31}, or nothing. */
    static Optional<LocalDate> day(String text) {
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(LocalDate.parse(text));
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("\"" + text + "\" is not a day, as 2026-12-31", e);
        }
    }

    /** {@code 30s}, {@code 5m}, {@code 4h}, {@code 5d}, {@code 10ms}. */
    public static Duration duration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            throw bad(text, "a time; write a number and a unit, as 30s (ms, s, m, h, d)");
        }
        long count = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(count);
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
    }

    static Duration positiveDuration(String text) {
        Duration duration = duration(text);
        if (duration.isZero()) {
            throw bad(text, "above zero");
        }
        return duration;
    }

    /** A time of {@code least} or more. */
    static Function<String, Duration> durationFrom(Duration least) {
        return text -> {
            Duration duration = duration(text);
            if (duration.compareTo(least) < 0) {
                throw bad(text, "a time of " + least.toSeconds() + "s or more");
            }
            return duration;
        };
    }

    static DataSize size(String text) {
        return DataSize.parse(text);
    }

    /** Empty for {@code auto}. */
    static Optional<DataSize> bufferPool(String text) {
        if (text.equals("auto")) {
            return Optional.empty();
        }
        DataSize size = DataSize.parse(text);
        if (size.bytes() < LEAST_BUFFER_POOL.bytes()) {
            throw bad(text, "auto, or a size of " + LEAST_BUFFER_POOL + " or more");
        }
        return Optional.of(size);
    }

    /** A size within these. */
    static Function<String, DataSize> sizeBetween(String least, String most) {
        return text -> {
            long size = DataSize.parse(text).bytes();
            if (size < DataSize.parse(least).bytes()
                    || size > DataSize.parse(most).bytes()) {
                throw bad(text, "a size from " + least + " to " + most);
            }
            return new DataSize(size);
        };
    }

    /** A network of addresses, as {@code 10.0.0.0/8}, or a single address. */
    static String network(String text) {
        if (!NETWORK.matcher(text).matches()) {
            throw bad(text, "a network; write an address and a length, as 10.0.0.0/8");
        }
        return text;
    }

    static MailDomain domain(String text) {
        return MailDomain.parse(text);
    }

    /** One address, or none. */
    static Optional<EmailAddress> optionalAddress(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(EmailAddress.parse(text));
    }

    static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw bad(text, "a path");
        }
    }

    static Function<String, Integer> number(int least, int most) {
        return text -> {
            try {
                int number = Integer.parseInt(text);
                if (number >= least && number <= most) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // Said below, with the range.
            }
            throw bad(text, "a number from " + least + " to " + most);
        };
    }

    static boolean truth(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw bad(text, "true or false");
        };
    }

    static Function<String, String> oneOf(String... words) {
        return text -> {
            if (!Arrays.asList(words).contains(text)) {
                throw bad(text, "one of " + String.join(", ", words));
            }
            return text;
        };
    }

    /** {@code "0"} is none; else one rate or several joined by a comma. */
    public static List<Rate> rates(String text) {
        return text.equals("0") ? List.of() : list(Rate::parse).apply(text);
    }

    static <T> Function<String, List<T>> list(Function<String, T> element) {
        return text -> text.isBlank()
                ? List.of()
                : Arrays.stream(text.split(",", -1))
                        .map(String::strip)
                        .map(element)
                        .toList();
    }

    /** A numeric address and a port, as {@code 127.0.0.1:2587} or {@code [::1]:2587}; no name is looked up. */
    static InetSocketAddress socketAddress(String text) {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? "" : text.substring(0, colon).replaceAll("^\\[(.*)]$", "$1");
        if (colon < 0 || !NUMERIC_HOST.matcher(host).matches()) {
            throw bad(text, "an address and a port, as 127.0.0.1:2587 or [::]:465");
        }
        int port = number(0, MAX_PORT).apply(text.substring(colon + 1));
        try {
            return new InetSocketAddress(InetAddress.getByName(host), port);
        } catch (UnknownHostException e) {
            throw bad(text, "an address and a port, as 127.0.0.1:2587 or [::]:465");
        }
    }

    static String any(String text) {
        return text;
    }

    private static IllegalArgumentException bad(String text, String wanted) {
        return new IllegalArgumentException("\"" + ForeignText.escape(text) + "\" is not " + wanted);
    }
}
