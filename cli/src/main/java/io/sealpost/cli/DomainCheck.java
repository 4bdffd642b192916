package io.sealpost.cli;

import io.sealpost.cli.console.Fault;
import io.sealpost.cli.console.Sysexits;
import io.sealpost.cli.console.Times;
import io.sealpost.cli.wiring.Administration;
import io.sealpost.keys.Delegation;
import io.sealpost.keys.DkimKey;
import io.sealpost.keys.ExternalDomain;
import io.sealpost.keys.KeyState;
import io.sealpost.keys.ObservedDelegation;
import io.sealpost.keys.ObservedDelegation.Seen;
import io.sealpost.mail.ForeignText;
import io.sealpost.mail.MailDomain;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sealpost domain check}. */
@Command(
        name = "check",
        description = {
            "Looks at the records of an external domain: its challenge and the aliases of its keys. When all are seen the domain is proven,"
                    + " and its keys sign as soon as their records are seen at the end of the aliases. Nodes that serve do the same by themselves.",
            "Exit code 75: something is not seen yet, or is gone."
        },
        footerHeading = "%nExample:%n",
        footer = "  sealpost domain check shop.example")
final class DomainCheck extends AdministrationCommand {
    @Parameters(paramLabel = "DOMAIN", description = "The domain.")
    private MailDomain name;

    @Option(names = "--tenant", paramLabel = "NAME", description = "One tenant's claim; else all that there are.")
    private Optional<String> tenant = Optional.empty();

    DomainCheck(CommandContext context) {
        super(context);
    }

    @Override
    int run(Administration administration) {
        List<ExternalDomain> domains = chosen(administration, name, tenant);
        int code = Sysexits.OK;
        for (ExternalDomain domain : domains) {
            code = Math.max(code, check(administration, domain));
        }
        return code;
    }

    /** The claims of a name, or one tenant's; a {@link Fault} when there is none. */
    static List<ExternalDomain> chosen(Administration administration, MailDomain name, Optional<String> tenant) {
        Optional<Long> holder = tenant.map(given -> DomainCommand.tenantId(administration, tenant));
        List<ExternalDomain> domains = administration.externalDomains().of(name).stream()
                .filter(domain -> holder.isEmpty() || domain.tenant() == holder.get())
                .toList();
        if (domains.isEmpty()) {
            boolean held = administration.keys().domain(name).isPresent();
            throw new Fault(
                    held ? Sysexits.DATAERR : Sysexits.NOINPUT,
                    held
                            ? name + " is held on your word, there is nothing to prove; its keys: sealpost dkim check "
                                    + name
                            : "there is no external domain " + name + "; add it: sealpost domain add " + name
                                    + " --external");
        }
        return domains;
    }

    private int check(Administration administration, ExternalDomain domain) {
        ObservedDelegation observed = administration.dns().delegation(domain);
        Delegation delegation = administration
                .externalDomains()
                .look(domain, observed)
                .orElseThrow(() -> new Fault(Sysexits.NOINPUT, name + " was removed meanwhile"));
        console()
                .print(name + ", " + ForeignText.escape(DomainCommand.tenantName(administration, domain.tenant()))
                        + ": " + sentence(delegation));
        observed.records().forEach(this::print);
        if (!ExternalDomainScreen.isSigning(delegation.domain())) {
            return Sysexits.TEMPFAIL;
        }
        List<DkimKey> pending = administration.externalDomains().keys(domain).stream()
                .filter(key -> key.state() == KeyState.PENDING)
                .toList();
        int code = pending.isEmpty()
                ? Sysexits.OK
                : KeyActivation.of(console(), administration).activate(pending, java.time.Duration.ZERO);
        return delegation.change() == Delegation.Change.GOING ? Sysexits.TEMPFAIL : code;
    }

    private void print(Seen seen) {
        String word = switch (seen.sight()) {
            case SEEN -> "seen";
            case MISSING -> "missing: " + seen.detail();
            case UNKNOWN -> "no answer: " + seen.detail();
        };
        console().print("  " + seen.record().name() + "  " + seen.record().type() + "  " + word);
    }

    private static String sentence(Delegation delegation) {
        return switch (delegation.change()) {
            case STANDS -> "proven, and its records stand.";
            case PROVEN -> "proven now.";
            case NOT_YET -> "not proven; nothing is signed.";
            case OTHERS ->
                "all is seen, but another holds the domain: by your word, or by a proof that ends when its records are gone for"
                        + " the grace period.";
            case GOING ->
                "records are gone; mail is signed until " + Times.shown(delegation.until())
                        + " if they do not come back.";
            case LAPSED -> "records were gone for too long; nothing is signed any more.";
            case STILL_LAPSED -> "records are gone; nothing is signed.";
        };
    }
}
