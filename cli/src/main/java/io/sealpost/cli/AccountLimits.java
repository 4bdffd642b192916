package io.sealpost.cli;

import io.sealpost.account.limit.OwnRates;
import io.sealpost.cli.config.SettingText;
import io.sealpost.cli.console.Fault;
import io.sealpost.cli.console.Sysexits;
import io.sealpost.cli.wiring.Administration;
import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.ForeignText;
import io.sealpost.mail.Rate;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sealpost account limits}. */
@Command(
        name = "limits",
        description = {
            "Gives an account limits of its own in place of those of the settings, in force within two seconds.",
            "Without an option it shows what holds and what of it is used."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  sealpost account limits shop@office.example --messages 100/h --recipients 500/d,3000/h",
            "  sealpost account limits shop@office.example --messages 0",
            "  sealpost account limits shop@office.example --default"
        })
final class AccountLimits extends AdministrationCommand {
    @Parameters(paramLabel = "ADDRESS", description = "The account's address.")
    private EmailAddress address;

    @Option(names = "--messages", paramLabel = "RATES", description = "As 100/h, or 100/h,1000/d; 0 is no limit.")
    private Optional<String> messages = Optional.empty();

    @Option(names = "--recipients", paramLabel = "RATES", description = "The same of recipients.")
    private Optional<String> recipients = Optional.empty();

    @Option(names = "--default", description = "Those of the settings again.")
    private boolean usual;

    AccountLimits(CommandContext context) {
        super(context);
    }

    @Override
    int run(Administration administration) {
        boolean given = messages.isPresent() || recipients.isPresent();
        if (usual && given) {
            throw new Fault(Sysexits.USAGE, "--default stands alone: it takes the account's own limits away");
        }
        if (usual || given) {
            OwnRates before = Outcomes.value(administration.limits().ownRates(address));
            OwnRates wanted = usual
                    ? OwnRates.DEFAULT
                    : new OwnRates(
                            rates("--messages", messages).or(before::messages),
                            rates("--recipients", recipients).or(before::recipients));
            Outcomes.value(administration.limits().setOwnRates(address, wanted));
            console().print("Limits of " + ForeignText.escape(address.toString()) + ":");
        }
        AccountUsage.listing().print(console(), AccountUsage.used(administration, address));
        return Sysexits.OK;
    }

    private static Optional<List<Rate>> rates(String option, Optional<String> text) {
        try {
            return text.map(SettingText::rates);
        } catch (IllegalArgumentException wrong) {
            throw new Fault(Sysexits.USAGE, option + ": " + wrong.getMessage());
        }
    }
}
