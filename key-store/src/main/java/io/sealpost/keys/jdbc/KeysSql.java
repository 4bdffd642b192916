package io.sealpost.keys.jdbc;

import io.sealpost.database.SqlTimes;
import io.sealpost.keys.DkimKey;
import io.sealpost.keys.HeldDomain;
import io.sealpost.keys.KeyAlgorithm;
import io.sealpost.keys.KeyMaterial;
import io.sealpost.keys.KeyState;
import io.sealpost.keys.Sealing;
import io.sealpost.mail.MailDomain;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Every statement on domains and keys; one method is one statement. */
final class KeysSql {
    private static final String TENANT_EXISTS = """
            SELECT COUNT(*) FROM tenant WHERE id = ?""";
    private static final String INSERT_DOMAIN = """
            INSERT INTO domain (tenant, name, proven_name, created) VALUES (?, ?, ?, ?)""";
    private static final String DOMAINS = """
            SELECT id, tenant, name, created FROM domain WHERE proven_name IS NOT NULL ORDER BY name""";
    private static final String DOMAIN = """
            SELECT id, tenant, name, created FROM domain WHERE proven_name = ?""";
    private static final String LOCK_DOMAIN = DOMAIN + " FOR UPDATE";
    private static final String LOCK_DOMAIN_OF_KEY = """
            SELECT id FROM domain WHERE id = (SELECT domain FROM dkim_key WHERE id = ?) FOR UPDATE""";
    private static final String DELETE_DOMAIN = """
            DELETE FROM domain WHERE id = ?""";
    private static final String DELETE_KEY = """
            DELETE FROM dkim_key WHERE id = ? AND version = ?""";
    private static final String IS_HELD = """
            SELECT COUNT(*) FROM dkim_key k JOIN domain d ON d.id = k.domain WHERE k.id = ? AND d.proven_name IS NOT NULL""";
    private static final String DELETE_KEYS = """
            DELETE FROM dkim_key WHERE domain = ?""";
    private static final String KEY_COLUMNS = """
            SELECT k.id, d.tenant, d.name, k.selector, k.algorithm, k.bits, k.state, k.version, k.public_half, k.sealed, k.created,
                   k.state_since
            FROM dkim_key k JOIN domain d ON d.id = k.domain
            """;
    /** Without what only an opened key needs: there may be very many. */
    private static final String ALL_KEYS = """
            SELECT k.id, d.tenant, d.name, k.selector, k.algorithm, k.bits, k.state, k.version, k.public_half, '' AS sealed, k.created,
                   k.state_since
            FROM dkim_key k JOIN domain d ON d.id = k.domain
            WHERE d.proven_name IS NOT NULL ORDER BY d.name, k.id""";

    private static final String KEYS_OF_DOMAIN = KEY_COLUMNS + "WHERE d.proven_name = ? ORDER BY k.id";
    private static final String KEYS_OF_ROW = KEY_COLUMNS + "WHERE k.domain = ? ORDER BY k.id";
    private static final String KEY = KEY_COLUMNS + "WHERE k.id = ?";
    private static final String LIVING_KEYS = KEY_COLUMNS + """
            WHERE d.proven_name IS NOT NULL AND k.state IN ('pending', 'active', 'retiring') ORDER BY d.name, k.id LIMIT ?""";
    private static final String COUNT_DOMAINS = """
            SELECT COUNT(*) FROM domain WHERE proven_name IS NOT NULL""";
    private static final String DOMAINS_WITHOUT_ACTIVE_KEY = """
            SELECT d.name FROM domain d
            WHERE d.proven_name IS NOT NULL
              AND NOT EXISTS (SELECT 1 FROM dkim_key k WHERE k.domain = d.id AND k.state = 'active')
            ORDER BY d.name LIMIT ?""";
    private static final String DOMAIN_OF_KEY = """
            SELECT d.name FROM dkim_key k JOIN domain d ON d.id = k.domain WHERE k.id = ?""";
    private static final String INSERT_KEY = """
            INSERT INTO dkim_key (domain, selector, algorithm, bits, state, version, public_half, sealed, created, state_since)
            VALUES (?, ?, ?, ?, 'pending', 1, ?, '', ?, ?)""";
    private static final String SEAL_KEY = """
            UPDATE dkim_key SET sealed = ? WHERE id = ?""";
    private static final String MOVE_KEY = """
            UPDATE dkim_key SET state = ?, version = version + 1, state_since = ? WHERE id = ? AND version = ?""";
    private static final String DATA_KEYS = """
            SELECT id, purpose, wrapped FROM data_key ORDER BY id""";
    private static final String LOCK_DATA_KEYS = DATA_KEYS + " FOR UPDATE";
    private static final String REWRAP_DATA_KEY = """
            UPDATE data_key SET wrapped = ? WHERE id = ? AND wrapped = ?""";
    private static final String INSERT_DATA_KEY = """
            INSERT INTO data_key (id, purpose, wrapped, created) VALUES (?, ?, ?, ?)""";

    private KeysSql() {}

    /** A key with what only this package may see. */
    @SuppressWarnings("ArrayRecordComponent") // Rows are read, never compared.
    record KeyRow(DkimKey shown, long tenant, long version, byte[] sealed) {
        Sealing.Place place() {
            return new Sealing.Place(
                    shown.id(), shown.domain(), shown.selector(), shown.algorithm(), shown.publicHalf());
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // Rows are read, never compared.
    record DataKeyRow(long id, String purpose, byte[] wrapped) {}

    static boolean tenantExists(Handle handle, long tenant) {
        return handle.select(TENANT_EXISTS, tenant).mapTo(Long.class).one() == 1;
    }

    static long insertDomain(Handle handle, long tenant, MailDomain name, Instant now) {
        return handle.createUpdate(INSERT_DOMAIN)
                .bind(0, tenant)
                .bind(1, name.ascii())
                .bind(2, name.ascii())
                .bind(3, SqlTimes.toSql(now))
                .executeAndReturnGeneratedKeys("id")
                .mapTo(Long.class)
                .one();
    }

    static List<HeldDomain> domains(Handle handle) {
        return handle.select(DOMAINS).map((row, context) -> domain(row)).list();
    }

    static Optional<HeldDomain> domain(Handle handle, MailDomain name) {
        return handle.select(DOMAIN, name.ascii())
                .map((row, context) -> domain(row))
                .findOne();
    }

    /** The domain, locked so that the changes of its keys come one after the other. */
    static Optional<HeldDomain> lockDomain(Handle handle, MailDomain name) {
        return handle.select(LOCK_DOMAIN, name.ascii())
                .map((row, context) -> domain(row))
                .findOne();
    }

    static void lockDomainOfKey(Handle handle, long key) {
        handle.select(LOCK_DOMAIN_OF_KEY, key).mapTo(Long.class).findOne();
    }

    static int deleteDomain(Handle handle, long domain) {
        return handle.execute(DELETE_DOMAIN, domain);
    }

    static int deleteKeys(Handle handle, long domain) {
        return handle.execute(DELETE_KEYS, domain);
    }

    static List<DkimKey> allKeys(Handle handle) {
        return handle.select(ALL_KEYS).map((row, context) -> key(row).shown()).list();
    }

    static List<KeyRow> keys(Handle handle, MailDomain domain) {
        return handle.select(KEYS_OF_DOMAIN, domain.ascii())
                .map((row, context) -> key(row))
                .list();
    }

    /** The keys of a domain's row, whether the name is proven or not. */
    static List<KeyRow> keysOfRow(Handle handle, long domain) {
        return handle.select(KEYS_OF_ROW, domain)
                .map((row, context) -> key(row))
                .list();
    }

    /** Whether the key's domain is somebody's, and no mere claim. */
    static boolean isHeld(Handle handle, long key) {
        return handle.select(IS_HELD, key).mapTo(Long.class).one() == 1;
    }

    /** 1 when the key was still of this version, else 0. */
    static int deleteKey(Handle handle, KeyRow row) {
        return handle.execute(DELETE_KEY, row.shown().id(), row.version());
    }

    static Optional<KeyRow> key(Handle handle, long id) {
        return handle.select(KEY, id).map((row, context) -> key(row)).findOne();
    }

    static List<KeyRow> livingKeys(Handle handle, int most) {
        return handle.select(LIVING_KEYS, most).map((row, context) -> key(row)).list();
    }

    static int countDomains(Handle handle) {
        return handle.select(COUNT_DOMAINS).mapTo(Integer.class).one();
    }

    static List<MailDomain> domainsWithoutActiveKey(Handle handle, int most) {
        return handle.select(DOMAINS_WITHOUT_ACTIVE_KEY, most)
                .map((row, context) -> new MailDomain(row.getString("name")))
                .list();
    }

    static Optional<String> domainOfKey(Handle handle, long id) {
        return handle.select(DOMAIN_OF_KEY, id).mapTo(String.class).findOne();
    }

    /** Adds a pending key that is not sealed yet, since its seal needs its id. */
    static long insertKey(Handle handle, long domain, String selector, KeyMaterial material, Instant now) {
        return handle.createUpdate(INSERT_KEY)
                .bind(0, domain)
                .bind(1, selector)
                .bind(2, material.algorithm().tag())
                .bind(3, material.bits())
                .bind(4, material.publicHalf())
                .bind(5, SqlTimes.toSql(now))
                .bind(6, SqlTimes.toSql(now))
                .executeAndReturnGeneratedKeys("id")
                .mapTo(Long.class)
                .one();
    }

    static int sealKey(Handle handle, long id, byte[] sealed) {
        return handle.execute(SEAL_KEY, sealed, id);
    }

    /** 1 when the key was still of this version, else 0. */
    static int moveKey(Handle handle, KeyRow row, KeyState state, Instant now) {
        return handle.execute(
                MOVE_KEY, state.stored(), SqlTimes.toSql(now), row.shown().id(), row.version());
    }

    static List<DataKeyRow> dataKeys(Handle handle) {
        return dataKeys(handle, DATA_KEYS);
    }

    /** The same, as they are committed now; no other is added or wrapped anew before this transaction ends. */
    static List<DataKeyRow> lockDataKeys(Handle handle) {
        return dataKeys(handle, LOCK_DATA_KEYS);
    }

    /** 1 when the key was still wrapped like that, else 0. */
    static int rewrapDataKey(Handle handle, DataKeyRow row, byte[] again) {
        return handle.execute(REWRAP_DATA_KEY, again, row.id(), row.wrapped());
    }

    private static List<DataKeyRow> dataKeys(Handle handle, String statement) {
        return handle.select(statement)
                .map((row, context) ->
                        new DataKeyRow(row.getLong("id"), row.getString("purpose"), row.getBytes("wrapped")))
                .list();
    }

    static void insertDataKey(Handle handle, long id, String purpose, byte[] wrapped, Instant now) {
        handle.execute(INSERT_DATA_KEY, id, purpose, wrapped, SqlTimes.toSql(now));
    }

    private static HeldDomain domain(ResultSet row) throws SQLException {
        return new HeldDomain(
                row.getLong("id"), row.getLong("tenant"), new MailDomain(row.getString("name")), time(row, "created"));
    }

    private static KeyRow key(ResultSet row) throws SQLException {
        DkimKey shown = new DkimKey(
                row.getLong("id"),
                new MailDomain(row.getString("name")),
                row.getString("selector"),
                algorithm(row.getString("algorithm")),
                row.getInt("bits"),
                KeyState.ofStored(row.getString("state")),
                row.getString("public_half"),
                time(row, "created"),
                time(row, "state_since"));
        return new KeyRow(shown, row.getLong("tenant"), row.getLong("version"), row.getBytes("sealed"));
    }

    private static KeyAlgorithm algorithm(String tag) {
        return Arrays.stream(KeyAlgorithm.values())
                .filter(known -> known.tag().equals(tag))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("a key of unknown algorithm is stored: " + tag));
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        return SqlTimes.fromSql(row.getObject(column, LocalDateTime.class));
    }
}
