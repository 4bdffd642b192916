package io.sealpost.account.jdbc;

import io.sealpost.account.AccountProfile;
import io.sealpost.account.HeaderFrom;
import io.sealpost.account.MainPasswordUse;
import io.sealpost.account.TenantProfile;
import io.sealpost.mail.EmailAddress;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Every statement on the profiles of tenants and accounts; one method is one statement. */
final class ProfileSql {
    private static final String TENANT = """
            SELECT display_name, notice_sender, link, language, main_password FROM tenant WHERE id = ?""";
    private static final String SET_TENANT = """
            UPDATE tenant SET display_name = ?, notice_sender = ?, link = ?, language = ?, main_password = ?
            WHERE id = ?""";
    private static final String ACCOUNT = """
            SELECT display_name, language, main_password, header_from FROM account WHERE id = ?""";
    private static final String SET_ACCOUNT = """
            UPDATE account SET display_name = ?, language = ?, main_password = ?, header_from = ? WHERE id = ?""";

    private ProfileSql() {}

    static TenantProfile tenant(Handle handle, long id) {
        return handle.select(TENANT, id).map((row, context) -> tenant(row)).one();
    }

    static int setTenant(Handle handle, long id, TenantProfile profile) {
        return handle.execute(
                SET_TENANT,
                profile.displayName().orElse(null),
                profile.noticeSender().map(EmailAddress::toString).orElse(null),
                profile.link().map(URI::toASCIIString).orElse(null),
                profile.language().orElse(null),
                profile.mainPassword().stored(),
                id);
    }

    static AccountProfile account(Handle handle, long id) {
        return handle.select(ACCOUNT, id).map((row, context) -> account(row)).one();
    }

    static int setAccount(Handle handle, long id, AccountProfile profile) {
        return handle.execute(
                SET_ACCOUNT,
                profile.displayName().orElse(null),
                profile.language().orElse(null),
                profile.mainPassword().stored(),
                profile.headerFrom().stored(),
                id);
    }

    private static TenantProfile tenant(ResultSet row) throws SQLException {
        return new TenantProfile(
                Optional.ofNullable(row.getString("display_name")),
                Optional.ofNullable(row.getString("notice_sender")).map(EmailAddress::parse),
                Optional.ofNullable(row.getString("link")).map(URI::create),
                Optional.ofNullable(row.getString("language")),
                MainPasswordUse.ofStored(row.getString("main_password")));
    }

    private static AccountProfile account(ResultSet row) throws SQLException {
        return new AccountProfile(
                Optional.ofNullable(row.getString("display_name")),
                Optional.ofNullable(row.getString("language")),
                MainPasswordUse.ofStored(row.getString("main_password")),
                HeaderFrom.ofStored(row.getString("header_from")));
    }
}
