package io.sealpost.cli;

import io.sealpost.account.EntryState;
import io.sealpost.account.Tenant;
import io.sealpost.cli.console.Listing;
import io.sealpost.cli.console.Sysexits;
import io.sealpost.cli.wiring.Administration;
import io.sealpost.mail.ForeignText;
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
            TenantCommand.Disable.class,
            TenantCommand.Enable.class
        },
        footerHeading = "%nExample:%n",
        footer = "  sealpost tenant add Reseller")
final class TenantCommand {
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

        int setState(Administration administration, EntryState state) {
            Tenant changed = Outcomes.value(administration.accounts().setTenantState(name, state));
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
        Add(CommandContext context) {
            super(context);
        }

        @Override
        int run(Administration administration) {
            Tenant added = Outcomes.value(administration.accounts().addTenant(name()));
            String shown = ForeignText.escape(added.name());
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
        Disable(CommandContext context) {
            super(context);
        }

        @Override
        int run(Administration administration) {
            return setState(administration, EntryState.DISABLED);
        }
    }

    /** {@code sealpost tenant enable}. */
    @Command(
            name = "enable",
            description = "Enables a tenant again.",
            footerHeading = "%nExample:%n",
            footer = "  sealpost tenant enable Reseller")
    static final class Enable extends OfOne {
        Enable(CommandContext context) {
            super(context);
        }

        @Override
        int run(Administration administration) {
            return setState(administration, EntryState.ACTIVE);
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
            Listing<Tenant> listing = new Listing<Tenant>("No tenant.")
                    .column("TENANT", "tenant", Tenant::name)
                    .column("STATE", "state", tenant -> tenant.state().stored());
            json.print(console(), listing, administration.accounts().tenants());
            return Sysexits.OK;
        }
    }
}
