package io.sealpost.cli;

import io.sealpost.account.brake.BrakeAdministration.State;
import io.sealpost.cli.console.Fault;
import io.sealpost.cli.console.Sysexits;
import io.sealpost.cli.wiring.Administration;
import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.ForeignText;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code sealpost account release}. */
@Command(
        name = "release",
        description = {
            "Ends the brake of an account and lets its held mail go; what it does today is taken for its habit.",
            "It waits three seconds, until every node has heard, and lets go what was held meanwhile."
        },
        footerHeading = "%nExample:%n",
        footer = "  sealpost account release anna@office.example --reason \"it was her newsletter\"")
final class AccountRelease extends AdministrationCommand {
    /** A node hears within two seconds, and what it was storing then is stored. */
    private static final Duration HEARD = Duration.ofSeconds(3);

    @Parameters(paramLabel = "ADDRESS", description = "The account's address.")
    private EmailAddress address;

    @Mixin
    private ReasonOption reason;

    AccountRelease(CommandContext context) {
        super(context);
    }

    @Override
    int run(Administration administration) {
        State before = Outcomes.value(administration.brakes().release(address, reason.text()));
        int released = administration.queue().release(BrakeFacts.held(before), reason.text());
        if (before.since().isPresent()) {
            awaitNodes();
            released += administration.queue().release(BrakeFacts.held(before), reason.text());
        }
        String name = ForeignText.escape(address.toString());
        console()
                .print(
                        before.since().isPresent()
                                ? name + " is not braked any more; " + released + " deliveries released."
                                : name + " was not braked; " + released + " deliveries released.");
        return Sysexits.OK;
    }

    private static void awaitNodes() {
        try {
            TimeUnit.MILLISECONDS.sleep(HEARD.toMillis());
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            throw new Fault(
                    Sysexits.TEMPFAIL, "interrupted before every node had heard; run it again to release the rest");
        }
    }
}
