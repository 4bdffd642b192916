package io.sealpost.cli.accountfile;

import io.sealpost.cli.accountfile.AccountLine.Broken;
import io.sealpost.cli.accountfile.AccountLine.Content;
import io.sealpost.cli.accountfile.AccountLine.Entry;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Reads CSV (RFC 4180) of address and hash, tenant and name. A first line that begins with {@code address} names the columns, in any
 * order; else they stand in that one. One line is in memory at a time.
 */
public final class AccountFile {
    private static final List<String> COLUMNS = List.of("address", "hash", "tenant", "name");
    private static final CSVFormat FORMAT = CSVFormat.RFC4180
            .builder()
            .setIgnoreEmptyLines(true)
            .setIgnoreSurroundingSpaces(true)
            .get();

    private List<String> columns = COLUMNS;
    private final Set<String> seen = new HashSet<>();

    private AccountFile() {}

    /**
     * Hands each line on, in order.
     *
     * @throws IOException when the file cannot be read, or is no CSV from some line on: its message says which
     */
    public static void read(Reader file, Consumer<AccountLine> each) throws IOException {
        try (CSVParser parser = CSVParser.parse(file, FORMAT)) {
            AccountFile reading = new AccountFile();
            for (CSVRecord one : parser) {
                reading.take(one, parser.getCurrentLineNumber() - lineEnds(one), each);
            }
        } catch (UncheckedIOException broken) {
            throw broken.getCause();
        } catch (CSVException broken) {
            throw new IOException(broken.getMessage(), broken);
        }
    }

    /** Those inside of quoted values: the parser says where a record ends. */
    private static long lineEnds(CSVRecord one) {
        return one.stream()
                .mapToLong(value -> value.chars().filter(c -> c == '\n').count())
                .sum();
    }

    private void take(CSVRecord one, long line, Consumer<AccountLine> each) {
        String first = one.get(0).strip().toLowerCase(Locale.ROOT).replace("\uFEFF", "");
        if (one.getRecordNumber() == 1 && COLUMNS.contains(first)) {
            columns = one.stream()
                    .map(name -> name.strip().toLowerCase(Locale.ROOT).replace("\uFEFF", ""))
                    .toList();
            return;
        }
        String address = value(one, "address").orElse("").replace("\uFEFF", "");
        each.accept(new AccountLine(line, address, content(one, address)));
    }

    private Content content(CSVRecord one, String address) {
        Optional<String> hash = value(one, "hash");
        if (address.isEmpty() || hash.isEmpty()) {
            return new Broken("no address or no hash; the columns are " + String.join(", ", COLUMNS));
        }
        if (one.size() > columns.size() || hash.get().matches("(\\{[^}]*})?\\$argon2[a-z]*\\$v=\\d+\\$m=\\d+")) {
            return new Broken("more columns than the " + columns.size()
                    + " there should be; a hash with commas in it stands between quotation marks");
        }
        if (!seen.add(address.toLowerCase(Locale.ROOT))) {
            return new Broken("the address stood on an earlier line");
        }
        return new Entry(hash.get(), value(one, "tenant"), value(one, "name"));
    }

    private Optional<String> value(CSVRecord one, String column) {
        int at = columns.indexOf(column);
        return at < 0 || at >= one.size()
                ? Optional.empty()
                : Optional.of(one.get(at).strip()).filter(text -> !text.isEmpty());
    }
}
