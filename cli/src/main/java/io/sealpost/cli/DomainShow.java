package io.sealpost.cli;

import io.sealpost.account.EntryState;
import io.sealpost.account.Tenant;
import io.sealpost.cli.console.Sysexits;
import io.sealpost.cli.console.Times;
import io.sealpost.cli.console.ZoneLine;
import io.sealpost.cli.wiring.Administration;
import io.sealpost.keys.DkimKey;
import io.sealpost.keys.DnsRecord;
import io.sealpost.keys.ExternalDomain;
import io.sealpost.keys.HeldDomain;
import io.sealpost.keys.KeyAlgorithm;
import io.sealpost.keys.KeyState;
import io.sealpost.mail.ForeignText;
import io.sealpost.mail.MailDomain;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code sealpost domain show}. */
@Command(
        name = "show",
        description = "Shows a domain whole: who holds it, its keys, what is still to do, and the records for its DNS.",
        footerHeading = "%nExample:%n",
        footer = "  sealpost domain show office.example")
final class DomainShow extends AdministrationCommand {
    @Parameters(paramLabel = "DOMAIN", description = "The domain.")
    private MailDomain name;

    @Mixin
    private JsonOption json;

    /** What is shown. */
    private record Shown(
            HeldDomain domain,
            Tenant tenant,
            long accounts,
            List<DkimKey> keys,
            List<DnsRecord> records,
            List<DnsRecord> advice) {
        List<DkimKey> in(KeyState state) {
            return keys.stream().filter(key -> key.state() == state).toList();
        }

        /** What keeps its mail from going, or from being trusted; in the order to do it. */
        List<String> next() {
            MailDomain name = domain.name();
            List<DkimKey> active = in(KeyState.ACTIVE);
            List<String> next = new ArrayList<>();
            if (tenant.state() == EntryState.DISABLED) {
                next.add("its tenant is disabled: sealpost tenant enable " + ForeignText.escape(tenant.name()));
            }
            if (!in(KeyState.PENDING).isEmpty()) {
                next.add((active.isEmpty() ? "no key signs yet: " : "a key is pending: ")
                        + "publish its record, then run: sealpost dkim activate " + name);
            } else if (active.isEmpty()) {
                next.add("it has no key: sealpost dkim create " + name);
            } else if (active.stream().noneMatch(key -> key.algorithm() == KeyAlgorithm.RSA)) {
                next.add("only an Ed25519 key signs, which many receivers do not know: sealpost dkim create " + name
                        + " --algorithm rsa");
            }
            if (accounts == 0) {
                next.add("no account has an address of it: sealpost account add anna@" + name);
            }
            return next;
        }
    }

    DomainShow(CommandContext context) {
        super(context);
    }

    @Override
    int run(Administration administration) {
        ExternalDomainScreen screen = new ExternalDomainScreen(console(), administration);
        List<ExternalDomain> externals = administration.externalDomains().of(name);
        if (!externals.isEmpty() && administration.keys().domain(name).isEmpty()) {
            if (json.wanted()) {
                console()
                        .json(Map.of(
                                "domain",
                                name.ascii(),
                                "external",
                                externals.stream().map(screen::object).toList()));
            } else {
                externals.forEach(screen::claim);
            }
            return Sysexits.OK;
        }
        HeldDomain domain = DomainCommand.held(administration, name);
        Shown shown = new Shown(
                domain,
                DomainCommand.tenant(administration, domain.tenant()),
                administration.accounts().accountsIn(name),
                administration.keys().keys(name),
                administration.keys().keys(name).stream()
                        .filter(key ->
                                key.state() == KeyState.PENDING || key.state().published())
                        .map(administration::recordOf)
                        .toList(),
                advice(administration.hostname()));
        if (json.wanted()) {
            Map<String, Object> object = object(shown);
            if (!externals.isEmpty()) {
                object.put("external", externals.stream().map(screen::object).toList());
            }
            console().json(object);
        } else {
            print(shown);
            externals.forEach(claim -> {
                console().print("");
                console()
                        .print("external, "
                                + ForeignText.escape(DomainCommand.tenantName(administration, claim.tenant())) + ": "
                                + ExternalDomainScreen.state(claim));
                screen.customerRecords(claim);
                screen.operatorRecords(claim);
            });
        }
        return Sysexits.OK;
    }

    /** SPF for the envelope sender (RFC 7208), and DMARC at its mildest (RFC 7489). */
    private List<DnsRecord> advice(MailDomain host) {
        return List.of(
                new DnsRecord(name.ascii(), "TXT", "v=spf1 a:" + host.ascii() + " ~all"),
                new DnsRecord(
                        "_dmarc." + name.ascii(), "TXT", "v=DMARC1; p=none; rua=mailto:postmaster@" + name.ascii()));
    }

    private void print(Shown shown) {
        String unicode = name.unicode().equals(name.ascii()) ? "" : " (" + name.unicode() + ")";
        console().print(name + unicode);
        console().print("  tenant    " + ForeignText.escape(shown.tenant().name()));
        console().print("  added     " + Times.shown(shown.domain().created()));
        console().print("  accounts  " + shown.accounts());
        shown.keys()
                .forEach(key -> console()
                        .print("  key       %s  %s %d  %s since %s"
                                .formatted(
                                        key.selector(),
                                        key.algorithm().tag(),
                                        key.bits(),
                                        key.state().stored(),
                                        Times.shown(key.stateSince()))));
        shown.next().forEach(step -> console().print("  next      " + step));
        if (!shown.records().isEmpty()) {
            console().print("\n; DKIM: these must stand while their keys are in use.");
            shown.records().forEach(this::printRecord);
        }
        console().print("\n; Advice: fit it to what stands there. One v=spf1 record a name: add the a: to yours.");
        shown.advice().forEach(this::printRecord);
    }

    private void printRecord(DnsRecord record) {
        console().print(ZoneLine.of(record.name(), record.type(), record.value()));
    }

    private static Map<String, Object> object(Shown shown) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("domain", shown.domain().name().ascii());
        object.put("tenant", shown.tenant().name());
        object.put("created", shown.domain().created().toString());
        object.put("accounts", shown.accounts());
        object.put("keys", shown.keys().stream().map(DomainShow::object).toList());
        object.put("next", shown.next());
        object.put("records", shown.records());
        object.put("advice", shown.advice());
        return object;
    }

    private static Map<String, Object> object(DkimKey key) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("selector", key.selector());
        object.put("algorithm", key.algorithm().tag());
        object.put("bits", key.bits());
        object.put("state", key.state().stored());
        object.put("since", key.stateSince().toString());
        return object;
    }
}
