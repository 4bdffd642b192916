package io.sealpost.cli;

import io.sealpost.cli.console.Sysexits;
import io.sealpost.cli.wiring.Administration;
import io.sealpost.cli.wiring.KeyObserver;
import io.sealpost.keys.Comparison;
import io.sealpost.keys.Comparison.Verdict;
import io.sealpost.keys.DkimKey;
import io.sealpost.keys.KeyState;
import io.sealpost.keys.ObservedRecords;
import io.sealpost.mail.ForeignText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code sealpost dkim check}. */
@Command(
        name = "check",
        description = {
            "Compares the records of all pending, active and retiring keys with what every server of [dns] servers and of the zone"
                    + " shows.",
            "Exit code 0: all well; 65: a key that signs, or has signed, is not shown as it must be; 75: a server of [dns]"
                    + " servers did not answer."
        },
        footerHeading = "%nExample:%n",
        footer = "  sealpost dkim check office.example")
final class DkimCheck extends KeysOfDomain {
    @Mixin
    private JsonOption json;

    /** One key, compared. */
    private record Checked(DkimKey key, ObservedRecords observed, List<String> aliases) {
        List<Comparison> comparisons() {
            return observed.comparedWith(key);
        }

        Verdict verdict() {
            List<Verdict> against = comparisons().stream()
                    .filter(Comparison::speaksAgainst)
                    .map(Comparison::verdict)
                    .toList();
            return against.isEmpty()
                    ? Verdict.SHOWN
                    : against.contains(Verdict.DISAGREES) ? Verdict.DISAGREES : Verdict.SILENT;
        }

        List<String> remarks() {
            Stream<String> broken = aliases.isEmpty() || verdict() != Verdict.DISAGREES
                    ? Stream.empty()
                    : Stream.of("the record is looked for at the end of the aliases, at "
                            + ForeignText.escape(aliases.get(aliases.size() - 1)) + ": it must stand there");
            return Stream.concat(broken, KeyRemarks.of(key, observed).stream()).toList();
        }
    }

    DkimCheck(CommandContext context) {
        super(context);
    }

    @Override
    int run(Administration administration) {
        List<Checked> checked =
                keys(administration, List.of(KeyState.PENDING, KeyState.ACTIVE, KeyState.RETIRING)).stream()
                        .map(key -> look(administration, key))
                        .toList();
        if (json.wanted()) {
            console().json(checked.stream().map(DkimCheck::object).toList());
        } else {
            checked.forEach(this::print);
        }
        return code(checked);
    }

    private static Checked look(Administration administration, DkimKey key) {
        KeyObserver records = administration.dns().records();
        if (key.state()
                == KeyState.PENDING) { // Perhaps not published yet: no resolver is to remember that it is missing.
            return new Checked(key, records.forActivation(key), List.of());
        }
        return new Checked(key, records.everywhere(key), records.aliases(key));
    }

    private static int code(List<Checked> checked) {
        boolean wrong = checked.stream()
                .anyMatch(each -> each.key().state().published() && each.verdict() == Verdict.DISAGREES);
        boolean silent = checked.stream().anyMatch(each -> each.verdict() == Verdict.SILENT);
        return wrong ? Sysexits.DATAERR : silent ? Sysexits.TEMPFAIL : Sysexits.OK;
    }

    private void print(Checked checked) {
        DkimKey key = checked.key();
        console()
                .print("%s (%s, %d bits, %s): %s"
                        .formatted(
                                key.recordName(),
                                key.algorithm().tag(),
                                key.bits(),
                                key.state().stored(),
                                key.state() == KeyState.PENDING && checked.verdict() == Verdict.DISAGREES
                                        ? "not seen yet"
                                        : word(checked.verdict())));
        checked.aliases().forEach(alias -> console().print("  alias of " + ForeignText.escape(alias)));
        checked.comparisons().forEach(each -> console().print("  " + word(each.verdict()) + "  " + each));
        checked.remarks().forEach(remark -> console().print("  note  " + remark));
    }

    private static Map<String, Object> object(Checked checked) {
        DkimKey key = checked.key();
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("record", key.recordName());
        object.put("selector", key.selector());
        object.put("algorithm", key.algorithm().tag());
        object.put("bits", key.bits());
        object.put("state", key.state().stored());
        object.put("verdict", word(checked.verdict()));
        object.put("aliases", checked.aliases());
        object.put("notes", checked.remarks());
        object.put(
                "servers", checked.comparisons().stream().map(DkimCheck::object).toList());
        return object;
    }

    private static Map<String, Object> object(Comparison comparison) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("server", comparison.server());
        object.put("role", comparison.role().name().toLowerCase(Locale.ROOT));
        object.put("verdict", word(comparison.verdict()));
        object.put("sentence", comparison.sentence());
        return object;
    }

    private static String word(Verdict verdict) {
        return switch (verdict) {
            case SHOWN -> "ok";
            case DISAGREES -> "wrong";
            case SILENT -> "silent";
        };
    }
}
