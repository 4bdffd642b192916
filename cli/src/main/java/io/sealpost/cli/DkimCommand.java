package io.sealpost.cli;

import io.sealpost.cli.console.Fault;
import io.sealpost.cli.console.Listing;
import io.sealpost.cli.console.Sysexits;
import io.sealpost.cli.console.ZoneLine;
import io.sealpost.cli.wiring.Administration;
import io.sealpost.keys.Activation;
import io.sealpost.keys.DkimKey;
import io.sealpost.keys.DnsRecord;
import io.sealpost.keys.KeyAlgorithm;
import io.sealpost.keys.KeyState;
import io.sealpost.keys.NewKey;
import io.sealpost.mail.MailDomain;
import io.sealpost.mail.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sealpost dkim …}. */
@Command(
        name = "dkim",
        description = "Makes, publishes, activates and retires DKIM keys.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            DkimCommand.Create.class,
            DkimCommand.Import.class,
            DkimCommand.ListAll.class,
            DkimCommand.Dns.class,
            DkimCommand.Activate.class,
            DkimCommand.Retire.class
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  sealpost dkim create office.example      then publish what it prints, then",
            "  sealpost dkim activate office.example"
        })
final class DkimCommand {
    /** A domain's keys. */
    abstract static class OfDomain extends AdministrationCommand {
        @Parameters(index = "0", paramLabel = "DOMAIN", description = "The domain.")
        private MailDomain domain;

        @Option(names = "--selector", paramLabel = "NAME", description = "One key, by its selector.")
        private Optional<String> selector = Optional.empty();

        OfDomain(CommandContext context) {
            super(context);
        }

        MailDomain domain() {
            return domain;
        }

        Optional<String> selector() {
            return selector;
        }

        /** The keys in one of these states, or the one that --selector names, whatever its state. */
        List<DkimKey> keys(Administration administration, List<KeyState> states) {
            if (administration.keys().domain(domain).isEmpty()) {
                throw new Fault(
                        Sysexits.NOINPUT, "there is no domain " + domain + "; add it: sealpost domain add " + domain);
            }
            List<DkimKey> found = administration.keys().keys(domain).stream()
                    .filter(key ->
                            selector.map(name -> name.equals(key.selector())).orElse(states.contains(key.state())))
                    .toList();
            if (found.isEmpty()) {
                throw new Fault(
                        Sysexits.NOINPUT,
                        selector.map(name -> domain + " has no key with the selector " + name)
                                .orElse(domain + " has no such key; make one: sealpost dkim create " + domain));
            }
            return found;
        }

        void printRecords(List<DkimKey> keys) {
            keys.stream()
                    .map(DkimKey::dnsRecord)
                    .forEach(record -> console().print(ZoneLine.of(record.name(), record.type(), record.value())));
        }
    }

    /** {@code sealpost dkim create}. */
    @Command(
            name = "create",
            description = "Makes pending keys, RSA-2048 and Ed25519 unless asked otherwise, and prints their records.",
            footerHeading = "%nExample:%n",
            footer = "  sealpost dkim create office.example --algorithm rsa --selector s1")
    static final class Create extends OfDomain {
        @Option(names = "--algorithm", paramLabel = "rsa|ed25519", description = "One kind only.")
        private Optional<KeyAlgorithm> algorithm = Optional.empty();

        @Option(names = "--bits", paramLabel = "N", description = "RSA: 1024 to 4096; else 2048.")
        private Optional<Integer> bits = Optional.empty();

        Create(CommandContext context) {
            super(context);
        }

        @Override
        int run(Administration administration) {
            if (selector().isPresent() && algorithm.isEmpty()) {
                throw new Fault(Sysexits.USAGE, "a selector names one key: say which with --algorithm");
            }
            List<KeyAlgorithm> wanted = algorithm.map(List::of).orElse(List.of(KeyAlgorithm.RSA, KeyAlgorithm.ED25519));
            List<DkimKey> made = wanted.stream()
                    .map(kind -> Outcomes.value(administration.keys().createKey(domain(), newKey(kind))))
                    .toList();
            console().note("Publish, then run: sealpost dkim activate " + domain());
            printRecords(made);
            return Sysexits.OK;
        }

        private NewKey newKey(KeyAlgorithm kind) {
            NewKey key = NewKey.of(kind);
            key = kind == KeyAlgorithm.RSA && bits.isPresent() ? key.withBits(bits.get()) : key;
            return selector().isPresent() ? key.withSelector(selector().get()) : key;
        }
    }

    /** {@code sealpost dkim import}. */
    @Command(
            name = "import",
            description = "Takes a private key in PEM (PKCS#1, PKCS#8, Ed25519) as a pending key.",
            footerHeading = "%nExample:%n",
            footer = "  sealpost dkim import office.example /etc/opendkim/keys/mail.private --selector mail")
    static final class Import extends OfDomain {
        private static final long LARGEST = 64 * 1024;

        @Parameters(index = "1", paramLabel = "PEM", description = "The file.")
        private Path file;

        Import(CommandContext context) {
            super(context);
        }

        @Override
        int run(Administration administration) {
            String name = selector()
                    .orElseThrow(() -> new Fault(
                            Sysexits.USAGE, "--selector NAME is missing: the one under which the key is published"));
            DkimKey key = Outcomes.value(administration.keys().importKey(domain(), name, read()));
            console().note("Imported, pending. When its record stands, run: sealpost dkim activate " + domain());
            printRecords(List.of(key));
            return Sysexits.OK;
        }

        private Secret read() {
            try {
                if (Files.size(file) > LARGEST) {
                    throw new Fault(Sysexits.DATAERR, file + " is too large for a key");
                }
                return new Secret(Files.readString(file, StandardCharsets.ISO_8859_1));
            } catch (IOException e) {
                throw new Fault(Sysexits.NOINPUT, file + " cannot be read");
            }
        }
    }

    /** {@code sealpost dkim list}. */
    @Command(
            name = "list",
            description = "Lists a domain's keys and where they are in their life.",
            footerHeading = "%nExample:%n",
            footer = "  sealpost dkim list office.example")
    static final class ListAll extends OfDomain {
        @Mixin
        private JsonOption json;

        ListAll(CommandContext context) {
            super(context);
        }

        @Override
        int run(Administration administration) {
            Listing<DkimKey> listing = new Listing<DkimKey>("No key.")
                    .column("SELECTOR", "selector", DkimKey::selector)
                    .column("ALGORITHM", "algorithm", key -> key.algorithm().tag())
                    .column("BITS", "bits", DkimKey::bits)
                    .column("STATE", "state", key -> key.state().stored())
                    .column("SINCE", "since", DkimKey::stateSince)
                    .column("RECORD", "record", DkimKey::recordName);
            json.print(console(), listing, keys(administration, List.of(KeyState.values())));
            return Sysexits.OK;
        }
    }

    /** {@code sealpost dkim dns}. */
    @Command(
            name = "dns",
            description = "Prints the records to publish: those of all pending, active and retiring keys.",
            footerHeading = "%nExample:%n",
            footer = "  sealpost dkim dns office.example --json")
    static final class Dns extends OfDomain {
        @Mixin
        private JsonOption json;

        Dns(CommandContext context) {
            super(context);
        }

        @Override
        int run(Administration administration) {
            List<DkimKey> keys = keys(administration, List.of(KeyState.PENDING, KeyState.ACTIVE, KeyState.RETIRING));
            if (json.wanted()) {
                new Listing<DnsRecord>("")
                        .column("NAME", "name", DnsRecord::name)
                        .column("TYPE", "type", DnsRecord::type)
                        .column("VALUE", "value", DnsRecord::value)
                        .printJson(
                                console(), keys.stream().map(DkimKey::dnsRecord).toList());
            } else {
                printRecords(keys);
            }
            return Sysexits.OK;
        }
    }

    /** {@code sealpost dkim activate}. */
    @Command(
            name = "activate",
            description = "Signs with the pending keys whose records every server of [dns] servers shows.",
            footerHeading = "%nExample:%n",
            footer = "  sealpost dkim activate office.example")
    static final class Activate extends OfDomain {
        Activate(CommandContext context) {
            super(context);
        }

        @Override
        int run(Administration administration) {
            int code = Sysexits.OK;
            for (DkimKey key : keys(administration, List.of(KeyState.PENDING))) {
                Activation activation = administration.keys().activate(key.id(), administration.observe(key));
                if (activation instanceof Activation.Activated activated) {
                    console().print(key.recordName() + " signs now.");
                    activated
                            .replaced()
                            .ifPresent(old -> console()
                                    .print(old.recordName() + " is retiring: leave its record for the queue's life."));
                } else if (activation instanceof Activation.NotSeen notSeen) {
                    console().note(key.recordName() + " is not seen yet; it stays pending:");
                    notSeen.reasons().forEach(reason -> console().note("  " + reason));
                    code = Sysexits.TEMPFAIL;
                } else if (activation instanceof Activation.Refused refused) {
                    throw Outcomes.fault(refused.problem());
                }
            }
            return code;
        }
    }

    /** {@code sealpost dkim retire}. */
    @Command(
            name = "retire",
            description = "Takes a key out of use; waiting mail that carries it is signed again or held.",
            footerHeading = "%nExample:%n",
            footer = "  sealpost dkim retire office.example --selector s20261124r")
    static final class Retire extends OfDomain {
        Retire(CommandContext context) {
            super(context);
        }

        @Override
        int run(Administration administration) {
            if (selector().isEmpty()) {
                throw new Fault(Sysexits.USAGE, "--selector NAME is missing; \"sealpost dkim list\" shows them");
            }
            for (DkimKey key : keys(administration, List.of())) {
                Outcomes.value(administration.keys().retire(key.id()));
                console().print(key.recordName() + " is retired; its record may go, or stand with an empty p=.");
            }
            return Sysexits.OK;
        }
    }
}
