package io.sealpost.cli.doctor;

import io.sealpost.mail.ForeignText;
import io.sealpost.mail.MailDomain;
import io.sealpost.relay.dns.DnsAnswer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether the domain, or one above it, has a DMARC policy (RFC 7489 §6.1, §6.6.3). */
final class DmarcCheck implements Check {
    private static final Pattern POLICY = Pattern.compile("(?:^|;)\\s*p\\s*=\\s*([a-z]+)");

    private final MailDomain domain;

    DmarcCheck(MailDomain domain) {
        this.domain = domain;
    }

    @Override
    public String name() {
        return "dmarc";
    }

    @Override
    public List<Finding> look(Patient patient) {
        // Which domain above is the organisation's only a list of suffixes can tell; a top-level domain's never is.
        for (Optional<MailDomain> at = Optional.of(domain);
                at.isPresent() && at.get().parent().isPresent();
                at = at.flatMap(MailDomain::parent)) {
            String name = "_dmarc." + at.get();
            DnsAnswer<String> answer = patient.dns().txt(name);
            if (answer instanceof DnsAnswer.Failed<String> failed) {
                return List.of(Finding.warning(
                        name + " could not be asked for: " + failed.detail(), "run doctor again later"));
            }
            List<String> records = answer instanceof DnsAnswer.Found<String> found
                    ? found.records().stream()
                            .filter(record -> record.toLowerCase(Locale.ROOT).startsWith("v=dmarc1"))
                            .toList()
                    : List.of();
            if (!records.isEmpty()) {
                return List.of(judge(name, records));
            }
        }
        return List.of(Finding.warning(
                domain + " has no DMARC policy: large providers ask for one of whoever sends much",
                "publish a TXT record at _dmarc." + domain + ", to begin with \"v=DMARC1; p=none\""));
    }

    private static Finding judge(String name, List<String> records) {
        if (records.size() > 1) {
            return Finding.problem(
                    records.size() + " DMARC records stand at " + name + ": receivers then take none",
                    "make one of them");
        }
        Matcher policy = POLICY.matcher(records.get(0).toLowerCase(Locale.ROOT));
        return policy.find()
                ? Finding.ok(name + " says p=" + policy.group(1))
                : Finding.warning(
                        name + " has no p=: " + ForeignText.escape(records.get(0)),
                        "add p=none, p=quarantine or p=reject");
    }
}
