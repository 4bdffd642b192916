package io.sealpost.cli.doctor;

import io.sealpost.account.Account;
import io.sealpost.account.EntryState;
import io.sealpost.cli.wiring.Administration;
import io.sealpost.mail.MailDomain;
import java.util.List;

/** Who may log in to send for one domain. */
final class DomainAccountsCheck implements Check {
    private final MailDomain domain;

    DomainAccountsCheck(MailDomain domain) {
        this.domain = domain;
    }

    @Override
    public String name() {
        return "accounts";
    }

    @Override
    public List<Finding> look(Patient patient) {
        List<Account> accounts =
                Administration.on(patient.settings(), patient.store(), "doctor").accounts().accounts().stream()
                        .filter(account -> account.address().domain().equals(domain))
                        .toList();
        long enabled = accounts.stream()
                .filter(account -> account.state() == EntryState.ACTIVE)
                .count();
        String sentence = accounts.size() + (accounts.size() == 1 ? " account at " : " accounts at ") + domain + ", "
                + enabled + " of them may log in";
        return List.of(
                enabled > 0
                        ? Finding.ok(sentence)
                        : Finding.warning(
                                sentence + ": unless others were given it as sender, nobody sends for it",
                                "sealpost account add NAME@" + domain));
    }
}
