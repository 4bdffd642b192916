package io.sealpost.cli;

import io.sealpost.account.Account;
import io.sealpost.account.AppPassword;
import io.sealpost.account.LoginHistory;
import io.sealpost.account.LoginUse;
import io.sealpost.account.SenderPattern;
import io.sealpost.cli.console.Fault;
import io.sealpost.cli.console.Sysexits;
import io.sealpost.cli.wiring.Administration;
import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.ForeignText;
import io.sealpost.queue.QueueFilter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code sealpost account show}. */
@Command(
        name = "show",
        description =
                "Shows an account: its tenant and state, as whom it may send, its app passwords, what of it waits.",
        footerHeading = "%nExample:%n",
        footer = "  sealpost account show anna@office.example")
final class AccountShow extends AdministrationCommand {
    @Parameters(paramLabel = "ADDRESS", description = "The account's address.")
    private EmailAddress address;

    @Mixin
    private JsonOption json;

    AccountShow(CommandContext context) {
        super(context);
    }

    @Override
    int run(Administration administration) {
        Account account = administration
                .accounts()
                .account(address)
                .orElseThrow(() -> new Fault(
                        Sysexits.NOINPUT,
                        "there is no account " + ForeignText.escape(address.toString())
                                + "; \"sealpost account list\" shows them"));
        List<AppPassword> passwords =
                Outcomes.value(administration.appPasswords().list(address));
        Map<String, Object> facts = facts(administration, account);
        if (json.wanted()) {
            facts.put("app_passwords", AppPasswordCommand.listing(address).objects(passwords));
            facts.replaceAll((name, value) -> value instanceof LoginUse use ? CredentialScreen.json(use) : value);
            console().json(facts);
        } else {
            facts.forEach((name, value) -> console().print("%-21s %s".formatted(name.replace('_', ' '), shown(value))));
            console().print("");
            AppPasswordCommand.listing(address).print(console(), passwords);
        }
        return Sysexits.OK;
    }

    private static Map<String, Object> facts(Administration administration, Account account) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("account", account.address().toString());
        facts.put("tenant", DomainCommand.tenantName(administration, account.tenant()));
        facts.put("state", account.state().stored());
        facts.put("main_password", account.login().name().toLowerCase(Locale.ROOT));
        facts.putAll(AccountSet.facts(Outcomes.value(administration.profiles().ofAccount(account.address()))));
        facts.put("created", account.created().toString());
        facts.put(
                "may_send_as",
                Outcomes.value(administration.accounts().senders(account.address())).stream()
                        .map(SenderPattern::toString)
                        .toList());
        LoginHistory.Seen seen = Outcomes.value(administration.logins().of(account.address()));
        seen.byMainPassword().ifPresent(use -> facts.put("last_login", use));
        seen.refused()
                .forEach((cause, use) -> facts.put("refused_" + cause.name().toLowerCase(Locale.ROOT), use));
        BrakeFacts.addTo(facts, Outcomes.value(administration.brakes().state(account.address())));
        facts.put("waiting", administration.queue().count(QueueFilter.ALL.withAccount(account.id())));
        return facts;
    }

    private static String shown(Object value) {
        if (value instanceof LoginUse use) {
            return ForeignText.escape(CredentialScreen.sentence(use));
        }
        if (value instanceof List<?> senders) {
            return senders.isEmpty()
                    ? "itself only"
                    : senders.stream().map(Object::toString).collect(Collectors.joining(", ", "itself, ", ""));
        }
        return ForeignText.escape(value.toString());
    }
}
