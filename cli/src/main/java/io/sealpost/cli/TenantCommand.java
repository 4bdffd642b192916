package io.sealpost.cli;

import io.sealpost.account.EntryState;
import io.sealpost.account.Tenant;
import io.sealpost.account.TenantProfile;
import io.sealpost.cli.console.Listing;
import io.sealpost.cli.console.Sysexits;
import io.sealpost.cli.wiring.Administration;
import io.sealpost.mail.ForeignText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code sealpost tenant …}. */
@Command(
        name = "tenant",
        description = "Adds, lists, disables and enables tenants (resellers).",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            TenantCommand.Add.class,
            TenantCommand.ListAll.class,
            TenantCommand.Show.class,
            TenantSet.class,
            TenantCommand.Disable.class,
            TenantCommand.Enable.class
        },
        footerHeading = "%nExample:%n",
        footer = "  sealpost tenant add Reseller")
final class TenantCommand {
    private static Listing<Tenant> listing() {
        return new Listing<Tenant>("No tenant.")
                .column("TENANT", "tenant", Tenant::name)
                .column("STATE", "state", tenant -> tenant.state().stored());
    }

    /** One tenant by name. */
    abstract static class OfOne extends AdministrationCommand {
        @Parameters(paramLabel = "NAME", description = "The tenant's name.")
        private String name;

        OfOne(CommandContext context) {
            super(context);
        }

        String name() {
            return name;
        }

        int setState(Administration administration, EntryState state, Optional<String> reason) {
            Tenant changed = Outcomes.value(administration.accounts().setTenantState(name, state, reason));
            console().print(ForeignText.escape(changed.name()) + " is " + state.stored() + ".");
            return Sysexits.OK;
        }
    }

    /** {@code sealpost tenant add}. */
    @Command(
            name = "add",
            description = "Adds a tenant.",
            footerHeading = "%nExample:%n",
            footer = "  sealpost tenant add \"Muster Hosting\"")
    static final class Add extends OfOne {
        @Mixin
        private JsonOption json;

        Add(CommandContext context) {
            super(context);
        }

        @Override
        int run(Administration administration) {
            Tenant added = Outcomes.value(administration.accounts().addTenant(name()));
            String shown = ForeignText.escape(added.name());
            if (json.wanted()) {
                console().json(listing().objects(List.of(added)).get(0));
                return Sysexits.OK;
            }
            console().print("Added " + shown + ". Next: sealpost domain add DOMAIN --tenant \"" + shown + "\"");
            return Sysexits.OK;
        }
    }

    /** {@code sealpost tenant disable}. */
    @Command(
            name = "disable",
            description = "Disables a tenant with all its accounts.",
            footerHeading = "%nExample:%n",
            footer = "  sealpost tenant disable Reseller")
    static final class Disable extends OfOne {
        @Mixin
        private ReasonOption reason;

        Disable(CommandContext context) {
            super(context);
        }

        @Override
        int run(Administration administration) {
            return setState(administration, EntryState.DISABLED, reason.text());
        }
    }

    /** {@code sealpost tenant enable}. */
    @Command(
            name = "enable",
            description = "Enables a tenant again.",
            footerHeading = "%nExample:%n",
            footer = "  sealpost tenant enable Reseller")
    static final class Enable extends OfOne {
        @Mixin
        private ReasonOption reason;

        Enable(CommandContext context) {
            super(context);
        }

        @Override
        int run(Administration administration) {
            return setState(administration, EntryState.ACTIVE, reason.text());
        }
    }

    /** {@code sealpost tenant show}. */
    @Command(
            name = "show",
            description = "Shows a tenant: its state, its domains, how many accounts it has.",
            footerHeading = "%nExample:%n",
            footer = "  sealpost tenant show Reseller --json")
    static final class Show extends OfOne {
        @Mixin
        private JsonOption json;

        Show(CommandContext context) {
            super(context);
        }

        @Override
        int run(Administration administration) {
            long id = DomainCommand.tenantId(administration, Optional.of(name()));
            Tenant tenant = DomainCommand.tenant(administration, id);
            List<String> domains = administration.keys().domains().stream()
                    .filter(domain -> domain.tenant() == id)
                    .map(domain -> domain.name().ascii())
                    .toList();
            TenantProfile profile = Outcomes.value(administration.profiles().ofTenant(name()));
            long accounts = administration.accounts().accounts().stream()
                    .filter(account -> account.tenant() == id)
                    .count();
            if (json.wanted()) {
                Map<String, Object> facts =
                        new LinkedHashMap<>(listing().objects(List.of(tenant)).get(0));
                facts.putAll(TenantSet.facts(profile));
                facts.put("domains", domains);
                facts.put("accounts", accounts);
                console().json(facts);
            } else {
                console().print("tenant    " + ForeignText.escape(tenant.name()));
                console().print("state     " + tenant.state().stored());
                TenantSet.facts(profile).forEach((key, value) -> {
                    if (!value.isEmpty()) {
                        console().print(key.replace('_', ' ') + "  " + ForeignText.escape(value));
                    }
                });
                console().print("domains   " + (domains.isEmpty() ? "none" : String.join(", ", domains)));
                console().print("accounts  " + accounts);
            }
            return Sysexits.OK;
        }
    }

    /** {@code sealpost tenant list}. */
    @Command(
            name = "list",
            description = "Lists the tenants.",
            footerHeading = "%nExample:%n",
            footer = "  sealpost tenant list --json")
    static final class ListAll extends AdministrationCommand {
        @Mixin
        private JsonOption json;

        ListAll(CommandContext context) {
            super(context);
        }

        @Override
        int run(Administration administration) {
            json.print(console(), listing(), administration.accounts().tenants());
            return Sysexits.OK;
        }
    }
}
