package io.sealpost.cli;

import io.sealpost.account.MainPasswordUse;
import io.sealpost.account.TenantProfile;
import io.sealpost.cli.console.Fault;
import io.sealpost.cli.console.Sysexits;
import io.sealpost.cli.wiring.Administration;
import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.ForeignText;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sealpost tenant set}. */
@Command(
        name = "set",
        description = {
            "Sets how a tenant appears to its customers, and its rule on main passwords.",
            "What is not named stays; an empty text takes it away."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  sealpost tenant set Reseller --display-name \"Muster Hosting\" --language de",
            "  sealpost tenant set Reseller --notice-sender mail@muster.example --link https://muster.example/mail",
            "  sealpost tenant set Reseller --main-password forbidden"
        })
final class TenantSet extends AdministrationCommand {
    @Parameters(paramLabel = "NAME", description = "The tenant's name.")
    private String name;

    @Option(names = "--display-name", paramLabel = "TEXT", description = "Its name in notices.")
    private Optional<String> displayName = Optional.empty();

    @Option(
            names = "--notice-sender",
            paramLabel = "ADDRESS",
            description = "From of notices to its customers, of a domain that it holds.")
    private Optional<String> noticeSender = Optional.empty();

    @Option(names = "--link", paramLabel = "URL", description = "Where its customers find help; https.")
    private Optional<String> link = Optional.empty();

    @Option(names = "--language", paramLabel = "TAG", description = "Of notices, as de or pt-BR.")
    private Optional<String> language = Optional.empty();

    @Option(
            names = "--main-password",
            paramLabel = "RULE",
            description = "allowed, or forbidden: its accounts log in with app passwords only.")
    private Optional<MainPasswordUse> mainPassword = Optional.empty();

    @Mixin
    private ReasonOption reason;

    @Mixin
    private JsonOption json;

    TenantSet(CommandContext context) {
        super(context);
    }

    @Override
    int run(Administration administration) {
        TenantProfile now = Outcomes.value(administration.profiles().changeTenant(name, this::changed, reason.text()));
        if (json.wanted()) {
            console().json(facts(now));
        } else {
            facts(now)
                    .forEach((key, value) ->
                            console().print("%-14s %s".formatted(key.replace('_', ' '), ForeignText.escape(value))));
        }
        return Sysexits.OK;
    }

    private TenantProfile changed(TenantProfile before) {
        try {
            TenantProfile after = before;
            after = displayName.isEmpty() ? after : after.withDisplayName(given(displayName));
            after = noticeSender.isEmpty()
                    ? after
                    : after.withNoticeSender(given(noticeSender).map(EmailAddress::parse));
            after = link.isEmpty() ? after : after.withLink(given(link).map(URI::create));
            after = language.isEmpty() ? after : after.withLanguage(given(language));
            return mainPassword.map(after::withMainPassword).orElse(after);
        } catch (IllegalArgumentException unfit) {
            throw new Fault(Sysexits.DATAERR, unfit.getMessage());
        }
    }

    /** An empty text takes away. */
    static Optional<String> given(Optional<String> option) {
        return option.map(String::strip).filter(text -> !text.isEmpty());
    }

    static Map<String, String> facts(TenantProfile profile) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("display_name", profile.displayName().orElse(""));
        facts.put(
                "notice_sender",
                profile.noticeSender().map(EmailAddress::toString).orElse(""));
        facts.put("link", profile.link().map(URI::toASCIIString).orElse(""));
        facts.put("language", profile.language().orElse(""));
        facts.put("main_password", profile.mainPassword().stored());
        return facts;
    }
}
