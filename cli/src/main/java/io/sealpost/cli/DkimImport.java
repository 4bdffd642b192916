package io.sealpost.cli;

import io.sealpost.cli.ImportReading.Adding;
import io.sealpost.cli.ImportReading.Missing;
import io.sealpost.cli.ImportRow.Result;
import io.sealpost.cli.KeyImport.Goal;
import io.sealpost.cli.console.Fault;
import io.sealpost.cli.console.Sysexits;
import io.sealpost.cli.console.ZoneLine;
import io.sealpost.cli.keytrees.FoundKey;
import io.sealpost.cli.keytrees.KeySource;
import io.sealpost.cli.keytrees.SkippedEntry;
import io.sealpost.cli.wiring.Administration;
import io.sealpost.keys.DkimKey;
import io.sealpost.keys.DnsRecord;
import io.sealpost.keys.KeyMaterial;
import io.sealpost.keys.KeyPem;
import io.sealpost.mail.MailDomain;
import io.sealpost.mail.Secret;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sealpost dkim import}. */
@Command(
        name = "import",
        description = {
            "Takes over keys that other programs sign with, as pending ones: one in PEM (RSA in PKCS#1 or PKCS#8, Ed25519), or all of an"
                    + " OpenDKIM, an rspamd or an Exim.",
            "Look first with --dry-run: what is there, what the DNS says of each (seen, differs, missing), and what is skipped and why."
                    + " Run again after whatever stopped it: what was done is found, the rest is done.",
            "Exit code 65: a key was skipped. 75: with --activate, a record is not seen yet."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  sealpost dkim import office.example /etc/opendkim/keys/mail.private --selector mail",
            "  sealpost dkim import office.example - --selector mail < mail.private",
            "  sealpost dkim import --opendkim /etc/opendkim.conf --dry-run",
            "  sealpost dkim import --rspamd /etc/rspamd --add-domains --tenant Reseller --activate",
            "  sealpost dkim import --exim /etc/exim4/dkim --selector x"
        })
final class DkimImport extends AdministrationCommand {
    @Parameters(index = "0", arity = "0..1", paramLabel = "DOMAIN", description = "The domain of one key.")
    private Optional<MailDomain> domain = Optional.empty();

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "PEM",
            description = "The file, which others may not read; - for standard input.")
    private Optional<Path> file = Optional.empty();

    @Option(
            names = "--selector",
            paramLabel = "NAME",
            description =
                    "The name under which one key is published; with --exim, under which all are whose place does not say it.")
    private Optional<String> selector = Optional.empty();

    @Option(
            names = "--passphrase-file",
            paramLabel = "FILE",
            description = "Opens encrypted keys by the first line of this file; else a terminal is asked.")
    private Optional<Path> passphraseFile = Optional.empty();

    @Mixin
    private KeyTreeOptions trees;

    @Option(names = "--add-domains", description = "Adds domains that nobody holds.")
    private boolean addDomains;

    @Option(names = "--tenant", paramLabel = "NAME", description = "Who is to hold added domains; else the operator.")
    private Optional<String> tenant = Optional.empty();

    @Option(names = "--activate", description = "Signs with those whose records are seen, as dkim activate does.")
    private boolean activate;

    @Option(names = "--dry-run", description = "Changes nothing.")
    private boolean dryRun;

    @Mixin
    private JsonOption json;

    DkimImport(CommandContext context) {
        super(context);
    }

    @Override
    int run(Administration administration) {
        if (trees.given()) {
            if (domain.isPresent()) {
                throw new Fault(Sysexits.USAGE, "either DOMAIN and PEM, or a whole configuration");
            }
            KeyTreeOptions.Found found =
                    trees.read(selector, administration.clock().instant());
            return many(administration, found.keys(), found.skipped());
        }
        FoundKey one = one();
        return addDomains || activate || dryRun || json.wanted()
                ? many(administration, List.of(one), List.of())
                : single(administration, one);
    }

    private FoundKey one() {
        if (domain.isEmpty() || file.isEmpty()) {
            throw new Fault(Sysexits.USAGE, "DOMAIN and PEM are missing, or --opendkim, --rspamd, --exim");
        }
        String name = selector.orElseThrow(() ->
                new Fault(Sysexits.USAGE, "--selector NAME is missing: the one under which the key is published"));
        return new FoundKey(domain.get(), name, new KeySource.InFile(file.get()));
    }

    private int single(Administration administration, FoundKey one) {
        Secret pem = KeyFile.read(file.orElseThrow(), console());
        KeyMaterial material =
                Outcomes.value(KeyPem.read(pem, KeyPem.isEncrypted(pem) ? passphrase() : Optional.empty()));
        DkimKey key = Outcomes.value(administration.keys().importKey(one.domain(), one.selector(), material));
        console().note("Imported, pending. When its record stands, run: sealpost dkim activate " + one.domain());
        if (key.isWeak()) {
            console().note("warning: it has only " + key.bits() + " bits, which some receivers no longer trust");
        }
        DnsRecord record = key.dnsRecord();
        console().print(ZoneLine.of(record.name(), record.type(), record.value()));
        return Sysexits.OK;
    }

    private int many(Administration administration, List<FoundKey> found, List<SkippedEntry> skipped) {
        Adding adding =
                new Adding(addDomains ? Missing.ADD : Missing.SKIP, DomainCommand.tenantId(administration, tenant));
        ImportReading reading =
                new ImportReading(administration.keys(), this::text, remembered(this::passphrase), adding);
        List<ImportCandidate> candidates = found.stream().map(reading::read).toList();
        Goal goal = dryRun ? Goal.LOOK : activate ? Goal.ACTIVATE : Goal.IMPORT;
        List<ImportRow> rows = new ArrayList<>(new KeyImport(administration, adding, goal).run(candidates));
        int code = code(rows, goal);
        skipped.forEach(entry -> rows.add(
                new ImportRow(entry.what(), null, null, null, null, Result.SKIPPED, entry.why(), entry.where())));
        json.print(console(), ImportRow.listing(), rows);
        if (!json.wanted()) {
            console().note(summary(rows));
        }
        return code;
    }

    /** The first answer, so that nobody is asked twice. */
    private static ImportReading.Passphrase remembered(ImportReading.Passphrase asked) {
        List<Optional<Secret>> answer = new ArrayList<>();
        return () -> {
            if (answer.isEmpty()) {
                answer.add(asked.get());
            }
            return answer.get(0);
        };
    }

    private Secret text(FoundKey found) {
        return file.isPresent() ? KeyFile.read(file.get(), console()) : ImportReading.text(found);
    }

    private Optional<Secret> passphrase() {
        if (passphraseFile.isEmpty()) {
            return console().askHidden("Passphrase of the keys: ").map(Secret::new);
        }
        String text = KeyFile.read(passphraseFile.get()).reveal();
        return Optional.of(new Secret(text.lines().findFirst().orElse("")));
    }

    private static int code(List<ImportRow> rows, Goal goal) {
        if (rows.isEmpty()) {
            return Sysexits.NOINPUT;
        }
        if (rows.stream().anyMatch(row -> row.result() == Result.SKIPPED)) {
            return Sysexits.DATAERR;
        }
        boolean waiting = goal == Goal.ACTIVATE
                && rows.stream()
                        .anyMatch(row -> row.result() == Result.PENDING
                                && row.why() != null
                                && row.why().startsWith("not seen"));
        return waiting ? Sysexits.TEMPFAIL : Sysexits.OK;
    }

    private static String summary(List<ImportRow> rows) {
        List<String> counts = new ArrayList<>();
        for (Result result : Result.values()) {
            long count = rows.stream().filter(row -> row.result() == result).count();
            if (count > 0) {
                counts.add(count + " " + result);
            }
        }
        return String.join(", ", counts);
    }
}
