package io.sealpost.cli.doctor;

import io.sealpost.keys.jdbc.JdbcKeyInspection;
import io.sealpost.mail.MailDomain;
import java.util.List;

/** Whether somebody here holds the domain. */
final class DomainHeldCheck implements Check {
    private final MailDomain domain;

    DomainHeldCheck(MailDomain domain) {
        this.domain = domain;
    }

    @Override
    public String name() {
        return "domain";
    }

    @Override
    public List<Finding> look(Patient patient) {
        return List.of(new JdbcKeyInspection(patient.store().transactions())
                .domain(domain)
                .map(held -> Finding.ok(domain + " is held here since "
                        + held.created().toString().substring(0, 10)))
                .orElseGet(() -> Finding.problem(
                        "nobody here holds " + domain + ": its mail is refused", "sealpost domain add " + domain)));
    }
}
