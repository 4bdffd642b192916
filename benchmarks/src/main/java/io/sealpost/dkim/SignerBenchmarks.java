package io.sealpost.dkim;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs the signer's benchmarks and prints them by CPU-second, each beside the bare primitive of the same run. */
public final class SignerBenchmarks {
    private SignerBenchmarks() {}

    /** Takes a regular expression for the benchmarks to run; all without one. */
    public static void main(String[] arguments) throws RunnerException {
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include(arguments.length == 0 ? ".*" : arguments[0])
                        .forks(1)
                        .warmupIterations(3)
                        .warmupTime(TimeValue.milliseconds(300))
                        .measurementIterations(5)
                        .measurementTime(TimeValue.milliseconds(300))
                        .addProfiler(GCProfiler.class)
                        .build())
                .run();
        Map<String, Double> bare = new TreeMap<>();
        results.forEach(result -> {
            if (name(result).startsWith("bare")) {
                bare.put(name(result) + of(result), rate(result));
            }
        });
        System.out.printf("%-34s %-24s %14s %8s %14s%n", "benchmark", "of", "/ CPU s", "of bare", "bytes/op");
        results.forEach(result -> System.out.printf(
                Locale.ROOT,
                "%-34s %-24s %14.0f %8s %14.0f%n",
                name(result),
                of(result),
                rate(result),
                share(result, bare),
                result.getSecondaryResults().get("gc.alloc.rate.norm").getScore()));
    }

    private static String share(RunResult result, Map<String, Double> bare) {
        String primitive = switch (name(result)) {
            case "simple", "relaxed" -> "bareSha256";
            case "rsa2048" -> "bareRsa2048";
            case "ed25519" -> "bareEd25519";
            default -> "";
        };
        Double speed = bare.get(primitive + of(result));
        return speed == null ? "" : String.format(Locale.ROOT, "%.2f", rate(result) / speed);
    }

    private static String name(RunResult result) {
        return result.getPrimaryResult().getLabel();
    }

    private static String of(RunResult result) {
        return String.join(
                " ",
                result.getParams().getParamsKeys().stream()
                        .map(result.getParams()::getParam)
                        .toList());
    }

    /** Operations a second of CPU, the median of the iterations: other work on the machine spoils one, seldom three of five. */
    private static double rate(RunResult result) {
        double[] rates = result.getBenchmarkResults().stream()
                .flatMap(fork -> fork.getIterationResults().stream())
                .mapToDouble(iteration -> iteration.getPrimaryResult().getScore()
                        / (iteration.getSecondaryResults().get("cpuNanos").getScore() / 1e9))
                .sorted()
                .toArray();
        return rates[rates.length / 2];
    }
}
