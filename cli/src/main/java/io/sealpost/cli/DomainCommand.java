package io.sealpost.cli;

import io.sealpost.account.Tenant;
import io.sealpost.cli.console.Console;
import io.sealpost.cli.console.Fault;
import io.sealpost.cli.console.Listing;
import io.sealpost.cli.console.Sysexits;
import io.sealpost.cli.wiring.Administration;
import io.sealpost.keys.ExternalDomain;
import io.sealpost.keys.HeldDomain;
import io.sealpost.mail.ForeignText;
import io.sealpost.mail.MailDomain;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sealpost domain …}. */
@Command(
        name = "domain",
        description = "Adds, lists, shows, checks and removes the domains that may be sent for.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            DomainCommand.Add.class,
            DomainCommand.ListAll.class,
            DomainShow.class,
            DomainCheck.class,
            DomainZone.class,
            DomainKeys.class,
            DomainClientSettings.class,
            DomainRemove.class
        },
        footerHeading = "%nExample:%n",
        footer = "  sealpost domain add office.example")
final class DomainCommand {
    /** {@code sealpost domain add}. */
    @Command(
            name = "add",
            description = {
                "Adds a domain on your word; its accounts may then send for it.",
                "With --external: a domain of a customer elsewhere. Its owner proves it by the records that are printed, once; until"
                        + " they are seen nothing is signed, and nobody else is kept from the name."
            },
            footerHeading = "%nExamples:%n",
            footer = {
                "  sealpost domain add office.example --tenant Reseller",
                "  sealpost domain add shop.example --external --tenant Shop"
            })
    static final class Add extends AdministrationCommand {
        @Parameters(paramLabel = "DOMAIN", description = "The domain.")
        private MailDomain domain;

        @Option(names = "--tenant", paramLabel = "NAME", description = "Who holds it; else the operator.")
        private Optional<String> tenant = Optional.empty();

        @Option(names = "--external", description = "Its owner proves it by records in the DNS.")
        private boolean external;

        Add(CommandContext context) {
            super(context);
        }

        @Override
        int run(Administration administration) {
            long holder = tenantId(administration, tenant);
            if (external) {
                return claim(console(), administration, holder, domain);
            }
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

    private static int claim(Console console, Administration administration, long holder, MailDomain domain) {
        MailDomain zone = administration
                .operatorZone()
                .orElseThrow(() -> new Fault(
                        Sysexits.CONFIG,
                        "[keys] operator_zone is not set: the zone of yours that the customer's records lead to, as"
                                + " dkim.example.net"));
        ExternalDomain claimed = Outcomes.value(administration.externalDomains().claim(holder, domain, zone));
        console.note(domain + " is " + ExternalDomainScreen.state(claimed) + ".");
        ExternalDomainScreen screen = new ExternalDomainScreen(console, administration);
        screen.customerRecords(claimed);
        screen.operatorRecords(claimed);
        console.note("Nodes look for them by themselves; at once: sealpost domain check " + domain);
        return Sysexits.OK;
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
            Listing<Row> listing = new Listing<Row>("No domain yet; add one: sealpost domain add office.example")
                    .column("DOMAIN", "domain", row -> row.name().ascii())
                    .column("TENANT", "tenant", row -> tenants.get(row.tenant()))
                    .column("ADDED", "created", Row::created)
                    .column("EXTERNAL", "external", Row::external);
            json.print(console(), listing, rows(administration));
            return Sysexits.OK;
        }
    }

    /** A domain that is held, or a claim. */
    private record Row(MailDomain name, long tenant, Instant created, String external) {}

    private static List<Row> rows(Administration administration) {
        Map<Long, ExternalDomain> externals = new LinkedHashMap<>();
        administration.externalDomains().all().forEach(domain -> externals.put(domain.id(), domain));
        List<Row> rows = new ArrayList<>();
        for (HeldDomain held : administration.keys().domains()) {
            Optional<ExternalDomain> external = Optional.ofNullable(externals.remove(held.id()));
            rows.add(new Row(
                    held.name(),
                    held.tenant(),
                    held.created(),
                    external.map(DomainCommand::word).orElse(null)));
        }
        externals
                .values()
                .forEach(claim -> rows.add(
                        new Row(claim.name(), claim.tenant(), claim.proof().since(), word(claim))));
        rows.sort(Comparator.comparing(row -> row.name().ascii()));
        return rows;
    }

    private static String word(ExternalDomain domain) {
        return domain.proof().state().name().toLowerCase(Locale.ROOT);
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
