package io.parley.apps.benchmarks;

import io.parley.apps.benchmarks.measure.Machine;
import io.parley.apps.benchmarks.swarm.Scenario;
import io.parley.apps.benchmarks.swarm.Swarm;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What one delivery costs: scenarios at several servers, each in a process of its own, in turns A B C, B C A and so on.
 * A turn of all in which the machine did something else is thrown away, counted and repeated.
 *
 * <pre>java -cp benchmarks.jar io.parley.apps.benchmarks.FanOut [rounds] [seconds] [servers] [scenarios] [file.csv]</pre>
 *
 * Servers and scenarios are lists with commas; a server is a {@link ServerSpec}. The ratios are the first one's to each of
 * the others.
 */
public final class FanOut {
    static final double MOST_BY_OTHERS = 0.10; // of a core
    private static final int MIN_LAUNCHES = 3; // and as many as there are servers, if there are so many rounds

    private final List<ServerSpec> servers;
    private final int rounds;
    private final Duration time;

    private FanOut(List<ServerSpec> servers, int rounds, Duration time) {
        this.servers = servers;
        this.rounds = rounds;
        this.time = time;
    }

    /**
     * Measures.
     *
     * @param args see above; 3 rounds of 5 seconds, both transports, the scenarios 1x100 and 1x1000
     * @throws Exception if a server cannot be started or a connection fails
     */
    public static void main(String[] args) throws Exception {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 3;
        Duration time = Duration.ofMillis((long) (1_000 * (args.length > 1 ? Double.parseDouble(args[1]) : 5)));
        List<ServerSpec> servers = ServerSpec.parseAll(args.length > 2 ? args[2] : "parley-nio,parley-blocking");
        List<String> scenarios = List.of((args.length > 3 ? args[3] : "1x100,1x1000").split(",", -1));
        System.out.println(Machine.describe() + "; texts of " + Swarm.BODY_BYTES + " bytes");
        Map<Scenario, Table> tables = new LinkedHashMap<>();
        for (String name : scenarios) {
            Scenario scenario = Scenario.named(name);
            System.out.println("== " + name + ": " + scenario.describe());
            tables.put(scenario, new FanOut(servers, rounds, time).run(scenario));
        }
        tables.forEach((scenario, table) -> System.out.println(table.markdown(scenario)));
        if (args.length > 4) {
            Path file = Path.of(args[4]);
            try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8))) {
                out.println(Table.CSV_HEADER);
                tables.forEach((scenario, table) -> table.csv(scenario, out));
            }
        }
    }

    private Table run(Scenario scenario) throws IOException, GeneralSecurityException {
        Table table = new Table(servers.stream().map(ServerSpec::label).toList());
        int each = Math.max(1, rounds / Math.max(MIN_LAUNCHES, servers.size()));
        int launch = 0;
        for (int left = rounds; left > 0; left -= each) {
            launch(scenario, launch++, Math.min(left, each), table);
        }
        return table;
    }

    /**
     * Starts all servers once more, because a start decides by chance what is compiled how and where objects lie. Each
     * launch starts them in another order: the server that is started first is up to 15 % slower than the same server
     * started last.
     */
    private void launch(Scenario scenario, int number, int wanted, Table table)
            throws IOException, GeneralSecurityException {
        List<ServerSpec> order = new ArrayList<>(servers);
        Collections.rotate(order, -number);
        List<Contender> contenders = new CopyOnWriteArrayList<>();
        Attendance waiting = new Attendance(contenders);
        try {
            for (ServerSpec server : order) {
                Contender contender = Contender.start(server, scenario);
                contenders.add(contender);
                contender.warmUp(time);
            }
            int done = 0;
            for (int n = 0; done < wanted && n < 4 * wanted; n++) {
                Map<String, Round> results = turn(contenders, n);
                if (results.values().stream().allMatch(round -> round.others() <= MOST_BY_OTHERS)) {
                    table.add(results);
                    done++;
                } else {
                    table.discard();
                    System.out.println("    thrown away: others were busy");
                }
            }
        } finally {
            waiting.close();
            for (Contender contender : contenders) {
                contender.close();
            }
        }
    }

    private Map<String, Round> turn(List<Contender> contenders, int first) throws IOException {
        List<Contender> order = new ArrayList<>(contenders);
        Collections.rotate(order, -first);
        Map<String, Round> results = new LinkedHashMap<>();
        for (Contender contender : order) {
            Round round = contender.round(time);
            results.put(contender.name(), round);
            System.out.printf("%-20s %s%n", contender.name(), round);
        }
        return results;
    }
}
