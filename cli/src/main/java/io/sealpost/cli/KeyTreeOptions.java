package io.sealpost.cli;

import io.sealpost.cli.keytrees.EximTree;
import io.sealpost.cli.keytrees.FoundKey;
import io.sealpost.cli.keytrees.KeyTree;
import io.sealpost.cli.keytrees.OpenDkimTree;
import io.sealpost.cli.keytrees.RspamdTree;
import io.sealpost.cli.keytrees.RspamdVault;
import io.sealpost.cli.keytrees.SkippedEntry;
import io.sealpost.cli.keytrees.TreeRoot;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which configurations of other programs are meant; several may be given at once. */
final class KeyTreeOptions {
    @Option(
            names = "--opendkim",
            paramLabel = "FILE",
            description = "OpenDKIM's configuration, as /etc/opendkim.conf: its KeyTable and SigningTable.")
    private Optional<Path> openDkim = Optional.empty();

    @Option(
            names = "--rspamd",
            paramLabel = "PATH",
            description = "rspamd's /etc/rspamd, or a file that \"rspamadm configdump dkim_signing\" printed.")
    private Optional<Path> rspamd = Optional.empty();

    @Option(
            names = "--rspamd-vault",
            paramLabel = "PATH",
            description =
                    "What rspamd's vault holds, exported as JSON: a file, or a folder of files named after their domains.")
    private Optional<Path> rspamdVault = Optional.empty();

    @Option(
            names = "--exim",
            paramLabel = "PATH",
            description = {
                "Exim's configuration, a folder of its keys, or their path with $dkim_domain and perhaps $dkim_selector in it.",
                "A folder holds <domain>/<selector>.key, or <domain>.key with --selector."
            })
    private Optional<String> exim = Optional.empty();

    @Option(
            names = "--root",
            paramLabel = "DIR",
            description =
                    "Absolute paths in these configurations count from here: where another machine's files were copied to.")
    private Optional<Path> root = Optional.empty();

    /** What was found in all of them. */
    record Found(List<FoundKey> keys, List<SkippedEntry> skipped) {}

    boolean given() {
        return openDkim.isPresent() || rspamd.isPresent() || rspamdVault.isPresent() || exim.isPresent();
    }

    Found read(Optional<String> selector, Instant now) {
        TreeRoot place = root.map(folder -> new TreeRoot(folder.toAbsolutePath().normalize()))
                .orElse(TreeRoot.MACHINE);
        List<KeyTree> trees = new ArrayList<>();
        openDkim.ifPresent(file -> trees.add(OpenDkimTree.read(file, place)));
        rspamd.ifPresent(path -> trees.add(RspamdTree.read(path, place)));
        rspamdVault.ifPresent(path -> trees.add(RspamdVault.read(path, place, now)));
        exim.ifPresent(path -> trees.add(EximTree.read(path, selector, place)));
        return new Found(
                trees.stream().flatMap(tree -> tree.keys().stream()).toList(),
                trees.stream().flatMap(tree -> tree.skipped().stream()).toList());
    }
}
