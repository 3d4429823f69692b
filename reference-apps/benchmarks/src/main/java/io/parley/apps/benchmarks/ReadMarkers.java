package io.parley.apps.benchmarks;

import io.parley.apps.benchmarks.chaos.Accounts;
import io.parley.apps.benchmarks.measure.Machine;
import io.parley.apps.benchmarks.measure.Spread;
import io.parley.apps.benchmarks.measure.Usage;
import io.parley.apps.benchmarks.swarm.Company;
import io.parley.apps.benchmarks.swarm.Scenario;
import io.parley.apps.benchmarks.swarm.Swarm;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What read markers cost: accounts are the members of one room, a few of them speak, and all others read. They say nothing ({@code none}), or of
 * {@code each} message that they have read it, or {@code seldom}: at most once a second which is the last they have read. The modes take turns at one
 * server; {@code again} is {@code none} once more and shows how much is noise. First the speakers say so many messages a second, and then as
 * many as are acknowledged.
 *
 * <p>A turn ends when all members have all messages and every read marker is answered, and that is counted. A message's time ends when its speaker has it
 * back, which is not before its acknowledgement. The readers and the speakers have a thread each, beside the server's process.
 *
 * <pre>java -cp benchmarks.jar:chat-server.jar io.parley.apps.benchmarks.ReadMarkers [members] [rate] [seconds] [turns] [servers]</pre>
 */
public final class ReadMarkers {
    private static final String ROOM = "readers";
    private static final int SPEAKERS = 4;
    private static final int WINDOW = 8; // messages of a speaker under way, where no rate is given
    private static final int WARM_UPS = 3; // turns
    private static final long WINDOW_BYTES = 64 << 20;
    private static final int KEEP_ENTRIES = 10_000;
    private static final Duration MOST = Duration.ofMinutes(2);

    /** What the readers do. */
    private enum Mode {
        NONE(null),
        EACH(Duration.ZERO),
        SELDOM(Duration.ofSeconds(1)),
        AGAIN(null);

        private final @Nullable Duration every; // how often they say what they have read

        Mode(@Nullable Duration every) {
            this.every = every;
        }
    }

    /** The result of one turn. */
    private record Turn(double perSecond, double cpuMillis, double p50, double p99, double others) {
        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%,9.1f acknowledged/s  %.3f CPU-ms each  p50 %.2f p99 %.2f ms  others %.2f",
                    perSecond,
                    cpuMillis,
                    p50,
                    p99,
                    others);
        }
    }

    private final ServerProcess.Handle server;
    private final Readers readers;
    private final Swarm speakers;
    private final Duration time;
    private final long before; // messages of other speakers

    private ReadMarkers(ServerProcess.Handle server, Readers readers, Swarm speakers, Duration time, long before) {
        this.server = server;
        this.readers = readers;
        this.speakers = speakers;
        this.time = time;
        this.before = before;
    }

    /**
     * Measures.
     *
     * @param args how many members (1,000), how many messages a second (20), seconds (4) and turns (7), and at which servers (memory and SQLite)
     * @throws IOException if a server cannot be started or a connection fails
     */
    public static void main(String[] args) throws IOException {
        int members = args.length > 0 ? Integer.parseInt(args[0]) : 1_000;
        int rate = args.length > 1 ? Integer.parseInt(args[1]) : 20;
        Duration time = Duration.ofMillis((long) (1_000 * (args.length > 2 ? Double.parseDouble(args[2]) : 4)));
        int turns = args.length > 3 ? Integer.parseInt(args[3]) : 7;
        String servers = args.length > 4 ? args[4] : "memory=parley-nio-accounts,full=parley-nio-accounts+full";
        System.out.println(Machine.describe());
        for (ServerSpec spec : ServerSpec.parseAll(servers)) {
            try (ServerProcess.Handle server = new ServerProcess.Handle(spec, WINDOW_BYTES, KEEP_ENTRIES)) {
                run(spec.label(), server, members, rate, time, turns);
            }
        }
    }

    /** Measures one server: with a rate, and as fast as it goes. Gives how many messages were said. */
    static long run(String label, ServerProcess.Handle server, int members, int rate, Duration time, int turns)
            throws IOException {
        int reading = members - SPEAKERS;
        Scenario crowd = Scenario.closed("readers", 1, reading, 0, 0);
        long said = 0;
        try (Readers readers = new Readers(new Swarm(server.address(), company(0), crowd, null), reading)) {
            for (Scenario load : List.of(
                    Scenario.open(rate + " a second", 1, SPEAKERS, rate),
                    Scenario.closed("as fast as it goes", 1, SPEAKERS, SPEAKERS, WINDOW))) {
                System.out.printf("== %s, %,d members, %s%n", label, members, load.describe());
                try (Swarm speakers = new Swarm(server.address(), company(reading), load, null)) {
                    new ReadMarkers(server, readers, speakers, time, said).turns(turns);
                    said += speakers.said();
                }
            }
        }
        return said;
    }

    private static Company company(int first) {
        return new Company(ROOM, number -> {
            String name = Accounts.name(first + number);
            return Company.account(name, Accounts.password(name));
        });
    }

    private void turns(int count) throws IOException {
        Map<Mode, List<Turn>> all = new EnumMap<>(Mode.class);
        for (int turn = -WARM_UPS; turn < count; turn++) {
            List<Mode> order = Arrays.asList(Mode.values());
            Collections.rotate(order, -turn);
            for (Mode mode : order) {
                Turn result = turn(mode);
                if (turn >= 0) {
                    all.computeIfAbsent(mode, m -> new ArrayList<>()).add(result);
                    System.out.printf("%-6s %s%n", name(mode), result);
                }
            }
        }
        report(all);
    }

    private Turn turn(Mode mode) throws IOException {
        readers.marking(mode.every);
        speakers.latencies().reset();
        long said = speakers.said();
        Usage used = server.usage();
        long othersBefore = Machine.othersNanos(server.pid());
        long began = System.nanoTime();
        speakers.talk(time);
        speakers.settle(MOST);
        readers.await(before + speakers.said(), MOST);
        double nanos = System.nanoTime() - began;
        double others = Machine.othersNanos(server.pid()) - othersBefore;
        double cpu = server.usage().cpuNanos() - used.cpuNanos();
        double messages = speakers.said() - said;
        return new Turn(
                messages / nanos * 1e9,
                cpu / messages / 1e6,
                speakers.latencies().getValueAtPercentile(50) / 1e6,
                speakers.latencies().getValueAtPercentile(99) / 1e6,
                Math.max(0, others) / nanos);
    }

    private static String name(Mode mode) {
        return mode.name().toLowerCase(Locale.ROOT);
    }

    private static void report(Map<Mode, List<Turn>> all) {
        List<Turn> none = all.getOrDefault(Mode.NONE, List.of());
        all.forEach((mode, turns) -> System.out.printf(
                "%-6s acknowledged/s %s, to none %s; CPU-ms each %s, to none %s; p50 %s ms, p99 %s ms%n",
                name(mode),
                spread(turns, Turn::perSecond).text("%.1f"),
                ratio(turns, none, Turn::perSecond).text("%.2f"),
                spread(turns, Turn::cpuMillis).text("%.3f"),
                ratio(turns, none, Turn::cpuMillis).text("%.2f"),
                spread(turns, Turn::p50).text("%.2f"),
                spread(turns, Turn::p99).text("%.2f")));
    }

    private static Spread spread(List<Turn> turns, ToDoubleFunction<Turn> value) {
        return Spread.of(turns.stream().mapToDouble(value));
    }

    /** Of the same turn. */
    private static Spread ratio(List<Turn> turns, List<Turn> none, ToDoubleFunction<Turn> value) {
        double[] ratios = new double[turns.size()];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = value.applyAsDouble(turns.get(i)) / value.applyAsDouble(none.get(i));
        }
        return Spread.of(Arrays.stream(ratios));
    }
}
