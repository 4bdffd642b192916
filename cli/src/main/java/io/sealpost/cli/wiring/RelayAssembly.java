package io.sealpost.cli.wiring;

import io.sealpost.account.Argon2Hasher;
import io.sealpost.account.brake.NotedAccounts;
import io.sealpost.account.jdbc.JdbcAccounts;
import io.sealpost.account.jdbc.LoginUses;
import io.sealpost.cli.config.Settings;
import io.sealpost.database.AuditUpkeep;
import io.sealpost.database.ChangeFeedReader;
import io.sealpost.database.NodeNumber;
import io.sealpost.database.NodeWatch;
import io.sealpost.database.Nodes;
import io.sealpost.database.Pulse;
import io.sealpost.database.TimeOrderedIds;
import io.sealpost.database.Transactions;
import io.sealpost.dkim.DkimSigner;
import io.sealpost.dkim.SigningAlgorithm;
import io.sealpost.dkim.SigningKeys;
import io.sealpost.keys.CacheBounds;
import io.sealpost.keys.DataKeys;
import io.sealpost.keys.KeyAlgorithm;
import io.sealpost.keys.KeyParser;
import io.sealpost.keys.Sealing;
import io.sealpost.keys.jdbc.Changes;
import io.sealpost.keys.jdbc.JdbcExternalDomains;
import io.sealpost.keys.jdbc.JdbcKeyAdministration;
import io.sealpost.keys.jdbc.JdbcKeys;
import io.sealpost.keys.jdbc.JdbcSigningChoices;
import io.sealpost.queue.QueueClaims;
import io.sealpost.queue.QueueIntake;
import io.sealpost.queue.jdbc.JdbcDeliveryMemory;
import io.sealpost.queue.jdbc.JdbcQueueClaims;
import io.sealpost.queue.jdbc.JdbcQueueIntake;
import io.sealpost.queue.jdbc.JdbcQueueMaintenance;
import io.sealpost.queue.jdbc.QueueSettings;
import io.sealpost.relay.authorise.SenderAuthority;
import io.sealpost.relay.bounce.Letters;
import io.sealpost.relay.bounce.Notices;
import io.sealpost.relay.deliver.SmtpDelivery;
import io.sealpost.relay.intake.BrakedIntake;
import io.sealpost.relay.intake.MessageIntake;
import io.sealpost.relay.outbound.OutboundPeers;
import io.sealpost.relay.outbound.OutboundService;
import io.sealpost.relay.outbound.Suspensions;
import io.sealpost.relay.signing.MessageSigning;
import io.sealpost.relay.smtp.SmtpListeners;
import io.sealpost.relay.smtp.SmtpService;
import io.sealpost.relay.smtp.tls.CertificateWatch;
import io.sealpost.relay.smtp.tls.ServerTls;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Joins the parts of a relay, top to bottom as a message goes. One long list of {@code new} on purpose: whoever asks what talks to what
 * reads it here.
 */
public final class RelayAssembly {
    static final CacheBounds CACHES = new CacheBounds(100_000, Duration.ofMinutes(10));

    private static final Duration LOGIN_USES = Duration.ofMinutes(1);
    private static final Duration DELEGATIONS = Duration.ofSeconds(5);

    private final Settings settings;
    private final Transactions transactions;
    private final Clock clock;
    private final NodeNumber node;

    private RelayAssembly(Settings settings, Store store, NodeNumber node) {
        this.settings = settings;
        this.transactions = store.transactions();
        this.clock = store.clock();
        this.node = node;
    }

    /**
     * A relay that is not started yet.
     *
     * @param dataKeys opened by the master key
     * @param node the number that this process has in the database
     * @throws io.sealpost.relay.smtp.ListenerFault when the spool cannot be used
     * @throws io.sealpost.relay.smtp.tls.CertificateFault when a certificate or key cannot be used
     */
    public static Relay assemble(Settings settings, Store store, DataKeys dataKeys, NodeNumber node) {
        return new RelayAssembly(settings, store, node).assemble(dataKeys);
    }

    private Relay assemble(DataKeys dataKeys) {
        ChangeFeedReader feed = new ChangeFeedReader(transactions, clock, System::nanoTime);
        QueueSettings queue = QueueSettings.ofNode(node.number());
        RelaySettings parts = new RelaySettings(settings, clock, queue.lease());
        LoginGuard guard = LoginGuard.of(transactions, clock, node, parts);
        LoginUses uses = new LoginUses(transactions, clock, LOGIN_USES);
        JdbcAccounts accounts = new JdbcAccounts(
                transactions,
                dataKeys,
                new JdbcAccounts.Passwords(Argon2Hasher.ofThisMachine(), guard.guesses()),
                feed,
                CACHES,
                clock,
                uses);
        SigningKeys signingKeys = SigningKeys.choose();
        JdbcKeys keys = new JdbcKeys(transactions, new Sealing(dataKeys), parser(signingKeys), feed, CACHES);

        TimeOrderedIds ids = new TimeOrderedIds(clock, node.number());
        AtomicReference<RelaySettings.Ways> ways = new AtomicReference<>(parts.ways());
        LiveSigning wishes =
                new LiveSigning(new JdbcSigningChoices(transactions, feed, CACHES), signingKeys, ways, parts);
        MessageSigning signing =
                new MessageSigning(keys, new DkimSigner(signingKeys), wishes, Optional.of(wishes.proof()), clock);
        SendingWatch sending = SendingWatch.of(transactions, feed, clock, node, parts, guard, accounts);
        QueueClaims claims = new WatchedClaims(new JdbcQueueClaims(transactions, clock, ids, queue), sending.watch());

        Nodes nodes = new Nodes(transactions, clock, JdbcQueueMaintenance::holdsLeases);
        NodeWatch watch = new NodeWatch(nodes, settings.queue().nodeDeadAfter(), System::nanoTime);
        Pulse pulse = new Pulse(settings.queue().nodeDeadAfter(), System::nanoTime, Clock.systemUTC(), clock);
        SmtpDelivery delivery = parts.outwards().delivery();
        Notices notices = new Notices(signing, keys, ids::next, clock, parts.notices());
        Suspensions suspensions = new Suspensions(new JdbcDeliveryMemory(transactions, clock), clock);
        feed.listen(suspensions);
        OutboundService outbound = new OutboundService(
                new OutboundPeers(
                        claims,
                        keys,
                        signing,
                        domain -> ways.get().router().route(domain),
                        delivery,
                        notices,
                        suspensions),
                new WatchedNeighbours(node.number(), watch, pulse),
                parts.outbound(),
                clock);
        feed.listen(outbound.retries());

        QueueIntake stored = new JdbcQueueIntake(transactions, clock, ids, queue);
        MessageIntake intake = new MessageIntake(
                new SenderAuthority(accounts),
                signing,
                new BrakedIntake(stored, sending::holds),
                outbound,
                ids::next,
                clock,
                parts.intake());
        Letters letters = new Letters(signing, ids::next, clock, parts.notices());
        Metering metering = new Metering(sending, new OwnerLetters(letters, stored, guard.brakes(), parts));
        ServerTls tls = new ServerTls(parts.certificates().read(), parts.tlsKinds());
        SmtpService service = new SmtpService(
                settings.hostname(),
                parts.smtpLimits(),
                settings.stateDir().resolve("spool"),
                tls,
                new NotedAccounts(accounts, sending.watch()),
                sending.sending(),
                intake);
        SmtpListeners listeners = new SmtpListeners(parts.listeners(), service, Clock.system(ZoneId.systemDefault()));
        feed.listen(listeners.changes()); // After the caches, whose listeners were added before.
        return new Relay(
                feed,
                new Relay.NodeParts(nodes, node, watch, pulse, uses),
                claims,
                new LiveParts(
                        listeners,
                        new CertificateWatch(tls, parts.certificates(), Clock.systemUTC(), CertificateWatch.INTERVAL),
                        service,
                        new LiveParts.Makers(wishes, intake, notices, metering),
                        outbound,
                        ways,
                        delivery),
                parts,
                new Upkeep(
                        new JdbcQueueMaintenance(transactions, clock),
                        new AuditUpkeep(transactions, clock)::prune,
                        settings.retention()),
                delegations(dataKeys, parts.outwards()));
    }

    private DelegationWatch delegations(DataKeys dataKeys, Outwards outwards) {
        Changes changes = new Changes(transactions, clock, "serve@" + node.name());
        Sealing sealing = new Sealing(dataKeys);
        return new DelegationWatch(
                new JdbcExternalDomains(changes, sealing, Administration.delegationSettings(settings)),
                new JdbcKeyAdministration(changes, sealing),
                new DelegationObserver(outwards, clock),
                new KeyObserver(outwards, clock),
                DELEGATIONS);
    }

    static KeyParser parser(SigningKeys signingKeys) {
        return (algorithm, pkcs8) -> signingKeys.parse(
                algorithm == KeyAlgorithm.RSA ? SigningAlgorithm.RSA_SHA256 : SigningAlgorithm.ED25519_SHA256, pkcs8);
    }
}
