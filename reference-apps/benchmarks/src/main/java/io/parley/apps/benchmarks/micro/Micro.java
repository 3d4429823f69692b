package io.parley.apps.benchmarks.micro;

import java.nio.file.Path;
import java.util.Collection;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs all microbenchmarks, keeps the results as JSON, and prints time and memory of each.
 *
 * <pre>java -cp benchmarks.jar io.parley.apps.benchmarks.micro.Micro [--quick] [--only regex] [out.json]</pre>
 *
 * <p>It takes four minutes, and with {@code --quick} less than one; then take the numbers for a hint. On a machine that
 * does something else as well, compare the least of a benchmark's iterations rather than their mean.
 */
public final class Micro {
    private static final TimeValue SHORT = TimeValue.milliseconds(200);
    private static final TimeValue LONG = TimeValue.milliseconds(500);

    private Micro() {}

    /**
     * Measures.
     *
     * @param args whether to be quick, which benchmarks (all), and where to write ({@code micro.json})
     * @throws RunnerException if a benchmark fails
     */
    public static void main(String[] args) throws RunnerException {
        boolean quick = false;
        String only = "";
        Path out = Path.of("micro.json");
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "--quick" -> quick = true;
                case "--only" -> only = args[++i];
                default -> out = Path.of(args[i]);
            }
        }
        Collection<RunResult> results = new Runner(options(quick, only, out)).run();
        System.out.printf("%nJava %s%n%-52s %12s %12s %10s%n", Runtime.version(), "", "ns/op", "least", "bytes/op");
        results.forEach(Micro::print);
        System.out.println("All of it is in " + out.toAbsolutePath());
    }

    private static Options options(boolean quick, String only, Path out) {
        return new OptionsBuilder()
                .include("\\Q" + Micro.class.getPackageName() + "\\E\\..*" + only)
                .mode(Mode.AverageTime)
                .timeUnit(TimeUnit.NANOSECONDS)
                .forks(quick ? 1 : 2)
                .warmupIterations(quick ? 2 : 3)
                .warmupTime(quick ? SHORT : LONG)
                .measurementIterations(quick ? 3 : 5)
                .measurementTime(quick ? SHORT : LONG)
                .jvmArgs("-Xms512m", "-Xmx512m")
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true)
                .resultFormat(ResultFormatType.JSON)
                .result(out.toString())
                .build();
    }

    private static void print(RunResult run) {
        Result<?> time = run.getPrimaryResult();
        Result<?> bytes = run.getSecondaryResults().get("gc.alloc.rate.norm");
        System.out.printf(
                "%-52s %,12.1f %,12.1f %,10.1f%n",
                name(run.getParams()),
                time.getScore(),
                time.getStatistics().getMin(),
                bytes == null ? 0 : bytes.getScore());
    }

    private static String name(BenchmarkParams params) {
        String method =
                params.getBenchmark().substring(Micro.class.getPackageName().length() + 1);
        return new TreeMap<>(params.getParamsKeys().stream().collect(Collectors.toMap(key -> key, params::getParam)))
                .values().stream().collect(Collectors.joining(", ", method + " ", ""));
    }
}
