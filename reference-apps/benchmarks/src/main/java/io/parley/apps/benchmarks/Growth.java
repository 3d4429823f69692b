package io.parley.apps.benchmarks;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * How the cost of a delivery grows: with the members of a room, with rooms and connections, and with the rooms that
 * everybody is in. What is under way at a time stays the same along each row but that of rooms and connections, where
 * everybody in a room of ten waits for one message.
 *
 * <pre>java -cp benchmarks.jar io.parley.apps.benchmarks.Growth [rounds] [seconds] [server] [file.csv]</pre>
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
        String server = args.length > 2 ? args[2] : "parley-nio";
        System.out.println(Machine.describe());
        StringBuilder csv = new StringBuilder("row,size,cpuSecondsPerMillion,least,greatest,bytesPerWrite\n");
        for (int members : new int[] {10, 100, 1_000, 10_000}) {
            measure(
                    "members",
                    members,
                    Scenario.closed("members", 1, members, SENDERS, WINDOW),
                    server,
                    rounds,
                    time,
                    csv);
        }
        for (int rooms : new int[] {1, 10, 100, 1_000}) {
            measure("rooms of 10", rooms, Scenario.closed("rooms of 10", rooms, 10, 1, 1), server, rounds, time, csv);
        }
        for (int rooms : new int[] {1, 10, 100, 1_000, 10_000}) {
            Scenario scenario = Scenario.everywhere("rooms each", rooms, 10, SENDERS, WINDOW);
            measure("rooms each", rooms, scenario, server, rounds, time, csv);
        }
        if (args.length > 3) {
            try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(Path.of(args[3]), StandardCharsets.UTF_8))) {
                out.print(csv);
            }
        }
    }

    private static void measure(
            String row, int size, Scenario scenario, String server, int rounds, Duration time, StringBuilder csv)
            throws IOException, GeneralSecurityException {
        DoubleStream.Builder cpu = DoubleStream.builder();
        double bytes = 0;
        try (Contender contender = Contender.start(server, scenario)) {
            contender.swarm().talk(time.plusSeconds(1));
            contender.swarm().settle(Duration.ofSeconds(30));
            for (int done = 0, tried = 0; done < rounds && tried < 5 * rounds; tried++) {
                Round round = Round.of(contender.process(), contender.swarm(), time);
                System.out.printf("%-12s %,7d  %s%n", row, size, round);
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
                "%s,%d,%.5f,%.5f,%.5f,%.1f%n",
                row,
                size,
                spread.median(),
                spread.least(),
                spread.greatest(),
                bytes));
    }
}
