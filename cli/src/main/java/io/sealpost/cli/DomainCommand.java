package io.sealpost.cli;

import io.sealpost.account.Tenant;
import io.sealpost.cli.console.Fault;
import io.sealpost.cli.console.Listing;
import io.sealpost.cli.console.Sysexits;
import io.sealpost.cli.wiring.Administration;
import io.sealpost.keys.HeldDomain;
import io.sealpost.mail.ForeignText;
import io.sealpost.mail.MailDomain;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sealpost domain …}. */
@Command(
        name = "domain",
        description = "Adds, lists, shows and removes the domains that may be sent for.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {DomainCommand.Add.class, DomainCommand.ListAll.class, DomainShow.class, DomainRemove.class},
        footerHeading = "%nExample:%n",
        footer = "  sealpost domain add office.example")
final class DomainCommand {
    /** {@code sealpost domain add}. */
    @Command(
            name = "add",
            description = "Adds a domain on your word; its accounts may then send for it.",
            footerHeading = "%nExample:%n",
            footer = "  sealpost domain add office.example --tenant Reseller")
    static final class Add extends AdministrationCommand {
        @Parameters(paramLabel = "DOMAIN", description = "The domain.")
        private MailDomain domain;

        @Option(names = "--tenant", paramLabel = "NAME", description = "Who holds it; else the operator.")
        private Optional<String> tenant = Optional.empty();

        Add(CommandContext context) {
            super(context);
        }

        @Override
        int run(Administration administration) {
            long holder = tenantId(administration, tenant);
            administration
                    .keys()
                    .domain(domain)
                    .filter(held -> held.tenant() != holder)
                    .ifPresent(held -> {
                        String other = tenantName(administration, held.tenant());
                        throw new Fault(
                                Sysexits.CANTCREAT,
                                domain + " is held by the tenant " + ForeignText.escape(other) + " already");
                    });
            HeldDomain added = Outcomes.value(administration.keys().addDomain(holder, domain));
            console().print("Added " + added.name() + ". Next: sealpost dkim create " + added.name());
            long left = administration.accounts().accountsIn(domain);
            if (left > 0) {
                console()
                        .note("Accounts that have an address of it from before: " + left
                                + "; those of its tenant may send for it now. \"sealpost account list\" shows them.");
            }
            return Sysexits.OK;
        }
    }

    /** {@code sealpost domain list}. */
    @Command(
            name = "list",
            description = "Lists the domains.",
            footerHeading = "%nExample:%n",
            footer = "  sealpost domain list --json")
    static final class ListAll extends AdministrationCommand {
        @Mixin
        private JsonOption json;

        ListAll(CommandContext context) {
            super(context);
        }

        @Override
        int run(Administration administration) {
            Map<Long, String> tenants = new LinkedHashMap<>();
            administration.accounts().tenants().forEach(tenant -> tenants.put(tenant.id(), tenant.name()));
            Listing<HeldDomain> listing = new Listing<HeldDomain>(
                            "No domain yet; add one: sealpost domain add office.example")
                    .column("DOMAIN", "domain", domain -> domain.name().ascii())
                    .column("TENANT", "tenant", domain -> tenants.get(domain.tenant()))
                    .column("ADDED", "created", HeldDomain::created);
            json.print(console(), listing, administration.keys().domains());
            return Sysexits.OK;
        }
    }

    /** The domain, or a {@link Fault} when nobody holds it. */
    static HeldDomain held(Administration administration, MailDomain domain) {
        return administration
                .keys()
                .domain(domain)
                .orElseThrow(() -> new Fault(
                        Sysexits.NOINPUT, "there is no domain " + domain + "; add it: sealpost domain add " + domain));
    }

    /** The row of a tenant by its name, the operator's where none is given. */
    static long tenantId(Administration administration, Optional<String> name) {
        return name.map(given -> administration
                        .accounts()
                        .tenant(given)
                        .orElseThrow(() -> new Fault(
                                Sysexits.NOINPUT,
                                "there is no tenant " + ForeignText.escape(given)
                                        + "; \"sealpost tenant list\" shows them"))
                        .id())
                .orElse(Tenant.OPERATOR);
    }

    static String tenantName(Administration administration, long id) {
        return tenant(administration, id).name();
    }

    static Tenant tenant(Administration administration, long id) {
        return administration.accounts().tenants().stream()
                .filter(tenant -> tenant.id() == id)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("a domain of tenant " + id + ", which is not there"));
    }
}
