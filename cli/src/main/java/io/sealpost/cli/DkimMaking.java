package io.sealpost.cli;

import io.sealpost.cli.console.Fault;
import io.sealpost.cli.console.Sysexits;
import io.sealpost.cli.wiring.Administration;
import io.sealpost.keys.DkimKey;
import io.sealpost.keys.KeyAlgorithm;
import io.sealpost.keys.KeyState;
import io.sealpost.keys.NewKey;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

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
            List<DkimKey> before = administration.keys().keys(domain()).stream()
                    .filter(key -> key.state() == KeyState.PENDING)
                    .toList();
            List<DkimKey> made = Outcomes.value(administration
                    .keys()
                    .createKeys(domain(), wanted.stream().map(this::newKey).toList()));
            before.forEach(key -> console()
                    .note(key.selector() + " was pending already; what is not wanted goes with: sealpost dkim retire "
                            + domain() + " --selector " + key.selector()));
            console().note("Publish, then run: sealpost dkim activate " + domain());
            printRecords(administration, made);
            return Sysexits.OK;
        }

        private NewKey newKey(KeyAlgorithm kind) {
            NewKey key = NewKey.of(kind);
            key = kind == KeyAlgorithm.RSA && bits.isPresent() ? key.withBits(bits.get()) : key;
            return selector().isPresent() ? key.withSelector(selector().get()) : key;
        }
    }
}
