package io.sealpost.cli;

import io.sealpost.account.AccountProfile;
import io.sealpost.account.HeaderFrom;
import io.sealpost.account.MainPasswordUse;
import io.sealpost.cli.console.Fault;
import io.sealpost.cli.console.Sysexits;
import io.sealpost.cli.wiring.Administration;
import io.sealpost.mail.ForeignText;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sealpost account set}. */
@Command(
        name = "set",
        description = {
            "Sets an account's owner's name and language, and its rules.",
            "What is not named stays; an empty text takes it away."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  sealpost account set anna@office.example --display-name \"Anna Muster\" --language de",
            "  sealpost account set shop@office.example --main-password forbidden",
            "  sealpost account set forms@office.example --header-from rewrite"
        })
final class AccountSet extends AccountCommand.OfOne {
    @Option(names = "--display-name", paramLabel = "TEXT", description = "The owner's name.")
    private Optional<String> displayName = Optional.empty();

    @Option(names = "--language", paramLabel = "TAG", description = "Of notices to the owner, as de or pt-BR.")
    private Optional<String> language = Optional.empty();

    @Option(
            names = "--main-password",
            paramLabel = "RULE",
            description = "allowed, or forbidden: it logs in with app passwords only.")
    private Optional<MainPasswordUse> mainPassword = Optional.empty();

    @Option(
            names = "--header-from",
            paramLabel = "RULE",
            description = "What becomes of a foreign From: reject, or rewrite to the account's own address.")
    private Optional<HeaderFrom> headerFrom = Optional.empty();

    @Mixin
    private ReasonOption reason;

    @Mixin
    private JsonOption json;

    AccountSet(CommandContext context) {
        super(context);
    }

    @Override
    int run(Administration administration) {
        AccountProfile now =
                Outcomes.value(administration.profiles().changeAccount(address(), this::changed, reason.text()));
        if (json.wanted()) {
            console().json(facts(now));
        } else {
            facts(now)
                    .forEach((key, value) ->
                            console().print("%-14s %s".formatted(key.replace('_', ' '), ForeignText.escape(value))));
        }
        return Sysexits.OK;
    }

    private AccountProfile changed(AccountProfile before) {
        try {
            AccountProfile after = before;
            after = displayName.isEmpty() ? after : after.withDisplayName(TenantSet.given(displayName));
            after = language.isEmpty() ? after : after.withLanguage(TenantSet.given(language));
            after = headerFrom.map(after::withHeaderFrom).orElse(after);
            return mainPassword.map(after::withMainPassword).orElse(after);
        } catch (IllegalArgumentException unfit) {
            throw new Fault(Sysexits.DATAERR, unfit.getMessage());
        }
    }

    static Map<String, String> facts(AccountProfile profile) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("display_name", profile.displayName().orElse(""));
        facts.put("language", profile.language().orElse(""));
        facts.put("main_password_on_smtp", profile.mainPassword().stored());
        facts.put("header_from", profile.headerFrom().stored());
        return facts;
    }
}
