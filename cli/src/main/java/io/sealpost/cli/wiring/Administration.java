package io.sealpost.cli.wiring;

import io.sealpost.account.AccountAdministration;
import io.sealpost.account.AccountImport;
import io.sealpost.account.AppPasswordAdministration;
import io.sealpost.account.Argon2Hasher;
import io.sealpost.account.DeviceAdministration;
import io.sealpost.account.LoginHistory;
import io.sealpost.account.Profiles;
import io.sealpost.account.brake.BrakeAdministration;
import io.sealpost.account.brake.jdbc.JdbcBrakeAdministration;
import io.sealpost.account.jdbc.JdbcAccountAdministration;
import io.sealpost.account.jdbc.JdbcAccountImport;
import io.sealpost.account.jdbc.JdbcAppPasswordAdministration;
import io.sealpost.account.jdbc.JdbcDeviceAdministration;
import io.sealpost.account.jdbc.JdbcLoginHistory;
import io.sealpost.account.jdbc.JdbcProfiles;
import io.sealpost.account.limit.LimitAdministration;
import io.sealpost.account.limit.LimitSettings;
import io.sealpost.account.limit.jdbc.JdbcLimitAdministration;
import io.sealpost.account.limit.jdbc.JdbcUsage;
import io.sealpost.cli.config.Settings;
import io.sealpost.cli.console.Fault;
import io.sealpost.cli.console.Sysexits;
import io.sealpost.database.AuditErasure;
import io.sealpost.database.AuditTrail;
import io.sealpost.database.NodeNumber;
import io.sealpost.database.Nodes;
import io.sealpost.database.TimeOrderedIds;
import io.sealpost.dkim.SigningOptions;
import io.sealpost.keys.DataKeys;
import io.sealpost.keys.DkimKey;
import io.sealpost.keys.DnsRecord;
import io.sealpost.keys.ExternalDomains;
import io.sealpost.keys.ExternalTokens;
import io.sealpost.keys.KeyAdministration;
import io.sealpost.keys.MasterKey;
import io.sealpost.keys.Outcome;
import io.sealpost.keys.ParentKeys;
import io.sealpost.keys.RecordRetention;
import io.sealpost.keys.Sealing;
import io.sealpost.keys.SigningAdministration;
import io.sealpost.keys.SigningChoices;
import io.sealpost.keys.jdbc.Changes;
import io.sealpost.keys.jdbc.DelegationSettings;
import io.sealpost.keys.jdbc.JdbcDataKeys;
import io.sealpost.keys.jdbc.JdbcExternalDomains;
import io.sealpost.keys.jdbc.JdbcKeyAdministration;
import io.sealpost.keys.jdbc.JdbcParentKeys;
import io.sealpost.keys.jdbc.JdbcSigningAdministration;
import io.sealpost.keys.jdbc.MasterKeyChange;
import io.sealpost.mail.MailDomain;
import io.sealpost.queue.JournalErasure;
import io.sealpost.queue.MessageIds;
import io.sealpost.queue.QueueInspection;
import io.sealpost.queue.QueueStatistics;
import io.sealpost.queue.QueueSuspensions;
import io.sealpost.queue.SigningKeyUse;
import io.sealpost.queue.jdbc.JdbcJournalErasure;
import io.sealpost.queue.jdbc.JdbcMessageIds;
import io.sealpost.queue.jdbc.JdbcQueueInspection;
import io.sealpost.queue.jdbc.JdbcQueueMaintenance;
import io.sealpost.queue.jdbc.JdbcQueueStatistics;
import io.sealpost.queue.jdbc.JdbcQueueSuspensions;
import io.sealpost.queue.jdbc.JdbcSigningKeyUse;
import io.sealpost.relay.signing.DomainOptions;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;

/** What a command works with, made when it is first asked for: {@code queue list} needs no master key. Not thread-safe. */
public final class Administration implements AutoCloseable {
    private final Settings settings;
    private final Store store;
    private final String actor;
    private Optional<DataKeys> dataKeys = Optional.empty();
    private Optional<NodeNumber> node = Optional.empty();
    private Optional<QueueByHand.Ids> ids = Optional.empty();

    private Administration(Settings settings, Store store, String actor) {
        this.settings = settings;
        this.store = store;
        this.actor = actor;
    }

    /**
     * Opens the store of the settings.
     *
     * @param actor who acts, for the audit
     * @param progress hears a line about what takes longer
     */
    public static Administration open(Settings settings, String actor, Consumer<String> progress) {
        return new Administration(settings, Store.open(settings, progress), actor);
    }

    /** On a store that is open already, which its owner closes: this is not to be closed. */
    public static Administration on(Settings settings, Store store, String actor) {
        return new Administration(settings, store, actor);
    }

    /** Tenants, accounts, senders. */
    public AccountAdministration accounts() {
        return new JdbcAccountAdministration(changes(), Argon2Hasher.ofThisMachine());
    }

    /** App passwords. */
    public AppPasswordAdministration appPasswords() {
        return new JdbcAppPasswordAdministration(changes(), dataKeys());
    }

    /** Devices that cannot log in. */
    public DeviceAdministration devices() {
        return new JdbcDeviceAdministration(changes());
    }

    /** How accounts were logged in to. */
    public LoginHistory logins() {
        return new JdbcLoginHistory(changes());
    }

    /** The names of the listeners in the settings. */
    public List<String> listeners() {
        return settings.listeners().stream().map(Settings.Listener::name).toList();
    }

    /** How tenants and accounts appear, and their rules. */
    public Profiles profiles() {
        return new JdbcProfiles(changes());
    }

    /** Accounts of other servers, taken over. */
    public AccountImport accountImport() {
        return new JdbcAccountImport(changes());
    }

    /** How much accounts may send, and did. */
    public LimitAdministration limits() {
        return new JdbcLimitAdministration(changes(), new JdbcUsage(store.transactions(), store.clock()));
    }

    /** Accounts whose new mail is held. */
    public BrakeAdministration brakes() {
        return new JdbcBrakeAdministration(changes());
    }

    /** The limits of the settings. */
    public LimitSettings limitSettings() {
        return new RelaySettings(settings, store.clock(), Duration.ZERO).limits();
    }

    /** Domains and keys. */
    public KeyAdministration keys() {
        return new JdbcKeyAdministration(changes(), new Sealing(dataKeys()));
    }

    /** Domains of customers elsewhere. */
    public ExternalDomains externalDomains() {
        return new JdbcExternalDomains(changes(), new Sealing(dataKeys()), delegationSettings(settings));
    }

    static DelegationSettings delegationSettings(Settings settings) {
        return new DelegationSettings(settings.externalKeys().grace(), new ExternalTokens(), new Random());
    }

    /** Where the operator publishes the keys of external domains; empty when the settings name no zone. */
    public Optional<MailDomain> operatorZone() {
        return settings.externalKeys().operatorZone();
    }

    /** The record to publish for a key: in its domain's zone, or in the operator's for an external domain. */
    public DnsRecord recordOf(DkimKey key) {
        return externalDomains()
                .holder(key.domain())
                .map(external -> external.operatorRecord(key))
                .orElseGet(key::dnsRecord);
    }

    /** Which domains sign with the keys of one above them. */
    public ParentKeys parentKeys() {
        return new JdbcParentKeys(changes());
    }

    /** How domains' signatures are made. */
    public SigningAdministration signing() {
        return new JdbcSigningAdministration(changes());
    }

    /** What a domain's choices come to with these settings; throws IllegalArgumentException for a field that cannot be signed. */
    public SigningOptions optionsOf(SigningChoices choices) {
        return DomainOptions.of(choices, longestWait());
    }

    /** How long mail may wait in the queue by these settings. */
    public Duration longestWait() {
        return RelaySettings.longestWait(settings);
    }

    /** The name of this installation in greetings and records. */
    public MailDomain hostname() {
        return settings.hostname();
    }

    /** The database's time. */
    public Clock clock() {
        return store.clock();
    }

    /** The queue. */
    public QueueInspection queue() {
        return new JdbcQueueInspection(
                store.transactions(), store.clock(), () -> ids().next().next(), actor);
    }

    /** How long the record of a key that signs no more must stand. */
    public RecordRetention retention() {
        return RecordRetention.of(settings.queue().expire(), settings.queue().bounceExpire());
    }

    /** Which waiting messages carry a key's signature. */
    public SigningKeyUse signingKeyUse() {
        return new JdbcSigningKeyUse(store.transactions());
    }

    /** Messages by their Message-ID. */
    public MessageIds messageIds() {
        return new JdbcMessageIds(store.transactions());
    }

    /** What the DNS shows now of records. */
    public ShownByDns dns() {
        return new ShownByDns(new Outwards(settings), store.clock());
    }

    /** The queue, whole: giving mail up and checking its rows. */
    public QueueByHand wholeQueue() {
        return new QueueByHand(settings, store, actor, this::dataKeys, this::ids);
    }

    /** Whether a node may have open sessions: it gave a sign of life not long ago. */
    public boolean nodesServe() {
        Instant since = store.clock().instant().minus(settings.queue().nodeDeadAfter());
        return nodes().seen().stream()
                .anyMatch(node -> node.beatAt().isAfter(since) && !node.name().startsWith(Nodes.COMMAND));
    }

    /** Forgets what the journal knows of an address. */
    public JournalErasure journalErasure() {
        return new JdbcJournalErasure(store.transactions());
    }

    /** Takes an address out of the audit trail. */
    public AuditErasure auditErasure() {
        return new AuditErasure(store.transactions());
    }

    /** How much waits. */
    public QueueStatistics statistics() {
        return new JdbcQueueStatistics(store.transactions(), store.clock());
    }

    /** What is not tried for a while. */
    public QueueSuspensions suspensions() {
        return new JdbcQueueSuspensions(store.transactions(), store.clock(), actor);
    }

    /** What was changed, by whom. */
    public AuditTrail audit() {
        return new AuditTrail(store.transactions());
    }

    /** Asks every node to read its settings again; returns how many serve now. */
    public long askToReload() {
        return nodes().askToReload(actor);
    }

    private Changes changes() {
        return new Changes(store.transactions(), store.clock(), actor);
    }

    private DataKeys dataKeys() {
        if (dataKeys.isEmpty()) {
            dataKeys = Optional.of(openDataKeys(settings, store));
        }
        return dataKeys.get();
    }

    /** The data keys of the database, opened by the settings' master key; a {@link Fault} when it is not the right one. */
    public static DataKeys openDataKeys(Settings settings, Store store) {
        MasterKey masterKey = value(MasterKey.load(settings.masterKeyFile()));
        Outcome<DataKeys> opened = new JdbcDataKeys(store.transactions(), store.clock()).open(masterKey);
        Optional<Path> unfinished = MasterKeyRotation.unfinished(settings.masterKeyFile());
        if (opened instanceof Outcome.Refused<DataKeys> && unfinished.isPresent()) {
            throw new Fault(
                    Sysexits.CONFIG,
                    "the master key was being rotated, and " + unfinished.get()
                            + " has not taken its place yet; finish it with: sealpost master-key rotate");
        }
        return value(opened);
    }

    /** Puts a new master key in the place of the old one. */
    public MasterKeyRotation masterKeyRotation() {
        LocalDate today = LocalDate.ofInstant(store.clock().instant(), ZoneOffset.UTC);
        return new MasterKeyRotation(settings.masterKeyFile(), new MasterKeyChange(changes()), today);
    }

    private static <T> T value(Outcome<T> outcome) {
        if (outcome instanceof Outcome.Refused<T> refused) {
            throw new Fault(Sysexits.CONFIG, refused.problem().sentence());
        }
        return ((Outcome.Done<T>) outcome).value();
    }

    /** Ids of a node number that this command holds for its life: what it writes into the journal is nobody else's. */
    private QueueByHand.Ids ids() {
        if (node.isEmpty()) {
            node = Optional.of(nodes().register(Nodes.COMMAND + UUID.randomUUID()));
            int number = node.get().number();
            ids = Optional.of(new QueueByHand.Ids(number, new TimeOrderedIds(store.clock(), number)));
        }
        return ids.orElseThrow();
    }

    private Nodes nodes() {
        return new Nodes(store.transactions(), store.clock(), JdbcQueueMaintenance::holdsLeases);
    }

    @Override
    public void close() {
        try {
            node.ifPresent(number -> nodes().release(number));
        } finally {
            store.close();
        }
    }
}
