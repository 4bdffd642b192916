package io.sealpost.cli;

import io.sealpost.cli.config.SettingText;
import io.sealpost.cli.console.Fault;
import io.sealpost.cli.console.Listing;
import io.sealpost.cli.console.Sysexits;
import io.sealpost.cli.wiring.Administration;
import io.sealpost.dkim.SigningOptions;
import io.sealpost.keys.SigningChoices;
import io.sealpost.mail.MailDomain;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sealpost dkim options}. */
@Command(
        name = "options",
        description = {
            "Shows how a domain's mail is signed, or changes it for mail that comes from now on: which header fields, when the signature"
                    + " expires, and the identity it names.",
            "From is always signed; a signature never expires before its message does (queue.expire)."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  sealpost dkim options office.example",
            "  sealpost dkim options office.example --expire 10d --sign-field X-Ticket",
            "  sealpost dkim options office.example --no-sign-field Sender --identity @office.example",
            "  sealpost dkim options office.example --usual"
        })
final class DkimOptions extends AdministrationCommand {
    private static final String NONE = "none";

    @Parameters(index = "0", paramLabel = "DOMAIN", description = "The domain.")
    private MailDomain domain;

    @Option(
            names = "--usual",
            description = "Takes all of the domain's own choices back; others given with it count from there.")
    private boolean usual;

    @Option(
            names = "--expire",
            paramLabel = "TIME",
            description = "x=: a signature holds so long, as 10d; none: for ever.")
    private Optional<String> expire = Optional.empty();

    @Option(
            names = "--identity",
            paramLabel = "ADDRESS",
            description = "i=: an address, or @ and a domain, in or below the domain; none: no i=.")
    private Optional<String> identity = Optional.empty();

    @Option(
            names = "--sign-field",
            paramLabel = "NAME",
            description = "Signs this field as often as it stands; may be given again.")
    private List<String> signed = List.of();

    @Option(
            names = "--oversign-field",
            paramLabel = "NAME",
            description = "Signs this field once more than it stands, so that nobody can add one; may be given again.")
    private List<String> oversigned = List.of();

    @Option(
            names = "--no-sign-field",
            paramLabel = "NAME",
            description = "Leaves this field unsigned; may be given again.")
    private List<String> leftOut = List.of();

    @Mixin
    private JsonOption json;

    /** What is shown of a domain. */
    private record Shown(String option, Object value) {}

    DkimOptions(CommandContext context) {
        super(context);
    }

    @Override
    int run(Administration administration) {
        boolean changes = usual
                || expire.isPresent()
                || identity.isPresent()
                || !signed.isEmpty()
                || !oversigned.isEmpty()
                || !leftOut.isEmpty();
        SigningChoices choices = Outcomes.value(
                changes
                        ? administration.signing().choose(domain, now -> changed(administration, now))
                        : administration.signing().choices(domain));
        show(administration.optionsOf(choices));
        return Sysexits.OK;
    }

    private SigningChoices changed(Administration administration, SigningChoices now) {
        SigningChoices start = usual ? SigningChoices.NONE : now;
        List<String> more = lower(signed);
        List<String> over = lower(oversigned);
        List<String> less = lower(leftOut);
        try {
            SigningChoices wanted = new SigningChoices(
                    lifetime(administration.longestWait(), start),
                    identity.map(agent -> agent.equals(NONE) ? Optional.<String>empty() : Optional.of(agent))
                            .orElse(start.identity()),
                    joined(start.oversigned(), over, name -> more.contains(name) || less.contains(name)),
                    joined(start.signed(), more, name -> over.contains(name) || less.contains(name)),
                    joined(start.leftOut(), less, name -> more.contains(name) || over.contains(name)));
            administration.optionsOf(wanted); // Says which fields cannot be signed.
            return wanted;
        } catch (IllegalArgumentException unfit) {
            throw new Fault(Sysexits.USAGE, unfit.getMessage());
        }
    }

    private Optional<Duration> lifetime(Duration longestWait, SigningChoices start) {
        if (expire.isEmpty()) {
            return start.lifetime();
        }
        if (expire.get().equals(NONE)) {
            return Optional.empty();
        }
        Duration wanted = SettingText.duration(expire.get());
        if (wanted.compareTo(longestWait) < 0) {
            throw new IllegalArgumentException("mail may wait " + days(longestWait)
                    + " in the queue (queue.expire); a signature must live as long, or it leaves when it is over");
        }
        return Optional.of(wanted);
    }

    private static List<String> joined(List<String> before, List<String> more, Predicate<String> elsewhere) {
        List<String> all = new ArrayList<>(before);
        all.removeIf(elsewhere);
        all.addAll(more);
        return all;
    }

    private static List<String> lower(List<String> names) {
        return names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
    }

    private void show(SigningOptions options) {
        Optional<String> life = options.lifetime().map(DkimOptions::days);
        if (json.wanted()) {
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("domain", domain.ascii());
            object.put("expire", life.orElse(null));
            object.put("identity", options.identity().orElse(null));
            object.put("oversigned", options.fields().oversigned());
            object.put("signed", options.fields().present());
            console().json(object);
            return;
        }
        new Listing<Shown>("")
                .column("OPTION", "option", Shown::option)
                .column("VALUE", "value", Shown::value)
                .print(
                        console(),
                        List.of(
                                new Shown("expire", life.orElse("never")),
                                new Shown("identity", options.identity().orElse("none")),
                                new Shown(
                                        "oversigned",
                                        String.join(" ", options.fields().oversigned())),
                                new Shown(
                                        "signed",
                                        String.join(" ", options.fields().present()))));
    }

    /** As it was given, in the largest unit that fits. */
    private static String days(Duration time) {
        if (time.toSeconds() % 86_400 == 0) {
            return time.toDays() + "d";
        }
        return time.toSeconds() % 3600 == 0 ? time.toHours() + "h" : time.toSeconds() + "s";
    }
}
