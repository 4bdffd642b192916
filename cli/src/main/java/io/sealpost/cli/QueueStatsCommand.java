package io.sealpost.cli;

import io.sealpost.cli.console.Fault;
import io.sealpost.cli.console.Listing;
import io.sealpost.cli.console.Sysexits;
import io.sealpost.cli.console.Times;
import io.sealpost.cli.wiring.Administration;
import io.sealpost.mail.ForeignText;
import io.sealpost.queue.DeliveryState;
import io.sealpost.queue.QueueStatistics;
import io.sealpost.queue.QueueStatistics.By;
import io.sealpost.queue.QueueStatistics.Line;
import io.sealpost.queue.QueueStatistics.Tally;
import io.sealpost.queue.QueueSuspensions;
import io.sealpost.queue.Suspension;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sealpost queue stats}. */
@Command(
        name = "stats",
        description = {
            "Counts what waits: by state, and by domain or site and age, as Postfix's qshape does.",
            "A column has what is younger than its minutes and older than those of the one before it."
        },
        footerHeading = "%nExample:%n",
        footer = "  sealpost queue stats --by site --limit 10")
final class QueueStatsCommand extends AdministrationCommand {
    @Option(names = "--by", paramLabel = "WHAT", defaultValue = "DOMAIN", description = "domain (default) or site.")
    private By by;

    @Option(names = "--limit", paramLabel = "N", defaultValue = "20", description = "Lines at most (default 20).")
    private int limit;

    @Mixin
    private JsonOption json;

    QueueStatsCommand(CommandContext context) {
        super(context);
    }

    @Override
    int run(Administration administration) {
        if (limit < 0) {
            throw new Fault(Sysexits.USAGE, "--limit is 0 or more");
        }
        Tally tally = administration.statistics().tally(by);
        if (json.wanted()) {
            console().json(facts(tally, administration.suspensions()));
            return Sysexits.OK;
        }
        console().print(states(tally.states()));
        List<Line> lines = Stream.concat(
                        Stream.of(tally.total()), tally.lines().stream().limit(limit))
                .toList();
        console().print("");
        listing().print(console(), tally.lines().isEmpty() ? List.of() : lines);
        suspended(administration.suspensions());
        if (tally.lines().size() > limit) {
            console().note((tally.lines().size() - limit) + " more lines; --limit shows them.");
        }
        if (!tally.complete()) {
            console().note("Only the oldest " + QueueStatistics.MOST_READ + " deliveries were counted.");
        }
        return Sysexits.OK;
    }

    /** {@code 12 waiting: 3 queued, 1 active, 8 deferred, 0 hold}. */
    static String states(Map<DeliveryState, Long> states) {
        long all = states.values().stream().mapToLong(Long::longValue).sum();
        return all + " waiting: "
                + Stream.of(DeliveryState.values())
                        .map(state -> states.getOrDefault(state, 0L) + " " + name(state))
                        .collect(Collectors.joining(", "));
    }

    static String name(DeliveryState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    static Listing<Line> listing() {
        Listing<Line> listing = new Listing<Line>("Nothing waits.")
                .column("NAME", "name", QueueStatsCommand::shown)
                .column("T", "total", Line::total);
        List<String> ages = ages();
        for (int i = 0; i < ages.size(); i++) {
            int at = i;
            listing.onScreen(ages.get(i), line -> line.ages().get(at));
        }
        return listing.inJson("ages", QueueStatsCommand::byAge);
    }

    private static String shown(Line line) {
        return line.name().isEmpty() ? "(not known yet)" : line.name();
    }

    private static Map<String, Long> byAge(Line line) {
        Map<String, Long> byAge = new LinkedHashMap<>();
        List<String> ages = ages();
        for (int i = 0; i < ages.size(); i++) {
            byAge.put(ages.get(i), line.ages().get(i));
        }
        return byAge;
    }

    /** {@code 5}, {@code 10}, … {@code 1280}, {@code 1280+}. */
    private static List<String> ages() {
        List<String> ages = new ArrayList<>();
        QueueStatistics.AGES.forEach(age -> ages.add(String.valueOf(age.toMinutes())));
        ages.add(ages.get(ages.size() - 1) + "+");
        return ages;
    }

    private void suspended(QueueSuspensions suspensions) {
        for (Suspension one : suspensions.list()) {
            console()
                    .print("Suspended until " + Times.shown(one.ends()) + ": "
                            + one.what().kind() + " "
                            + ForeignText.escape(one.what().name()) + ", which has put off "
                            + suspensions.waiting(one));
        }
    }

    private Map<String, Object> facts(Tally tally, QueueSuspensions suspensions) {
        Map<String, Object> facts = new LinkedHashMap<>();
        Map<String, Long> states = new LinkedHashMap<>();
        for (DeliveryState state : DeliveryState.values()) {
            states.put(name(state), tally.states().getOrDefault(state, 0L));
        }
        facts.put("states", states);
        facts.put("complete", tally.complete());
        facts.put("total", tally.total().total());
        facts.put("ages", byAge(tally.total()));
        facts.put("by", by.name().toLowerCase(Locale.ROOT));
        facts.put("lines", listing().objects(tally.lines().stream().limit(limit).toList()));
        facts.put("suspensions", QueueSuspend.listing(suspensions).objects(suspensions.list()));
        return facts;
    }
}
