package io.sealpost.cli.doctor;

import io.sealpost.relay.dns.DnsFailure;
import io.sealpost.relay.dns.ServerHealth;
import java.time.Duration;
import java.util.List;

/** Whether each name server looks things up for us, soon, and says whether it validated. */
final class DnsServersCheck implements Check {
    private static final Duration SLOW = Duration.ofSeconds(1);

    @Override
    public String name() {
        return "dns servers";
    }

    @Override
    public List<Finding> look(Patient patient) {
        List<ServerHealth> servers = patient.dns().health();
        return servers.isEmpty()
                ? List.of(Finding.problem(
                        "no name server is known", "name one: servers = [\"192.0.2.53:53\"] under [dns]"))
                : servers.stream().map(DnsServersCheck::judge).toList();
    }

    static Finding judge(ServerHealth health) {
        String server = health.server().getAddress().getHostAddress() + ":"
                + health.server().getPort();
        if (health.answer() instanceof ServerHealth.Answer.Failed failed) {
            return failed.why() == DnsFailure.REFUSED
                    ? Finding.warning(
                            server + " refuses to look up names outside its own zones: mail to all others waits",
                            "let [dns] servers name a resolver; the sandbox's server is meant so")
                    : Finding.problem(
                            server + " gives no answer: " + failed.detail(),
                            "let [dns] servers name servers that answer from this machine (try: dig @"
                                    + health.server().getAddress().getHostAddress() + " . SOA)");
        }
        String answers = server + " answers in " + health.took().toMillis() + " ms, "
                + (health.answer() instanceof ServerHealth.Answer.Validated
                        ? "validated by DNSSEC"
                        : "without saying that it validated by DNSSEC");
        return health.took().compareTo(SLOW) > 0
                ? Finding.warning(answers + ": every delivery waits for it", "name a nearer server under [dns]")
                : Finding.ok(answers);
    }
}
