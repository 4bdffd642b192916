package io.sealpost.cli;

import io.sealpost.cli.console.Console;
import io.sealpost.cli.console.Fault;
import io.sealpost.cli.console.Sysexits;
import io.sealpost.cli.console.Times;
import io.sealpost.cli.wiring.Administration;
import io.sealpost.database.StoreUnavailable;
import io.sealpost.queue.DeliveryState;
import io.sealpost.queue.JournalEntry.Kind;
import io.sealpost.queue.QueueInspection;
import io.sealpost.queue.QueueStatistics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sealpost queue watch}. */
@Command(
        name = "watch",
        description = {
            "Shows the queue as it stands, each second, until Ctrl-C: states, what came and went, what is suspended.",
            "A screen on a terminal, else a line a second. Rates are those of the last ten seconds."
        },
        footerHeading = "%nExample:%n",
        footer = "  sealpost queue watch")
final class QueueWatchCommand implements Callable<Integer> {
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration WINDOW = Duration.ofSeconds(10);
    private static final String CLEARED = "\u001B[H\u001B[2J";
    private static final Map<Kind, String> RATES = Map.of(
            Kind.RECEPTION, "in",
            Kind.DELIVERY, "sent",
            Kind.TRANSIENT_FAILURE, "deferred",
            Kind.BOUNCE, "bounced");
    private static final List<Kind> ORDER = List.of(Kind.RECEPTION, Kind.DELIVERY, Kind.TRANSIENT_FAILURE, Kind.BOUNCE);

    private final CommandContext context;
    private final Console console;

    @Mixin
    private ConfigFileOption config;

    @Option(
            names = "--times",
            paramLabel = "N",
            defaultValue = "0",
            description = "Ends after so many looks; 0, the default, never does.")
    private int times;

    QueueWatchCommand(CommandContext context) {
        this.context = context;
        this.console = context.console();
    }

    @Override
    public Integer call() {
        if (times < 0) {
            throw new Fault(Sysexits.USAGE, "--times is 0 or more");
        }
        Interruption end = Interruption.expected();
        try {
            return context.administer(config, administration -> watch(administration, end));
        } finally {
            end.over();
        }
    }

    private int watch(Administration administration, Interruption end) {
        int looks = 0;
        do {
            look(administration);
            looks++;
        } while (looks != times && !console.isUnheard() && !end.comesWithin(PAUSE));
        return Sysexits.OK;
    }

    private void look(Administration administration) {
        try {
            QueueStatistics statistics = administration.statistics();
            Map<DeliveryState, Long> states = statistics.states();
            Map<Kind, Long> events = statistics.events(WINDOW);
            String now = Times.shown(administration.clock().instant());
            if (console.isTerminal()) {
                console.screen(CLEARED, screen(administration, now, states, events));
            } else {
                console.print(now + "  " + counts(states) + "  " + rates(events));
            }
        } catch (StoreUnavailable away) {
            console.note("The database is away; looking again.");
        }
    }

    private static List<String> screen(
            Administration administration, String now, Map<DeliveryState, Long> states, Map<Kind, Long> events) {
        List<String> lines = new ArrayList<>(List.of("Sealpost's queue, " + now + "; Ctrl-C ends it", ""));
        for (DeliveryState state : DeliveryState.values()) {
            lines.add("%-10s %10s".formatted(QueueStatsCommand.name(state), count(states.get(state))));
        }
        lines.add("");
        for (Kind kind : ORDER) {
            lines.add("%-10s %10s".formatted(RATES.get(kind), rate(events, kind)));
        }
        lines.add("");
        administration.suspensions().list().stream()
                .limit(20)
                .map(one -> "suspended until " + Times.shown(one.ends()) + ": " + QueueSuspend.shown(one.what()))
                .forEach(lines::add);
        return lines;
    }

    private static String counts(Map<DeliveryState, Long> states) {
        return Stream.of(DeliveryState.values())
                .map(state -> QueueStatsCommand.name(state) + "=" + count(states.get(state)))
                .collect(Collectors.joining(" "));
    }

    private static String rates(Map<Kind, Long> events) {
        return ORDER.stream()
                .map(kind -> RATES.get(kind) + "=" + rate(events, kind))
                .collect(Collectors.joining(" "));
    }

    private static String count(long deliveries) {
        return deliveries + (deliveries < QueueInspection.MOST_COUNTED ? "" : "+");
    }

    private static String rate(Map<Kind, Long> events, Kind kind) {
        return String.format(Locale.ROOT, "%.1f/s", events.getOrDefault(kind, 0L) / (double) WINDOW.toSeconds());
    }
}
