package io.sealpost.cli;

import io.sealpost.cli.console.Console;
import io.sealpost.cli.console.Times;
import io.sealpost.cli.wiring.Administration;
import io.sealpost.keys.DkimKey;
import io.sealpost.keys.DnsRecord;
import io.sealpost.keys.ExternalDomain;
import io.sealpost.keys.ExternalDomain.State;
import io.sealpost.keys.KeyState;
import io.sealpost.mail.ForeignText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An external domain as screens show it: where it stands, and who publishes what. */
final class ExternalDomainScreen {
    private final Console console;
    private final Administration administration;

    ExternalDomainScreen(Console console, Administration administration) {
        this.console = console;
        this.administration = administration;
    }

    /** Where it stands, in one line. */
    static String state(ExternalDomain domain) {
        String since = Times.shown(domain.proof().since());
        Optional<String> gone = domain.proof().goneSince().map(Times::shown);
        return switch (domain.proof().state()) {
            case CLAIMED -> "claimed since " + since + ", not proven: nothing is signed";
            case PROVEN ->
                "proven since " + since
                        + gone.map(at -> "; records are gone since " + at).orElse("");
            case LAPSED -> "its records are gone; since " + since + " nothing is signed";
        };
    }

    /** What the owner of the domain publishes. */
    void customerRecords(ExternalDomain domain) {
        console.print("; For the owner of " + domain.name() + ", once:");
        new PrintedRecords(console).publish(domain.customerRecords());
    }

    /** What the operator publishes. */
    void operatorRecords(ExternalDomain domain) {
        console.print("; For your zone " + domain.zone() + ":");
        new PrintedRecords(console).publish(operator(domain));
    }

    /** Of its keys whose records must stand. */
    List<DnsRecord> operator(ExternalDomain domain) {
        return administration.externalDomains().keys(domain).stream()
                .filter(key -> key.state() == KeyState.PENDING || key.state().published())
                .map(domain::operatorRecord)
                .toList();
    }

    /** A claim that is nobody's domain yet. */
    void claim(ExternalDomain domain) {
        console.print(domain.name().ascii());
        console.print("  tenant    " + ForeignText.escape(DomainCommand.tenantName(administration, domain.tenant())));
        console.print("  external  " + state(domain));
        for (DkimKey key : administration.externalDomains().keys(domain)) {
            console.print("  key       %s  %s %d  %s"
                    .formatted(
                            key.selector(),
                            key.algorithm().tag(),
                            key.bits(),
                            key.state().stored()));
        }
        console.print("  next      publish the records below, then run: sealpost domain check " + domain.name());
        console.print("");
        customerRecords(domain);
        operatorRecords(domain);
    }

    Map<String, Object> object(ExternalDomain domain) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("tenant", DomainCommand.tenantName(administration, domain.tenant()));
        object.put("state", domain.proof().state().name().toLowerCase(java.util.Locale.ROOT));
        object.put("since", domain.proof().since().toString());
        object.put(
                "gone_since", domain.proof().goneSince().map(Object::toString).orElse(null));
        object.put("token", domain.token());
        object.put("customer_records", domain.customerRecords());
        object.put("operator_records", operator(domain));
        return object;
    }

    static boolean isSigning(ExternalDomain domain) {
        return domain.proof().state() == State.PROVEN;
    }
}
