package io.sealpost.cli;

import io.sealpost.account.SenderPattern;
import io.sealpost.cli.config.SettingText;
import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.IpNetwork;
import io.sealpost.mail.MailDomain;
import io.sealpost.mail.QueueId;
import io.sealpost.mail.Rate;
import io.sealpost.queue.QueuePosition;
import io.sealpost.queue.ReasonFilter;
import java.time.Duration;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How the words of a command line become values; a word that does not fit is a fault of usage, with the reason. */
final class NameParameters {
    private interface Parser<T> {
        T parse(String text);
    }

    private NameParameters() {}

    static void register(CommandLine line) {
        line.registerConverter(MailDomain.class, saying(MailDomain::parse));
        line.registerConverter(EmailAddress.class, saying(EmailAddress::parse));
        line.registerConverter(SenderPattern.class, saying(SenderPattern::parse));
        line.registerConverter(IpNetwork.class, saying(IpNetwork::parse));
        line.registerConverter(Rate.class, saying(Rate::parse));
        line.registerConverter(Duration.class, saying(SettingText::duration));
        line.registerConverter(ReasonFilter.class, saying(ReasonFilter::new));
        line.registerConverter(
                QueuePosition.class,
                text -> QueuePosition.tryParse(text)
                        .orElseThrow(() -> new TypeConversionException(
                                "\"" + text + "\" is not a place in the queue; the page before names it at its end")));
        line.registerConverter(
                QueueId.class,
                text -> QueueId.tryParse(text)
                        .orElseThrow(() -> new TypeConversionException(
                                "\"" + text + "\" is not a queue id; \"sealpost queue list\" shows them")));
    }

    private static <T> ITypeConverter<T> saying(Parser<T> parser) {
        return text -> {
            try {
                return parser.parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        };
    }
}
