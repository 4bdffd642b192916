package io.sealpost.queue.jdbc;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** Rates of two queues, round by round, on one server: what else the machine does meets both. */
final class SideBySide {
    static final String BY_CPU = ", by CPU-second";

    private final Map<String, List<double[]>> rounds = new LinkedHashMap<>();
    private final QueueWorld empty;

    SideBySide(QueueWorld empty) {
        this.empty = empty;
    }

    interface Work {
        void run() throws Exception;
    }

    /** By the clock and by the processor time of the server and this process. */
    void measure(QueueWorld world, String name, int count, Work work) throws Exception {
        long begun = System.nanoTime();
        double cpu = Cpu.seconds(world);
        work.run();
        record(world, name, count / seconds(begun));
        record(world, name + BY_CPU, count / (Cpu.seconds(world) - cpu));
    }

    void record(QueueWorld world, String name, double rate) {
        List<double[]> all = rounds.computeIfAbsent(name, key -> new ArrayList<>());
        int side = world == empty ? 0 : 1;
        if (all.isEmpty() || all.get(all.size() - 1)[side] != 0) {
            all.add(new double[2]);
        }
        all.get(all.size() - 1)[side] = rate;
    }

    Set<String> names() {
        return rounds.keySet();
    }

    /** The full one's rate to the empty one's: the median of the rounds. */
    double ratio(String name) {
        return median(name, round -> round[1] / round[0]);
    }

    private double median(String name, ToDoubleFunction<double[]> value) {
        double[] sorted = rounds.get(name).stream().mapToDouble(value).sorted().toArray();
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    void print() {
        rounds.keySet()
                .forEach(name -> System.out.printf(
                        Locale.ROOT,
                        "%-56s empty %8.0f/s  full %8.0f/s  ratio %.2f%n",
                        name,
                        median(name, round -> round[0]),
                        median(name, round -> round[1]),
                        ratio(name)));
    }

    static double seconds(long begun) {
        return (System.nanoTime() - begun) / 1e9;
    }
}
