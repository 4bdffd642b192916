package io.sealpost.cli;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Holds the design's arrows, forbids package cycles, and binds each library to its packages. */
@AnalyzeClasses(packages = "io.sealpost", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String MAIL = "io.sealpost.mail";
    private static final String DATABASE = "io.sealpost.database..";
    private static final String DKIM = "io.sealpost.dkim..";
    private static final String[] KEY_STORE = {"io.sealpost.account..", "io.sealpost.keys.."};
    private static final String QUEUE = "io.sealpost.queue..";
    private static final String RELAY = "io.sealpost.relay..";
    private static final String SANDBOX = "io.sealpost.sandbox..";
    private static final String CLI = "io.sealpost.cli..";
    private static final String FIXTURES = "io.sealpost.fixtures..";

    @ArchTest
    static final ArchRule mailTypesKnowNothing = knowsOnly(MAIL);

    @ArchTest
    static final ArchRule databaseKnowsMailTypes = knowsOnly(DATABASE, MAIL);

    @ArchTest
    static final ArchRule signerKnowsNothing = knowsOnly(DKIM);

    @ArchTest
    static final ArchRule accountsKnowMailTypesAndDatabase = knowsOnly(KEY_STORE[0], MAIL, DATABASE, KEY_STORE[1]);

    @ArchTest
    static final ArchRule keysKnowMailTypesAndDatabase = knowsOnly(KEY_STORE[1], MAIL, DATABASE, KEY_STORE[0]);

    @ArchTest
    static final ArchRule queueKnowsMailTypesAndDatabase = knowsOnly(QUEUE, MAIL, DATABASE);

    @ArchTest
    static final ArchRule sandboxKnowsMailTypes = knowsOnly(SANDBOX, MAIL);

    @ArchTest
    static final ArchRule fixturesKnowWhatTestsWithoutThem = knowsOnly(FIXTURES, MAIL, DATABASE, SANDBOX);

    @ArchTest
    static final ArchRule relayKnowsTheLeaves =
            knowsOnly(RELAY, MAIL, DATABASE, DKIM, KEY_STORE[0], KEY_STORE[1], QUEUE);

    @ArchTest
    static final ArchRule packagesFormATree =
            slices().matching("io.sealpost.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule subEthaSmtp = only("org.subethamail..", "io.sealpost.relay.smtp..", SANDBOX);

    @ArchTest
    static final ArchRule dnsjava = only("org.xbill..", "io.sealpost.relay.dns..", SANDBOX);

    @ArchTest
    static final ArchRule jakartaMail = only("jakarta.mail..", "io.sealpost.relay.bounce..", CLI, FIXTURES);

    @ArchTest
    static final ArchRule bouncyCastle = only(
            "org.bouncycastle..",
            "io.sealpost.account..",
            DKIM,
            "io.sealpost.keys..",
            "io.sealpost.relay.smtp..",
            SANDBOX,
            "io.sealpost.cli.quickstart..");

    @ArchTest
    static final ArchRule oldTls = only("org.bouncycastle.jsse..", "io.sealpost.relay.smtp.tls..");

    @ArchTest
    static final ArchRule commonsCodec = only("org.apache.commons.codec..", "io.sealpost.account..");

    @ArchTest
    static final ArchRule commonsCsv = only("org.apache.commons.csv..", "io.sealpost.cli.accountfile..");

    @ArchTest
    static final ArchRule accp = only("com.amazon.corretto..", DKIM);

    @ArchTest
    static final ArchRule jdkim = only("org.apache.james.jdkim..", "io.sealpost.cli.quickstart..", DKIM);

    @ArchTest
    static final ArchRule jdbc = onlyIn("java.sql..");

    @ArchTest
    static final ArchRule jdbi = onlyIn("org.jdbi..");

    @ArchTest
    static final ArchRule hikari = onlyIn("com.zaxxer..");

    @ArchTest
    static final ArchRule flyway = onlyIn("org.flywaydb..");

    @ArchTest
    static final ArchRule mariadb = onlyIn("org.mariadb..");

    @ArchTest
    static final ArchRule greenMail = only("com.icegreen..", FIXTURES);

    @ArchTest
    static final ArchRule logback = only("ch.qos.logback..", "io.sealpost.cli.log..", SANDBOX);

    @ArchTest
    static final ArchRule jna = only("com.sun.jna..", "io.sealpost.cli.systemd..");

    @ArchTest
    static final ArchRule picocli = only("picocli..", CLI);

    @ArchTest
    static final ArchRule relayNeverPrints = noClasses()
            .that()
            .resideInAnyPackage(MAIL, DATABASE, DKIM, KEY_STORE[0], KEY_STORE[1], QUEUE, RELAY)
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err");

    @ArchTest
    static void everyPackageSaysWhatItIsFor(com.tngtech.archunit.core.domain.JavaClasses all) {
        Set<String> packages =
                all.stream().map(JavaClass::getPackageName).collect(Collectors.toCollection(TreeSet::new));
        Set<String> described = all.stream()
                .filter(type -> type.getSimpleName().equals("package-info"))
                .map(JavaClass::getPackageName)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(described).containsAll(packages);
    }

    /** Of our own packages, a package knows itself and these. */
    private static ArchRule knowsOnly(String self, String... others) {
        String[] allowed = Arrays.copyOf(others, others.length + 1);
        allowed[others.length] = self;
        return classes()
                .that()
                .resideInAPackage(self)
                .should()
                .onlyDependOnClassesThat(DescribedPredicate.not(resideInAPackage("io.sealpost.."))
                        .or(resideInAnyPackage(allowed)));
    }

    private static ArchRule only(String library, String... homes) {
        return noClasses()
                .that()
                .resideOutsideOfPackages(homes)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library);
    }

    private static ArchRule onlyIn(String library) {
        return only(library, DATABASE, "io.sealpost..jdbc..", FIXTURES);
    }
}
