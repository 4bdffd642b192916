package io.sealpost.cli;

import io.sealpost.cli.console.Fault;
import io.sealpost.cli.console.Sysexits;
import io.sealpost.cli.wiring.Administration;
import io.sealpost.keys.DkimKey;
import io.sealpost.keys.KeyAlgorithm;
import io.sealpost.keys.NewKey;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The commands of {@code sealpost dkim} that make keys. */
final class DkimMaking {
    private DkimMaking() {}

    /** {@code sealpost dkim create}. */
    @Command(
            name = "create",
            description = "Makes pending keys, RSA-2048 and Ed25519 unless asked otherwise, and prints their records.",
            footerHeading = "%nExample:%n",
            footer = "  sealpost dkim create office.example --algorithm rsa --selector s1")
    static final class Create extends KeysOfDomain {
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
            if (bits.isPresent() && algorithm.equals(Optional.of(KeyAlgorithm.ED25519))) {
                throw new Fault(Sysexits.USAGE, "--bits is for RSA: an Ed25519 key always has 256");
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
            description =
                    "Takes a private key in PEM (RSA in PKCS#1 or PKCS#8, Ed25519), not encrypted, as a pending key.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  sealpost dkim import office.example /etc/opendkim/keys/mail.private --selector mail",
                "  sealpost dkim import office.example - --selector mail < mail.private"
            })
    static final class Import extends KeysOfDomain {
        @Parameters(
                index = "1",
                paramLabel = "PEM",
                description = "The file, which others may not read; - for standard input.")
        private Path file;

        Import(CommandContext context) {
            super(context);
        }

        @Override
        int run(Administration administration) {
            String name = selector()
                    .orElseThrow(() -> new Fault(
                            Sysexits.USAGE, "--selector NAME is missing: the one under which the key is published"));
            DkimKey key =
                    Outcomes.value(administration.keys().importKey(domain(), name, KeyFile.read(file, console())));
            console().note("Imported, pending. When its record stands, run: sealpost dkim activate " + domain());
            if (key.isWeak()) {
                console().note("warning: it has only " + key.bits() + " bits, which some receivers no longer trust");
            }
            printRecords(List.of(key));
            return Sysexits.OK;
        }
    }
}
