package io.sealpost.cli.doctor;

import io.sealpost.keys.DkimKey;
import io.sealpost.keys.KeyInspection;
import io.sealpost.keys.KeyState;
import io.sealpost.keys.RecordRetention;
import io.sealpost.keys.jdbc.JdbcKeyInspection;
import io.sealpost.mail.MailDomain;
import java.util.ArrayList;
import java.util.List;

/** The keys of one domain and what our name servers and the zone's own show of them. */
final class DomainKeysCheck implements Check {
    private final MailDomain domain;

    DomainKeysCheck(MailDomain domain) {
        this.domain = domain;
    }

    @Override
    public String name() {
        return "keys";
    }

    @Override
    public List<Finding> look(Patient patient) {
        KeyInspection inspection = new JdbcKeyInspection(patient.store().transactions());
        List<DkimKey> keys = inspection.keys(domain).stream()
                .filter(key -> key.state() != KeyState.RETIRED && key.state() != KeyState.FAILED)
                .toList();
        KeyRecordLook look = new KeyRecordLook(
                patient.records()::everywhere,
                RecordRetention.of(
                        patient.settings().queue().expire(),
                        patient.settings().queue().bounceExpire()),
                patient.store().clock().instant());
        List<Finding> findings = new ArrayList<>();
        keys.forEach(key -> findings.addAll(look.look(key)));
        if (keys.stream().noneMatch(key -> key.state() == KeyState.ACTIVE)) {
            findings.add(Finding.problem(
                    "no key signs for " + domain + ": its mail is refused or held",
                    keys.isEmpty()
                            ? "sealpost dkim create " + domain
                            : "publish the records, then: sealpost dkim activate " + domain));
        }
        return findings;
    }
}
