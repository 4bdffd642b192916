package io.sealpost.cli.doctor;

import io.sealpost.mail.MailDomain;
import java.util.List;

/** The checks in the order in which they are told: this machine first, the world last. A new one is a class and a line here. */
final class Checks {
    private Checks() {}

    /** Of the whole relay. */
    static List<Check> ofRelay() {
        return List.of(
                new HostnameCheck(),
                new StateDirectoryCheck(),
                new DiskSpaceCheck(),
                new MasterKeyCheck(),
                new DatabaseCheck(),
                new SchemaCheck(),
                new ReplicationCheck(),
                new ClockCheck(),
                new NodesCheck(),
                new QueueCheck(),
                new CertificateCheck(),
                new ListenersCheck(),
                new LegacyCheck(),
                new DnsServersCheck(),
                new KeysCheck(),
                new SourceAddressCheck(),
                new HeloNameCheck(),
                new PortOutCheck());
    }

    /** Of one domain that is sent for. */
    static List<Check> ofDomain(MailDomain domain) {
        return List.of(
                new DomainHeldCheck(domain),
                new DomainKeysCheck(domain),
                new DomainAccountsCheck(domain),
                new SpfCheck(domain),
                new DmarcCheck(domain),
                new SenderMxCheck(domain));
    }
}
