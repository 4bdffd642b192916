package io.sealpost.cli;

import io.sealpost.account.Account;
import io.sealpost.account.AppPassword;
import io.sealpost.account.limit.Bound;
import io.sealpost.account.limit.LimitAdministration.Used;
import io.sealpost.account.limit.LimitSettings;
import io.sealpost.account.limit.Metric;
import io.sealpost.account.limit.Rates;
import io.sealpost.account.limit.Scope;
import io.sealpost.cli.console.Fault;
import io.sealpost.cli.console.Listing;
import io.sealpost.cli.console.Sysexits;
import io.sealpost.cli.wiring.Administration;
import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.ForeignText;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code sealpost account usage}. */
@Command(
        name = "usage",
        description = "Shows each limit that bounds an account, and how much of it is used on all nodes together.",
        footerHeading = "%nExample:%n",
        footer = "  sealpost account usage anna@office.example --json")
final class AccountUsage extends AdministrationCommand {
    @Parameters(paramLabel = "ADDRESS", description = "The account's address.")
    private EmailAddress address;

    @Mixin
    private JsonOption json;

    AccountUsage(CommandContext context) {
        super(context);
    }

    @Override
    int run(Administration administration) {
        json.print(console(), listing(), used(administration, address));
        return Sysexits.OK;
    }

    static Listing<Used> listing() {
        return new Listing<Used>("No limit bounds this account; see [limits] in the settings.")
                .column("OF", "scope", used -> used.bound().meter().scope().stored())
                .column("ROW OR NAME", "of", used -> used.bound().meter().of())
                .column(
                        "COUNTS",
                        "metric",
                        used -> used.bound().meter().metric().word())
                .column("LIMIT", "limit", used -> used.bound().rate().toString())
                .column("USED", "used", Used::count)
                .column("OPENS", "opens", used -> used.count() < used.bound().most() ? null : used.opens());
    }

    /** A {@link Fault} when there is no such account. */
    static List<Used> used(Administration administration, EmailAddress address) {
        Account account = administration
                .accounts()
                .account(address)
                .orElseThrow(() -> new Fault(
                        Sysexits.NOINPUT,
                        "there is no account " + ForeignText.escape(address.toString())
                                + "; \"sealpost account list\" shows them"));
        LimitSettings settings = administration.limitSettings();
        Rates own = Outcomes.value(administration.limits().ownRates(address)).over(settings.account());
        Stream<Bound> credentials = Outcomes.value(administration.appPasswords().list(address)).stream()
                .flatMap(password -> ofAppPassword(settings, password));
        return administration
                .limits()
                .used(Stream.of(
                                bounds(own, Scope.ACCOUNT, account.id()),
                                credentials,
                                bounds(
                                        settings.domain(),
                                        Scope.DOMAIN,
                                        address.domain().ascii()),
                                bounds(settings.tenant(), Scope.TENANT, account.tenant()))
                        .flatMap(bounds -> bounds)
                        .toList());
    }

    private static Stream<Bound> ofAppPassword(LimitSettings settings, AppPassword password) {
        Rates own = new Rates(
                password.bounds().messages().stream().toList(),
                password.bounds().recipients().stream().toList());
        return Stream.of(own, settings.appPassword())
                .flatMap(rates -> bounds(rates, Scope.APP_PASSWORD, password.id()));
    }

    private static Stream<Bound> bounds(Rates rates, Scope scope, Object of) {
        return Stream.of(Metric.values()).flatMap(metric -> rates.bounds(scope, of.toString(), metric));
    }
}
