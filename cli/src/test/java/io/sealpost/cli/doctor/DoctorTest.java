package io.sealpost.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.cli.config.LoadedSettings;
import io.sealpost.cli.console.Fault;
import io.sealpost.cli.console.Sysexits;
import io.sealpost.cli.doctor.Doctor.Entry;
import io.sealpost.cli.wiring.Serving;
import io.sealpost.fixtures.CutProxy;
import io.sealpost.fixtures.TestDatabase;
import io.sealpost.keys.KeyAlgorithm;
import io.sealpost.keys.NewKey;
import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.MailDomain;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class DoctorTest {
    @RegisterExtension
    static final TestDatabase DATABASE = Ward.tables();

    @TempDir
    private Path folder;

    private Ward ward;
    private final List<String> told = new ArrayList<>();

    @BeforeEach
    void open() throws IOException {
        ward = Ward.open(folder, DATABASE);
    }

    @AfterEach
    void close() {
        ward.close();
    }

    private boolean examine(Optional<MailDomain> domain) throws Exception {
        return examine(ward.loaded(), domain);
    }

    private boolean examine(LoadedSettings loaded, Optional<MailDomain> domain) throws Exception {
        return new Doctor(new Telling()).examine(ward.file(), loaded, domain, ward::patient);
    }

    private final class Telling implements Doctor.Telling {
        @Override
        public void found(Entry entry) {
            told.add(entry.finding().level().shown() + " " + entry.check() + ": "
                    + entry.finding().sentence());
        }

        @Override
        public void slow(String check) {
            told.add("slow " + check);
        }
    }

    @Test
    void aRelayInGoodHealthHasNothingButOks() throws Exception {
        ward.edit("relay.office.test", "relay.office.net");
        ward.dns()
                .change(zones -> zones.remove("7.2.0.192.in-addr.arpa")
                        .record("7.2.0.192.in-addr.arpa", "PTR", "relay.office.net.")
                        .address("relay.office.net", Ward.SOURCE));
        ward.hold(Ward.OFFICE);
        ward.activate(Ward.OFFICE, NewKey.of(KeyAlgorithm.ED25519));
        try (Serving serving = ward.serve()) {
            assertThat(serving.addresses()).hasSize(2);

            assertThat(examine(Optional.empty())).isTrue();
        }
        assertThat(told).hasSizeGreaterThanOrEqualTo(17).allMatch(line -> line.startsWith("ok "));
        assertThat(told.get(0)).isEqualTo("ok settings: " + ward.file() + " is right");
    }

    @Test
    void aDomainInGoodHealthHasNothingButOks() throws Exception {
        ward.hold(Ward.SHOP);
        ward.activate(Ward.SHOP, NewKey.of(KeyAlgorithm.ED25519));
        ward.administer(administration ->
                administration.accounts().addAccount(1, EmailAddress.parse("anna@shop.test"), Optional.empty()));
        ward.dns()
                .change(zones -> zones.txt("shop.test", "v=spf1 ip4:192.0.2.7 -all")
                        .txt("_dmarc.shop.test", "v=DMARC1; p=none"));

        assertThat(examine(Optional.of(Ward.SHOP))).isTrue();

        assertThat(told).hasSize(7).allMatch(line -> line.startsWith("ok "));
    }

    @Test
    void settingsThatAreWrongAreAllTold() throws Exception {
        ward.write("nonsense = 1\nconnect_timeout = \"soon\"\n");

        assertThat(examine(Optional.empty())).isFalse();

        assertThat(told).hasSize(2).allMatch(line -> line.startsWith("problem settings: ") && line.contains("line "));
    }

    @Test
    void aDatabaseThatIsAwayTakesNoOtherCheckAlong() throws Exception {
        ward.edit("127.0.0.1:" + ward.database().server().address().getPort() + "/", "127.0.0.1:1/");

        assertThat(examine(Optional.empty())).isFalse();

        assertThat(told)
                .filteredOn(line -> line.startsWith("problem database"))
                .singleElement()
                .asString()
                .contains("127.0.0.1:1/sealpost");
        assertThat(told).anyMatch(line -> line.startsWith("warning master key") && line.contains("can be read"));
        assertThat(told)
                .filteredOn(line -> line.contains(": not looked at: "))
                .extracting(line -> line.split(":", 2)[0])
                .containsExactly(
                        "warning tables",
                        "warning replication",
                        "warning clock",
                        "warning nodes",
                        "warning queue",
                        "warning keys");
        assertThat(told).anyMatch(line -> line.startsWith("ok port out"));
        assertThat(told).anyMatch(line -> line.startsWith("ok helo name"));
    }

    @Test
    void aDatabaseThatHangsKeepsNobodyWaiting() throws Exception {
        try (CutProxy proxy = CutProxy.to(() -> DATABASE.server().address())) {
            ward.write(DATABASE.settingsVia(proxy), "");
            proxy.stall();
            long start = System.nanoTime();

            assertThat(new Doctor(Duration.ofSeconds(1), new Telling())
                            .examine(ward.file(), ward.loaded(), Optional.empty(), ward::patient))
                    .isFalse();

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
        }
        assertThat(told).anyMatch(line -> line.startsWith("warning database: gave no result in 1 s"));
        assertThat(told).anyMatch(line -> line.startsWith("problem listeners"));
    }

    private record Made(String name, Looking looking) implements Check {
        interface Looking {
            List<Finding> look() throws Exception;
        }

        @Override
        public List<Finding> look(Patient patient) throws Exception {
            return looking.look();
        }
    }

    @Test
    void aCheckThatHangsOrFailsIsToldAsSuchInItsPlace() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        List<Check> checks = List.of(
                new Made("hangs", () -> {
                    never.await();
                    return List.of();
                }),
                new Made("well", () -> List.of(Finding.ok("all is well"))),
                new Made("fault", () -> {
                    throw new Fault(Sysexits.CONFIG, "the key is lost");
                }),
                new Made("bug", () -> {
                    throw new IllegalStateException("three is four\nat line 5");
                }));
        List<Entry> entries = new ArrayList<>();
        try (Patient patient = ward.patient(ward.settings())) {
            new Examination(Duration.ofMillis(300), new Examination.Listener() {
                        @Override
                        public void found(String check, List<Finding> findings) {
                            findings.forEach(finding -> entries.add(new Entry(check, finding)));
                        }

                        @Override
                        public void slow(String check) {
                            told.add(check);
                        }
                    })
                    .run(checks, patient);
        }

        assertThat(entries).extracting(Entry::check).containsExactly("hangs", "well", "fault", "bug");
        assertThat(entries.get(0).finding().sentence()).startsWith("gave no result in 0");
        assertThat(entries.get(1).finding().level()).isEqualTo(Level.OK);
        assertThat(entries.get(2).finding().sentence()).isEqualTo("not looked at: the key is lost");
        assertThat(entries.get(3).finding().sentence()).contains("fault of Sealpost's own", "four\\x0Aat line");
        assertThat(told).containsExactly("hangs");
    }
}
