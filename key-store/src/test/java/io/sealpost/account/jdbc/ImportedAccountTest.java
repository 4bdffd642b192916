package io.sealpost.account.jdbc;

import static io.sealpost.keys.jdbc.TestStore.done;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.account.Account;
import io.sealpost.account.AccountImport;
import io.sealpost.account.AccountImport.Result;
import io.sealpost.account.AuthenticatedAccount;
import io.sealpost.account.ImportedAccount;
import io.sealpost.account.ImportedHash;
import io.sealpost.account.LoginAttempt;
import io.sealpost.account.LoginResult;
import io.sealpost.account.LoginResult.Cause;
import io.sealpost.account.LoginResult.Granted;
import io.sealpost.account.LoginResult.Refused;
import io.sealpost.account.Tenant;
import io.sealpost.keys.Outcome;
import io.sealpost.keys.jdbc.TestStore;
import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.MailDomain;
import io.sealpost.mail.Secret;
import java.net.InetAddress;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Accounts that come with another program's hash. */
class ImportedAccountTest {
    private static final EmailAddress ANNA = EmailAddress.parse("anna@mine.example");
    private static final Secret MAIN = new Secret("korrekt pferd batterie");
    private static final ImportedHash SSHA = ImportedHash.parse("{SSHA}fnH5011P95tm+ysBAwU6qBSni8Tl3svA");

    private final TestStore store = TestStore.create();
    private final AccountImport imports = store.accountImport();
    private final CountingHasher hasher = new CountingHasher();
    private final TestStore.Node node = store.node(hasher);

    @BeforeEach
    void hold() {
        done(store.keys().addDomain(Tenant.OPERATOR, MailDomain.parse("mine.example")));
    }

    @AfterEach
    void close() {
        node.close();
        store.close();
    }

    private static ImportedAccount entry(EmailAddress address) {
        return new ImportedAccount("operator", address, Optional.of("Anna"), SSHA);
    }

    private LoginResult login(String name, Secret password) {
        return node.accounts.login(new LoginAttempt(name, password, InetAddress.getLoopbackAddress(), "submission"));
    }

    private AuthenticatedAccount granted(Secret password) {
        return ((Granted) login(ANNA.toString(), password)).account();
    }

    private String hash() {
        return store.transactions()
                .read(handle -> handle.select("SELECT hash FROM account WHERE folded = ?", ANNA.folded())
                        .mapTo(String.class)
                        .one());
    }

    @Test
    void theFirstLoginPutsAHashOfOursInItsPlaceAndEndsNoSession() {
        assertThat(done(imports.take(entry(ANNA)))).isEqualTo(Result.ADDED);
        assertThat(login(ANNA.toString(), new Secret("falsch"))).isEqualTo(new Refused(Cause.WRONG_PASSWORD));
        assertThat(hash()).startsWith("{SSHA}");
        hasher.sinceLast();

        AuthenticatedAccount first = granted(MAIN);

        assertThat(hash()).startsWith("$argon2id$");
        assertThat(node.accounts.stillGranted(first)).isTrue();
        assertThat(hasher.sinceLast()).as("one to check, one to store").isEqualTo(2);
        AuthenticatedAccount second = granted(MAIN);
        assertThat(hasher.sinceLast()).isEqualTo(1);
        assertThat(second.credential()).isNotEqualTo(first.credential());

        done(store.accounts().setPassword(ANNA, new Secret("anderes pferd batterie")));
        node.feed.read();
        assertThat(node.accounts.stillGranted(first)).isFalse();
        assertThat(node.accounts.stillGranted(second)).isFalse();
    }

    @Test
    void anotherRunChangesNothing() {
        done(imports.take(entry(ANNA)));
        granted(MAIN);
        String own = hash();
        long rows = store.count("SELECT COUNT(*) FROM audit");

        assertThat(done(imports.look(entry(ANNA)))).isEqualTo(Result.UNCHANGED);
        assertThat(done(imports.take(entry(EmailAddress.parse("ANNA@mine.example")))))
                .isEqualTo(Result.UNCHANGED);
        assertThat(hash()).isEqualTo(own);
        assertThat(store.count("SELECT COUNT(*) FROM audit")).isEqualTo(rows);
    }

    @Test
    void onlyADomainThatTheTenantHoldsIsTaken() {
        EmailAddress foreign = EmailAddress.parse("anna@bank.example");
        assertThat(imports.look(entry(foreign))).isInstanceOf(Outcome.Refused.class);
        assertThat(imports.take(entry(foreign))).isInstanceOf(Outcome.Refused.class);
        assertThat(imports.take(new ImportedAccount("nobody", ANNA, Optional.empty(), SSHA)))
                .isInstanceOf(Outcome.Refused.class);
        assertThat(store.count("SELECT COUNT(*) FROM account")).isZero();
    }

    @Test
    void theAuditNamesTheSchemeAndNeverTheHash() {
        done(imports.take(entry(ANNA)));

        String json = store.transactions()
                .read(handle -> handle.select("SELECT json FROM audit WHERE action = 'account.import'")
                        .mapTo(String.class)
                        .one());
        assertThat(json).isEqualTo("{\"scheme\":\"ssha\"}");
    }

    @Test
    void anUnknownNameCostsWhatAKnownOneDoesAndOpensNothing() {
        done(imports.take(entry(ANNA)));
        Account none = done(
                store.accounts().addAccount(Tenant.OPERATOR, EmailAddress.parse("zoe@mine.example"), Optional.empty()));
        hasher.sinceLast();

        for (int i = 0; i < 20; i++) { // Some of them are checked against Anna's hash, whose password this is.
            assertThat(login("nobody" + i + "@mine.example", MAIN)).isEqualTo(new Refused(Cause.UNKNOWN_ACCOUNT));
        }
        assertThat(login(none.address().toString(), MAIN)).isEqualTo(new Refused(Cause.WRONG_PASSWORD));
        assertThat(hasher.sinceLast()).isEqualTo(21);
        assertThat(hash()).startsWith("{SSHA}");
    }
}
