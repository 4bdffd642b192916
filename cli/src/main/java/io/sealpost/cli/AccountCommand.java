package io.sealpost.cli;

import io.sealpost.account.Account;
import io.sealpost.account.EntryState;
import io.sealpost.cli.console.Fault;
import io.sealpost.cli.console.Listing;
import io.sealpost.cli.console.Sysexits;
import io.sealpost.cli.wiring.Administration;
import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.ForeignText;
import io.sealpost.mail.Secret;
import io.sealpost.queue.QueueFilter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sealpost account …}. */
@Command(
        name = "account",
        description = "Adds, lists, disables and removes accounts.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            AccountCommand.Add.class,
            AccountCommand.ListAll.class,
            AccountShow.class,
            AccountSet.class,
            AccountImportCommand.class,
            AccountCommand.Passwd.class,
            AccountDisable.class,
            AccountCommand.Enable.class,
            AccountLimits.class,
            AccountUsage.class,
            AccountRelease.class,
            AccountDropHeld.class,
            AccountCommand.Remove.class,
            AccountErase.class
        },
        footerHeading = "%nExample:%n",
        footer = "  sealpost account add anna@office.example --generate")
final class AccountCommand {
    private static Listing<Account> listing() {
        return new Listing<Account>("No account yet; add one: sealpost account add anna@office.example")
                .column("ACCOUNT", "account", account -> account.address().toString())
                .column("STATE", "state", account -> account.state().stored())
                .column(
                        "MAIN PASSWORD",
                        "main_password",
                        account -> account.login().name().toLowerCase(Locale.ROOT))
                .column("ADDED", "created", Account::created);
    }

    /** One account by its address. */
    abstract static class OfOne extends AdministrationCommand {
        @Parameters(paramLabel = "ADDRESS", description = "The account's address.")
        private EmailAddress address;

        OfOne(CommandContext context) {
            super(context);
        }

        EmailAddress address() {
            return address;
        }

        Account known(Administration administration) {
            return administration
                    .accounts()
                    .account(address)
                    .orElseThrow(() -> new Fault(
                            Sysexits.NOINPUT, "there is no account " + ForeignText.escape(address.toString())));
        }

        int setState(Administration administration, EntryState state, Optional<String> reason) {
            Account changed = Outcomes.value(administration.accounts().setState(address, state, reason));
            console().print(changed.address() + " is " + state.stored() + ".");
            return Sysexits.OK;
        }

        void showOnce(Secret generated) {
            console().print("Its password, shown only now: " + generated.reveal());
        }
    }

    /** {@code sealpost account add}. */
    @Command(
            name = "add",
            description = {
                "Adds an account of a domain that its tenant holds.",
                "The password is read from standard input, or asked for on a terminal."
            },
            footerHeading = "%nExamples:%n",
            footer = {
                "  sealpost account add anna@office.example",
                "  sealpost account add anna@office.example --generate",
                "  printf '%%s' \"$PASSWORD\" | sealpost account add anna@office.example"
            })
    static final class Add extends OfOne {
        @Option(names = "--tenant", paramLabel = "NAME", description = "Its tenant; else the operator.")
        private Optional<String> tenant = Optional.empty();

        @Mixin
        private JsonOption json;

        @ArgGroup
        private PasswordChoice choice = new PasswordChoice();

        /** At most one of them. */
        static final class PasswordChoice {
            @Option(names = "--generate", description = "Makes a password and shows it once.")
            private boolean generate;

            @Option(names = "--no-password", description = "No main password: it logs in with app passwords only.")
            private boolean none;
        }

        Add(CommandContext context) {
            super(context);
        }

        @Override
        int run(Administration administration) {
            Optional<Secret> password = password();
            long tenantId = DomainCommand.tenantId(administration, tenant);
            Account added = Outcomes.value(administration.accounts().addAccount(tenantId, address(), password));
            Optional<Secret> shown = choice.generate ? password : Optional.empty();
            if (json.wanted()) {
                Map<String, Object> object =
                        new LinkedHashMap<>(listing().objects(List.of(added)).get(0));
                shown.ifPresent(secret -> object.put("password", secret.reveal()));
                console().json(object);
            } else {
                console().print("Added " + added.address() + ".");
                shown.ifPresent(this::showOnce);
            }
            return Sysexits.OK;
        }

        private Optional<Secret> password() {
            if (choice.none) {
                return Optional.empty();
            }
            return Optional.of(choice.generate ? Passwords.generate() : Passwords.read(console()));
        }
    }

    /** {@code sealpost account passwd}. */
    @Command(
            name = "passwd",
            description = "Gives an account another main password, read from standard input or asked for.",
            footerHeading = "%nExample:%n",
            footer = "  sealpost account passwd anna@office.example --generate")
    static final class Passwd extends OfOne {
        @Option(names = "--generate", description = "Makes a password and shows it once.")
        private boolean generate;

        Passwd(CommandContext context) {
            super(context);
        }

        @Override
        int run(Administration administration) {
            Secret password = generate ? Passwords.generate() : Passwords.read(console());
            Outcomes.value(administration.accounts().setPassword(address(), password));
            console().print("Changed the password of " + address() + ".");
            if (generate) {
                showOnce(password);
            }
            return Sysexits.OK;
        }
    }

    /** {@code sealpost account enable}. */
    @Command(
            name = "enable",
            description = "Lets an account log in and send again.",
            footerHeading = "%nExample:%n",
            footer = "  sealpost account enable anna@office.example")
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

    /** {@code sealpost account remove}. */
    @Command(
            name = "remove",
            description = {
                "Deletes an account with its app passwords and senders.",
                "Mail of it that is in the queue already goes its way; drop it first where it must not."
            },
            footerHeading = "%nExample:%n",
            footer = "  sealpost account remove anna@office.example")
    static final class Remove extends OfOne {
        Remove(CommandContext context) {
            super(context);
        }

        @Override
        int run(Administration administration) {
            Account removed = Outcomes.value(administration.accounts().removeAccount(address()));
            console().print("Removed " + removed.address() + ".");
            long waiting = administration.queue().count(QueueFilter.ALL.withAccount(removed.id()));
            if (waiting > 0) {
                console()
                        .note((waiting == 1
                                        ? "1 delivery of its mail still waits and goes"
                                        : waiting + " deliveries of its mail still wait and go")
                                + " out; to see or drop: sealpost queue list --sender " + removed.address());
            }
            return Sysexits.OK;
        }
    }

    /** {@code sealpost account list}. */
    @Command(
            name = "list",
            description = "Lists the accounts.",
            footerHeading = "%nExample:%n",
            footer = "  sealpost account list --json")
    static final class ListAll extends AdministrationCommand {
        @Mixin
        private JsonOption json;

        ListAll(CommandContext context) {
            super(context);
        }

        @Override
        int run(Administration administration) {
            json.print(console(), listing(), administration.accounts().accounts());
            return Sysexits.OK;
        }
    }
}
