package io.sealpost.account.jdbc;

import io.sealpost.account.Account;
import io.sealpost.account.Account.MainPassword;
import io.sealpost.account.EntryState;
import io.sealpost.account.HeaderFrom;
import io.sealpost.account.MainPasswordUse;
import io.sealpost.account.SenderPattern;
import io.sealpost.account.Tenant;
import io.sealpost.database.SqlTimes;
import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.MailDomain;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Every statement on tenants, accounts and senders; one method is one statement. */
final class AccountSql {
    private static final String TENANT_COLUMNS = """
            SELECT id, name, state FROM tenant
            """;
    private static final String TENANTS = TENANT_COLUMNS + "ORDER BY name";
    private static final String TENANT = TENANT_COLUMNS + "WHERE name = ?";
    private static final String LOCK_TENANT = TENANT_COLUMNS + "WHERE id = ? FOR UPDATE";
    private static final String INSERT_TENANT = """
            INSERT INTO tenant (name, state) VALUES (?, 'active')""";
    private static final String SET_TENANT_STATE = """
            UPDATE tenant SET state = ? WHERE id = ?""";
    private static final String HOLDER = """
            SELECT tenant FROM domain WHERE proven_name = ?""";
    private static final String CLAIMS = """
            SELECT COUNT(*) FROM domain WHERE tenant = ? AND name = ?""";
    private static final String ACCOUNT_COLUMNS = """
            SELECT id, tenant, address, hash IS NOT NULL AS has_hash, state, created FROM account
            """;
    private static final String ACCOUNTS = ACCOUNT_COLUMNS + "ORDER BY folded";
    private static final String ACCOUNTS_IN = """
            SELECT COUNT(*) FROM account WHERE SUBSTRING_INDEX(folded, '@', -1) = ?""";
    private static final String ACCOUNT = ACCOUNT_COLUMNS + "WHERE folded = ?";
    private static final String LOCK_ACCOUNT = ACCOUNT + " FOR UPDATE";
    private static final String ACCOUNT_ID = """
            SELECT id FROM account WHERE folded = ?""";
    private static final String LOGIN = """
            SELECT a.id, a.tenant, a.address, a.hash, a.state, a.header_from, a.hash_was, t.state AS tenant_state,
                   CASE WHEN t.main_password = 'forbidden' THEN 'forbidden' ELSE a.main_password END AS main_password
            FROM account a JOIN tenant t ON t.id = a.tenant WHERE a.id = ?""";
    private static final String INSERT_ACCOUNT = """
            INSERT INTO account (tenant, address, folded, hash, state, created) VALUES (?, ?, ?, ?, 'active', ?)""";
    private static final String SET_HASH = """
            UPDATE account SET hash = ? WHERE id = ?""";
    private static final String SET_STATE = """
            UPDATE account SET state = ? WHERE id = ?""";
    private static final String DELETE_ACCOUNT = """
            DELETE FROM account WHERE id = ?""";
    private static final String SENDERS = """
            SELECT pattern FROM sender_identity WHERE account = ? ORDER BY pattern""";
    private static final String INSERT_SENDER = """
            INSERT INTO sender_identity (account, pattern, created) VALUES (?, ?, ?)""";
    private static final String DELETE_SENDER = """
            DELETE FROM sender_identity WHERE account = ? AND pattern = ?""";
    private static final String DELETE_SENDERS = """
            DELETE FROM sender_identity WHERE account = ?""";

    private AccountSql() {}

    /** What a login needs of an account. */
    record LoginRow(
            long id,
            long tenant,
            EmailAddress address,
            Optional<String> hash,
            EntryState state,
            EntryState tenantState,
            Rules rules) {}

    /**
     * What is set of an account and its tenant.
     *
     * @param hashWas as {@link HashMark#raised}
     */
    record Rules(MainPasswordUse mainPassword, HeaderFrom headerFrom, Optional<String> hashWas) {}

    static List<Tenant> tenants(Handle handle) {
        return handle.select(TENANTS).map((row, context) -> tenant(row)).list();
    }

    static Optional<Tenant> tenant(Handle handle, String name) {
        return handle.select(TENANT, name).map((row, context) -> tenant(row)).findOne();
    }

    /** The tenant, locked so that the adding of its accounts come one after the other. */
    static Optional<Tenant> lockTenant(Handle handle, long id) {
        return handle.select(LOCK_TENANT, id).map((row, context) -> tenant(row)).findOne();
    }

    static long insertTenant(Handle handle, String name) {
        return handle.createUpdate(INSERT_TENANT)
                .bind(0, name)
                .executeAndReturnGeneratedKeys("id")
                .mapTo(Long.class)
                .one();
    }

    static int setTenantState(Handle handle, long id, EntryState state) {
        return handle.execute(SET_TENANT_STATE, state.stored(), id);
    }

    /** Whether the tenant holds the domain, or claims it without proof. */
    static boolean claims(Handle handle, long tenant, MailDomain domain) {
        return handle.select(CLAIMS, tenant, domain.ascii()).mapTo(Long.class).one() > 0;
    }

    /** The tenant that holds the domain; empty when nobody does. */
    static Optional<Long> holder(Handle handle, MailDomain domain) {
        return handle.select(HOLDER, domain.ascii()).mapTo(Long.class).findOne();
    }

    static List<Account> accounts(Handle handle) {
        return handle.select(ACCOUNTS).map((row, context) -> account(row)).list();
    }

    static long accountsIn(Handle handle, MailDomain domain) {
        return handle.select(ACCOUNTS_IN, domain.ascii()).mapTo(Long.class).one();
    }

    static Optional<Account> account(Handle handle, EmailAddress address) {
        return handle.select(ACCOUNT, address.folded())
                .map((row, context) -> account(row))
                .findOne();
    }

    /** The account, locked so that its changes come one after the other. */
    static Optional<Account> lockAccount(Handle handle, EmailAddress address) {
        return handle.select(LOCK_ACCOUNT, address.folded())
                .map((row, context) -> account(row))
                .findOne();
    }

    static Optional<Long> accountId(Handle handle, String folded) {
        return handle.select(ACCOUNT_ID, folded).mapTo(Long.class).findOne();
    }

    static Optional<LoginRow> login(Handle handle, long id) {
        return handle.select(LOGIN, id).map((row, context) -> loginRow(row)).findOne();
    }

    static long insertAccount(Handle handle, long tenant, EmailAddress address, Optional<String> hash, Instant now) {
        return handle.createUpdate(INSERT_ACCOUNT)
                .bind(0, tenant)
                .bind(1, address.toString())
                .bind(2, address.folded())
                .bind(3, hash.orElse(null))
                .bind(4, SqlTimes.toSql(now))
                .executeAndReturnGeneratedKeys("id")
                .mapTo(Long.class)
                .one();
    }

    static int setHash(Handle handle, long id, String hash) {
        return handle.execute(SET_HASH, hash, id);
    }

    static int setState(Handle handle, long id, EntryState state) {
        return handle.execute(SET_STATE, state.stored(), id);
    }

    static int deleteAccount(Handle handle, long id) {
        return handle.execute(DELETE_ACCOUNT, id);
    }

    static Set<String> senders(Handle handle, long account) {
        return handle.select(SENDERS, account).mapTo(String.class).stream().collect(Collectors.toUnmodifiableSet());
    }

    static List<SenderPattern> senderPatterns(Handle handle, long account) {
        return handle.select(SENDERS, account)
                .mapTo(String.class)
                .map(SenderPattern::parse)
                .list();
    }

    static void insertSender(Handle handle, long account, SenderPattern sender, Instant now) {
        handle.execute(INSERT_SENDER, account, sender.folded(), SqlTimes.toSql(now));
    }

    static int deleteSender(Handle handle, long account, SenderPattern sender) {
        return handle.execute(DELETE_SENDER, account, sender.folded());
    }

    static int deleteSenders(Handle handle, long account) {
        return handle.execute(DELETE_SENDERS, account);
    }

    private static Tenant tenant(ResultSet row) throws SQLException {
        return new Tenant(row.getLong("id"), row.getString("name"), EntryState.ofStored(row.getString("state")));
    }

    private static Account account(ResultSet row) throws SQLException {
        return new Account(
                row.getLong("id"),
                row.getLong("tenant"),
                EmailAddress.parse(row.getString("address")),
                EntryState.ofStored(row.getString("state")),
                row.getBoolean("has_hash") ? MainPassword.SET : MainPassword.NONE,
                time(row));
    }

    private static LoginRow loginRow(ResultSet row) throws SQLException {
        return new LoginRow(
                row.getLong("id"),
                row.getLong("tenant"),
                EmailAddress.parse(row.getString("address")),
                Optional.ofNullable(row.getString("hash")),
                EntryState.ofStored(row.getString("state")),
                EntryState.ofStored(row.getString("tenant_state")),
                new Rules(
                        MainPasswordUse.ofStored(row.getString("main_password")),
                        HeaderFrom.ofStored(row.getString("header_from")),
                        Optional.ofNullable(row.getString("hash_was"))));
    }

    private static Instant time(ResultSet row) throws SQLException {
        return SqlTimes.fromSql(row.getObject("created", LocalDateTime.class));
    }
}
