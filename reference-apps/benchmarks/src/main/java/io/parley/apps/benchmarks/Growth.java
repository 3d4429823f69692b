package io.parley.apps.benchmarks;

import io.parley.apps.benchmarks.measure.Machine;
import io.parley.apps.benchmarks.measure.Spread;
import io.parley.apps.benchmarks.swarm.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * How the cost of a delivery grows: with the members of a room, with rooms and connections, and with the rooms that
 * everybody is in. What is under way at a time stays the same along each row but that of rooms and connections, where
 * everybody in a room of ten waits for one message.
 *
 * <pre>java -cp benchmarks.jar io.parley.apps.benchmarks.Growth [rounds] [seconds] [servers] [file.csv]</pre>
 */
public final class Growth {
    private static final int SENDERS = 4;
    private static final int WINDOW = 8;

    private Growth() {}

    /**
     * Measures.
     *
     * @param args see above; 3 rounds of 2 seconds, parley-nio
     * @throws Exception if a server cannot be started or a connection fails
     */
    public static void main(String[] args) throws Exception {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 3;
        Duration time = Duration.ofSeconds(args.length > 1 ? Long.parseLong(args[1]) : 2);
        String servers = args.length > 2 ? args[2] : "parley-nio,floor";
        System.out.println(Machine.describe());
        StringBuilder csv = new StringBuilder("row,size,cpuSecondsPerMillion,least,greatest,bytesPerWrite,faults\n");
        for (Scenario scenario : scenarios()) {
            for (String server : servers.split(",", -1)) {
                measure(scenario, server, rounds, time, csv);
            }
        }
        if (args.length > 3) {
            Files.writeString(Path.of(args[3]), csv);
        }
    }

    private static List<Scenario> scenarios() {
        List<Scenario> all = new ArrayList<>();
        for (int members : new int[] {10, 100, 1_000, 10_000}) {
            all.add(Scenario.closed("members of a room", 1, members, SENDERS, WINDOW));
        }
        for (int rooms : new int[] {1, 10, 100, 1_000}) {
            all.add(Scenario.closed("rooms of 10", rooms, 10, 1, 1));
        }
        for (int rooms : new int[] {1, 10, 100, 1_000, 10_000}) {
            all.add(Scenario.everywhere("rooms each of 10", rooms, 10, SENDERS, WINDOW));
        }
        return all;
    }

    private static void measure(Scenario scenario, String server, int rounds, Duration time, StringBuilder csv)
            throws IOException, GeneralSecurityException {
        int size = scenario.rooms() == 1 && !scenario.everywhere() && scenario.senders() > 1
                ? scenario.members()
                : scenario.rooms();
        DoubleStream.Builder cpu = DoubleStream.builder();
        double bytes = 0;
        long faults = 0;
        try (Contender contender = Contender.start(server, scenario)) {
            contender.warmUp(time);
            for (int done = 0, tried = 0; done < rounds && tried < 5 * rounds; tried++) {
                Round round = contender.round(time);
                System.out.printf("%-12s %-18s %,7d  %s%n", server, scenario.name(), size, round);
                faults += round.faults();
                if (round.others() <= FanOut.MOST_BY_OTHERS) {
                    cpu.add(round.cpu());
                    bytes = round.bytesPerWrite();
                    done++;
                }
            }
        }
        Spread spread = Spread.of(cpu.build());
        csv.append(String.format(
                Locale.ROOT,
                "%s: %s,%d,%.5f,%.5f,%.5f,%.1f,%d%n",
                server,
                scenario.name(),
                size,
                spread.median(),
                spread.least(),
                spread.greatest(),
                bytes,
                faults));
    }
}
