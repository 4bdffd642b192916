package io.sealpost.relay.smtp;

import io.sealpost.mail.DataSize;
import io.sealpost.queue.MailOptions;
import io.sealpost.queue.MailOptions.BodyType;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The parameters of MAIL whose extensions are offered: SIZE, BODY and AUTH. */
sealed interface MailParameters {
    /** They are fine. */
    record Taken(MailOptions options) implements MailParameters {}

    /** One of them is not. */
    record Refused(Reply reply) implements MailParameters {}

    /** RFC 1870 §5: up to 20 digits. */
    Pattern SIZE_VALUE = Pattern.compile("[0-9]{1,20}");

    /** RFC 3461 §4: printable ASCII without + and =, anything else as +NN; RFC 4954 §5 allows {@code <>} too. */
    Pattern AUTH_VALUE = Pattern.compile("<>|([!-*,-<>-~]|\\+[0-9A-F]{2})+");

    /** Reads what stands behind the path. */
    static MailParameters read(String text, DataSize maxMessageSize) {
        Optional<Map<String, String>> parameters = Arguments.parameters(text);
        if (parameters.isEmpty()) {
            return refused(501, "5.5.4", "The parameters of MAIL cannot be read");
        }
        MailOptions options = MailOptions.NONE;
        for (Map.Entry<String, String> parameter : parameters.get().entrySet()) {
            Optional<Reply> fault = fault(parameter.getKey(), parameter.getValue(), maxMessageSize);
            if (fault.isPresent()) {
                return new Refused(fault.get());
            }
            if (parameter.getKey().equals("BODY")) {
                options = options.withBodyType(bodyType(parameter.getValue()).orElseThrow());
            }
        }
        return new Taken(options);
    }

    private static Optional<Reply> fault(String keyword, String value, DataSize maxMessageSize) {
        return switch (keyword) {
            case "SIZE" -> sizeFault(value, maxMessageSize);
            case "BODY" ->
                bodyType(value).isPresent()
                        ? Optional.empty()
                        : Optional.of(Reply.of(501, "5.5.4", "BODY is 7BIT or 8BITMIME"));
            // Who submits is known by login; what AUTH= says is parsed and not believed (RFC 4954 §5).
            case "AUTH" ->
                AUTH_VALUE.matcher(value).matches()
                        ? Optional.empty()
                        : Optional.of(Reply.of(501, "5.5.4", "AUTH= takes an address in xtext, or <>"));
            default -> Optional.of(Reply.of(555, "5.5.4", "The parameter " + keyword + " is not offered here"));
        };
    }

    private static Optional<Reply> sizeFault(String value, DataSize max) {
        if (!SIZE_VALUE.matcher(value).matches()) {
            return Optional.of(Reply.of(501, "5.5.4", "SIZE is a number of bytes"));
        }
        boolean tooLarge = new BigInteger(value).compareTo(BigInteger.valueOf(max.bytes())) > 0;
        return tooLarge ? Optional.of(tooLarge(max)) : Optional.empty();
    }

    /** RFC 1870 §6.1; the same words when the bytes themselves are too many. */
    static Reply tooLarge(DataSize max) {
        return Reply.of(552, "5.3.4", "The message is too large; " + max.bytes() + " bytes are taken at most");
    }

    private static Optional<BodyType> bodyType(String value) {
        return switch (value.toUpperCase(Locale.ROOT)) {
            case "7BIT" -> Optional.of(BodyType.SEVEN_BIT);
            case "8BITMIME" -> Optional.of(BodyType.EIGHT_BIT_MIME);
            default -> Optional.empty();
        };
    }

    private static MailParameters refused(int code, String status, String sentence) {
        return new Refused(Reply.of(code, status, sentence));
    }
}
