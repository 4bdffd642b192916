package io.sealpost.cli;

import io.sealpost.account.AccountImport;
import io.sealpost.account.AccountImport.Result;
import io.sealpost.account.ImportedAccount;
import io.sealpost.account.ImportedHash;
import io.sealpost.cli.accountfile.AccountFile;
import io.sealpost.cli.accountfile.AccountLine;
import io.sealpost.cli.console.Fault;
import io.sealpost.cli.console.Listing;
import io.sealpost.cli.console.Sysexits;
import io.sealpost.cli.wiring.Administration;
import io.sealpost.keys.Outcome;
import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.ForeignText;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sealpost account import}. */
@Command(
        name = "import",
        description = {
            "Takes accounts over from another server, with the hashes of their passwords.",
            "FILE is CSV: address, hash, and if you like tenant and name. Of hashes bcrypt to cost 14, {SSHA},",
            "SHA512-CRYPT and Argon2 to 256 MiB are taken; others are skipped, each named. The next login puts a hash",
            "of today's settings in the place of the imported one. What is there already is not touched: an interrupted",
            "run is finished by another."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  sealpost account import accounts.csv --dry-run",
            "  sealpost account import accounts.csv --tenant Reseller --json"
        })
final class AccountImportCommand extends AdministrationCommand {
    private static final long MOST_BYTES = 256L << 20;

    @Parameters(paramLabel = "FILE", description = "CSV of address, hash, tenant, name.")
    private Path file;

    @Option(names = "--tenant", paramLabel = "NAME", description = "Where no column says another; else the operator.")
    private String tenant = "operator";

    @Option(names = "--dry-run", description = "Only says what it would do.")
    private boolean dryRun;

    @Mixin
    private JsonOption json;

    /** What became of a line. */
    private record Row(long line, String address, String result, String why) {}

    AccountImportCommand(CommandContext context) {
        super(context);
    }

    @Override
    int run(Administration administration) {
        AccountImport accounts = administration.accountImport();
        ShownProgress progress = new ShownProgress(console());
        List<Row> rows = new ArrayList<>();
        try (Reader reader = open()) {
            AccountFile.read(reader, line -> {
                rows.add(take(accounts, line));
                progress.at("accounts", rows.size(), 0);
            });
        } catch (CharacterCodingException notUtf8) {
            throw new Fault(Sysexits.DATAERR, file + " is not UTF-8" + soFar(rows));
        } catch (IOException broken) {
            throw new Fault(
                    Sysexits.DATAERR,
                    file + " cannot be read: " + ForeignText.escape(String.valueOf(broken.getMessage())) + soFar(rows));
        }
        return report(rows);
    }

    private Reader open() throws IOException {
        if (!Files.isReadable(file)) {
            throw new Fault(Sysexits.NOINPUT, file + " is not there, or cannot be read by this user");
        }
        if (Files.size(file) > MOST_BYTES) {
            throw new Fault(Sysexits.DATAERR, file + " has more than " + (MOST_BYTES >> 20) + " MiB; split it");
        }
        return Files.newBufferedReader(file, StandardCharsets.UTF_8);
    }

    private static String soFar(List<Row> rows) {
        return "; " + rows.size() + " lines before were read, and are not looked at twice by another run";
    }

    private Row take(AccountImport accounts, AccountLine line) {
        if (line.content() instanceof AccountLine.Broken broken) {
            return skipped(line, broken.why());
        }
        AccountLine.Entry entry = (AccountLine.Entry) line.content();
        try {
            ImportedAccount account = new ImportedAccount(
                    entry.tenant().orElse(tenant),
                    EmailAddress.parse(line.address()),
                    entry.name(),
                    ImportedHash.parse(entry.hash()));
            Outcome<Result> outcome = dryRun ? accounts.look(account) : accounts.take(account);
            return outcome instanceof Outcome.Done<Result> done
                    ? new Row(
                            line.number(),
                            line.address(),
                            word(done.value()),
                            account.hash().scheme())
                    : skipped(
                            line, ((Outcome.Refused<Result>) outcome).problem().sentence());
        } catch (IllegalArgumentException unfit) {
            return skipped(line, unfit.getMessage());
        }
    }

    private String word(Result result) {
        return switch (result) {
            case ADDED -> dryRun ? "would be added" : "added";
            case UNCHANGED -> "unchanged";
        };
    }

    private static Row skipped(AccountLine line, String why) {
        return new Row(line.number(), line.address(), "skipped", why);
    }

    /** All lines for scripts; people see what was skipped, and how many of each. */
    private int report(List<Row> rows) {
        List<Row> skipped =
                rows.stream().filter(row -> row.result().equals("skipped")).toList();
        if (json.wanted()) {
            listing().printJson(console(), rows);
        } else {
            if (!skipped.isEmpty()) {
                listing().print(console(), skipped);
            }
            console().print(counts(rows));
        }
        if (rows.isEmpty()) {
            throw new Fault(Sysexits.NOINPUT, file + " has no account");
        }
        return skipped.isEmpty() ? Sysexits.OK : Sysexits.DATAERR;
    }

    private String counts(List<Row> rows) {
        List<String> counts = new ArrayList<>();
        for (String result : List.of(word(Result.ADDED), word(Result.UNCHANGED), "skipped")) {
            long count =
                    rows.stream().filter(row -> row.result().equals(result)).count();
            counts.add(count + " " + result);
        }
        return String.join(", ", counts) + ".";
    }

    private static Listing<Row> listing() {
        return new Listing<Row>("No line.")
                .column("LINE", "line", Row::line)
                .column("ACCOUNT", "account", Row::address)
                .column("RESULT", "result", Row::result)
                .column("WHY", "why", Row::why);
    }
}
