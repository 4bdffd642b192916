package io.sealpost.cli.quickstart;

import io.sealpost.account.AccountAdministration;
import io.sealpost.account.AppPasswordAdministration;
import io.sealpost.cli.config.Settings;
import io.sealpost.cli.console.Console;
import io.sealpost.cli.console.Fault;
import io.sealpost.cli.console.Story;
import io.sealpost.cli.console.Sysexits;
import io.sealpost.cli.console.ZoneLine;
import io.sealpost.cli.wiring.Administration;
import io.sealpost.cli.wiring.Installation;
import io.sealpost.cli.wiring.Serving;
import io.sealpost.keys.Activation;
import io.sealpost.keys.DkimKey;
import io.sealpost.keys.KeyAdministration;
import io.sealpost.keys.KeyAlgorithm;
import io.sealpost.keys.KeyState;
import io.sealpost.keys.NewKey;
import io.sealpost.keys.Outcome;
import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.ForeignText;
import io.sealpost.mail.MailDomain;
import io.sealpost.mail.Secret;
import io.sealpost.relay.dns.DnsAnswer;
import io.sealpost.relay.dns.DnsLookups;
import io.sealpost.relay.dns.DnsSettings;
import io.sealpost.sandbox.ReceivedMail;
import io.sealpost.sandbox.Sandbox;
import io.sealpost.sandbox.SandboxSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The whole way of one mail, step by step. For one run. */
public final class Quickstart {
    private static final MailDomain DOMAIN = MailDomain.parse("office.test");
    private static final EmailAddress ACCOUNT = EmailAddress.parse("anna@office.test");
    private static final EmailAddress RECIPIENT = EmailAddress.parse("bert@sandbox.test");
    private static final String LABEL = "quickstart";
    private static final int ARRIVAL_SECONDS = 30;
    private static final int ENDING_SECONDS = 20;

    private final Console console;
    private final Story story;
    private final QuickstartPlace place;
    private final BlockingQueue<ReceivedMail> arrived = new LinkedBlockingQueue<>();
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);

    /** In a folder of its own; what is there from an earlier run is used again. */
    public Quickstart(Console console, Path folder) {
        this.console = console;
        this.story = new Story(console);
        this.place = new QuickstartPlace(folder);
    }

    /** Whether to stay up after the proof. */
    public enum Afterwards {
        /** Until the process is ended. */
        STAY,
        /** Ends. */
        END
    }

    /**
     * Runs all steps.
     *
     * @return whether every signature was proved
     */
    public boolean run(Afterwards afterwards) throws Exception {
        place.check();
        story.say("Sealpost quickstart: one mail, all the way, on this machine.\n");
        SandboxSettings world = SandboxSettings.in(place.folder()).onPorts(0, 0);
        try (Sandbox sandbox = story.step(() -> Sandbox.start(world, Clock.systemUTC()), Quickstart::told)) {
            sandbox.receiver().onReceived(arrived::add);
            int dnsPort = sandbox.dns().address().getPort();
            Settings settings = place.settings(dnsPort, sandbox.receiver().port());
            Secret appPassword = setUp(settings, world.zoneFile());
            try (Serving serving = story.step(
                    () -> Serving.start(settings, console::note),
                    up -> "relay up: 127.0.0.1:2587 (STARTTLS) and 127.0.0.1:2465 (TLS)")) {
                boolean proved = proveOneMail(settings, appPassword);
                if (proved && afterwards == Afterwards.STAY) {
                    Hints.print(console, ACCOUNT, appPassword, place.settingsFile());
                    awaitCtrlC();
                }
                return proved;
            }
        } finally {
            ended.countDown();
        }
    }

    /** Ctrl-C lets relay, sandbox and MariaDB end in order before the process does. */
    private void awaitCtrlC() throws InterruptedException {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            asked.countDown();
            try {
                ended.await(ENDING_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
        asked.await();
    }

    private Secret setUp(Settings settings, Path zone) throws Exception {
        Installation.makeMasterKey(settings, console::note);
        Installation.makeCertificate(settings);
        try (Administration administration = story.step(
                () -> Administration.open(settings, "quickstart", console::note),
                open -> "private MariaDB, tables made (" + place.folder().resolve("db") + ")")) {
            KeyAdministration keys = administration.keys();
            List<DkimKey> made = story.step(
                    () -> keys(keys),
                    all -> "domain " + DOMAIN + " with keys "
                            + all.stream().map(DkimKey::selector).collect(Collectors.joining(" (RSA-2048) and "))
                            + " (Ed25519)");
            story.step(() -> activate(administration, made, zone), told -> told);
            return story.step(
                    () -> appPassword(administration), password -> "account " + ACCOUNT + " with an app password");
        }
    }

    private static List<DkimKey> keys(KeyAdministration keys) {
        if (keys.domain(DOMAIN).isEmpty()) {
            value(keys.addDomain(1, DOMAIN));
        }
        return List.of(key(keys, KeyAlgorithm.RSA), key(keys, KeyAlgorithm.ED25519));
    }

    private static DkimKey key(KeyAdministration keys, KeyAlgorithm algorithm) {
        Optional<DkimKey> there = keys.keys(DOMAIN).stream()
                .filter(key -> key.algorithm() == algorithm)
                .filter(key -> key.state() == KeyState.ACTIVE || key.state() == KeyState.PENDING)
                .findFirst();
        return there.orElseGet(() -> value(keys.createKey(DOMAIN, NewKey.of(algorithm))));
    }

    private static String activate(Administration administration, List<DkimKey> keys, Path zone) throws IOException {
        for (DkimKey key : keys) {
            publish(key, zone);
            Activation activation = administration
                    .keys()
                    .activate(key.id(), administration.dns().forActivation(key));
            if (!(activation instanceof Activation.Activated)) {
                throw new Fault(
                        Sysexits.SOFTWARE,
                        "the sandbox's DNS does not show " + key.recordName() + ": "
                                + ForeignText.escape(activation.toString()));
            }
        }
        return "their records are in the zone, seen by DNS: both keys sign now";
    }

    private static void publish(DkimKey key, Path zone) throws IOException {
        if (!Files.readString(zone, StandardCharsets.UTF_8).contains(key.recordName())) {
            Files.writeString(
                    zone,
                    ZoneLine.of(key.recordName(), "TXT", key.dnsRecord().value()) + "\n",
                    StandardCharsets.UTF_8,
                    StandardOpenOption.APPEND);
        }
    }

    private static Secret appPassword(Administration administration) {
        AccountAdministration accounts = administration.accounts();
        if (accounts.account(ACCOUNT).isEmpty()) {
            value(accounts.addAccount(1, ACCOUNT, Optional.empty()));
        }
        AppPasswordAdministration passwords = administration.appPasswords();
        value(passwords.list(ACCOUNT)).forEach(old -> value(passwords.revoke(ACCOUNT, old.id())));
        return value(passwords.create(ACCOUNT, LABEL)).password();
    }

    private boolean proveOneMail(Settings settings, Secret appPassword) throws Exception {
        story.step(
                () -> new Client(QuickstartPlace.SUBMISSION).submit(ACCOUNT, appPassword, RECIPIENT),
                reply -> "submitted by Jakarta Mail (STARTTLS, AUTH with the app password), signed, committed: "
                        + ForeignText.escape(reply));
        ReceivedMail mail = story.step(this::arrival, Quickstart::told);
        byte[] bytes = Files.readAllBytes(mail.file());
        DnsLookups dns = new DnsLookups(DnsSettings.of(settings.dns().servers()), Clock.systemUTC());
        KeyRecords records =
                name -> dns.txt(name) instanceof DnsAnswer.Found<String> found ? found.records() : List.of();
        boolean proved = true;
        for (Function<byte[], SignatureProof> proof : List.<Function<byte[], SignatureProof>>of(
                message -> RsaProof.of(message, records), message -> Ed25519Proof.of(message, records))) {
            SignatureProof said = story.step(() -> proof.apply(bytes), Quickstart::told);
            proved &= said.holds();
        }
        story.say("");
        DkimFields.of(bytes).forEach(story::say);
        story.say("\nThe message as it arrived: " + mail.file());
        return proved;
    }

    private ReceivedMail arrival() throws InterruptedException {
        ReceivedMail mail = arrived.poll(ARRIVAL_SECONDS, TimeUnit.SECONDS);
        if (mail == null) {
            throw new Fault(
                    Sysexits.SOFTWARE,
                    "the mail did not arrive in " + ARRIVAL_SECONDS + " seconds; the log lines above say why");
        }
        return mail;
    }

    private static String told(Sandbox sandbox) {
        return "sandbox: DNS on 127.0.0.1:" + sandbox.dns().address().getPort() + ", receiver on port "
                + sandbox.receiver().port();
    }

    private static String told(ReceivedMail mail) {
        return "delivered to the MX of " + RECIPIENT.domain() + " at "
                + mail.connection().local().getAddress().getHostAddress() + " over "
                + mail.connection()
                        .tls()
                        .map(tls -> tls.version() + " " + tls.cipher())
                        .orElse("clear text");
    }

    private static String told(SignatureProof proof) {
        return proof.algorithm() + (proof.holds() ? " holds, " : " DOES NOT HOLD, ") + proof.detail() + " ("
                + proof.verifier() + ")";
    }

    private static <T> T value(Outcome<T> outcome) {
        if (outcome instanceof Outcome.Refused<T> refused) {
            throw new Fault(Sysexits.SOFTWARE, refused.problem().sentence());
        }
        return ((Outcome.Done<T>) outcome).value();
    }
}
