package io.sealpost.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.fixtures.MovableClock;
import io.sealpost.fixtures.TestDatabase;
import io.sealpost.keys.MasterKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What lies on this machine: hostname, state_dir, disk, master key, certificate. */
class FilesChecksTest {
    @RegisterExtension
    static final TestDatabase DATABASE = Ward.tables();

    @TempDir
    private Path folder;

    private Ward ward;

    @BeforeEach
    void open() throws IOException {
        ward = Ward.open(folder, DATABASE);
    }

    @AfterEach
    void close() {
        ward.close();
    }

    @ParameterizedTest
    @CsvSource({
        "relay.example.net, OK, greets",
        "relay, PROBLEM, single word",
        "localhost, PROBLEM, single word",
        "printer.local, WARNING, inside a network only",
        "a.localdomain, WARNING, inside a network only"
    })
    void aHostnameIsOneThatOthersCouldKnow(String hostname, Level level, String words) throws Exception {
        ward.edit("relay.office.test", hostname);

        assertThat(ward.only(level, new HostnameCheck())).contains(hostname, words);
    }

    @Test
    void theStateDirectoryIsTriedByWritingAndLeftAsItWas() throws Exception {
        assertThat(ward.only(Level.OK, new StateDirectoryCheck())).contains("can be written");
        assertThat(folder.resolve("var")).isDirectoryNotContaining("glob:**.tmp");

        Files.createFile(folder.resolve("var/spool"));
        assertThat(ward.only(Level.PROBLEM, new StateDirectoryCheck()))
                .contains("var/spool cannot be written", "chown");
    }

    @Test
    void aStateDirectoryThatIsNotThereMustBeOneThatServeCanMake() throws Exception {
        ward.edit("[database]", "state_dir = \"fresh/state\"\n[database]");
        assertThat(ward.only(Level.OK, new StateDirectoryCheck())).contains("serve makes it");

        Files.createFile(folder.resolve("fresh"));
        assertThat(ward.only(Level.PROBLEM, new StateDirectoryCheck())).contains("cannot make it");
    }

    @Test
    void roomOnTheDiskIsToldForDatabaseAndSpool() throws Exception {
        assertThat(ward.look(new DiskSpaceCheck()))
                .singleElement()
                .matches(f -> f.sentence().contains("the spool"));

        Path data = folder.resolve("db");
        assertThat(DiskSpaceCheck.judge("the database", data, 40L << 30).level())
                .isEqualTo(Level.OK);
        assertThat(DiskSpaceCheck.judge("the database", data, 1L << 30).level()).isEqualTo(Level.WARNING);
        assertThat(DiskSpaceCheck.judge("the database", data, 100L << 20))
                .isEqualTo(Finding.problem(
                        "only 100M free for the database at " + data + ": when it is full, no more mail is taken",
                        "make room, or move it to a larger disk"));
    }

    @Test
    void theMasterKeyOpensTheKeysOfTheDatabase() throws Exception {
        assertThat(ward.only(Level.OK, new MasterKeyCheck())).contains("no key yet");
        int made = ward.database()
                .transactions()
                .read(handle -> handle.select("SELECT COUNT(*) FROM data_key")
                        .mapTo(Integer.class)
                        .one());
        assertThat(made).as("nothing is made by looking").isZero();

        ward.hold(Ward.OFFICE);
        assertThat(ward.only(Level.OK, new MasterKeyCheck())).contains("opens the keys of the database");
    }

    @Test
    void aMasterKeyThatIsOpenMissingOrAnotherIsAProblem() throws Exception {
        ward.hold(Ward.OFFICE);
        Path key = ward.settings().masterKeyFile();

        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(ward.only(Level.PROBLEM, new MasterKeyCheck())).contains("chmod 600");

        Files.delete(key);
        assertThat(ward.only(Level.PROBLEM, new MasterKeyCheck())).contains("is not there");

        MasterKey.create(key);
        assertThat(ward.only(Level.PROBLEM, new MasterKeyCheck())).contains("not the one of this database");
    }

    @Test
    void aSelfSignedCertificateIsSaidToBeOne() throws Exception {
        ward.certifyBySelf();

        assertThat(ward.look(new CertificateCheck())).singleElement().satisfies(finding -> {
            assertThat(finding.level()).isEqualTo(Level.WARNING);
            assertThat(finding.sentence()).contains("is self-signed");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "-2, PROBLEM, is not valid before",
        "700, OK, is valid for another 123 days",
        "805, WARNING, is valid for another 18 days",
        "822, PROBLEM, is valid for another 1 days",
        "830, PROBLEM, ended on"
    })
    void theEndOfACertificateIsToldInTime(int days, Level level, String words) throws Exception {
        ward.certifyBySelf();
        ward.at(MovableClock.at(Instant.now().plus(Duration.ofDays(days)).plus(Duration.ofHours(1))));

        assertThat(ward.look(new CertificateCheck()))
                .filteredOn(finding -> !finding.sentence().contains("self-signed"))
                .filteredOn(finding -> finding.sentence().contains(words))
                .hasSize(level == Level.OK ? 0 : 1)
                .allMatch(finding -> finding.level() == level);
    }

    @Test
    void aChainInOrderForAWildcardOfOurNameIsRight() throws Exception {
        ward.certify("chain.pem");

        assertThat(ward.only(Level.OK, new CertificateCheck())).contains("is valid for another");
    }

    @Test
    void aChainOutOfOrderOrWithoutItsIssuerIsTold() throws Exception {
        ward.certify("wrong-chain.pem");
        assertThat(ward.only(Level.PROBLEM, new CertificateCheck())).contains("certificate 2", "did not sign");

        ward.certify("leaf.pem");
        assertThat(ward.only(Level.WARNING, new CertificateCheck())).contains("alone", "fullchain.pem");
    }

    @Test
    void aCertificateForAnotherNameIsAProblem() throws Exception {
        ward.certify("chain.pem");
        ward.edit("relay.office.test", "mail.else.test");
        assertThat(ward.only(Level.PROBLEM, new CertificateCheck()))
                .contains("is for [*.office.test, ", "not for mail.else.test");

        ward.edit("mail.else.test", "a.b.office.test");
        assertThat(ward.only(Level.PROBLEM, new CertificateCheck())).contains("not for a.b.office.test");

        ward.edit("a.b.office.test", "other.test");
        assertThat(ward.only(Level.OK, new CertificateCheck())).contains("is valid");
    }

    @Test
    void halvesThatAreMissingOrDoNotBelongTogetherAreAProblem() throws Exception {
        Path certificate = ward.settings().tls().certificate();
        ward.certifyBySelf();
        Files.write(certificate, Ward.resource("chain.pem"));
        assertThat(ward.only(Level.PROBLEM, new CertificateCheck())).contains("is not that of the certificate");

        Files.delete(certificate);
        assertThat(ward.only(Level.PROBLEM, new CertificateCheck())).contains("fullchain.pem is not there");
    }

    @Test
    void aPrivateKeyThatEverybodyReadsIsTold() throws Exception {
        ward.certify("chain.pem");
        Files.setPosixFilePermissions(ward.settings().tls().privateKey(), PosixFilePermissions.fromString("rw-r--r--"));

        assertThat(ward.only(Level.WARNING, new CertificateCheck())).contains("everybody", "chmod o-r");
    }
}
