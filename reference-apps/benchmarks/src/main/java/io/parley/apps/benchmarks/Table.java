package io.parley.apps.benchmarks;

import io.parley.apps.benchmarks.measure.Spread;
import io.parley.apps.benchmarks.swarm.Scenario;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/** Compares the servers in the rounds of one scenario. One thread. */
final class Table {
    static final String CSV_HEADER = "scenario,round,server,perSecond,cpuSecondsPerMillion,loadShare,othersShare,"
            + "bytesPerWrite,deliveriesPerRead,allocatedPerMessage,p50Millis,p99Millis,p999Millis,maxMillis,faults";

    private final List<String> servers;
    private final List<Map<String, Round>> rounds = new ArrayList<>();
    private int discarded;

    Table(List<String> servers) {
        this.servers = List.copyOf(servers);
    }

    void add(Map<String, Round> results) {
        rounds.add(Map.copyOf(results));
    }

    void discard() {
        discarded++;
    }

    /** A row for each server: medians, and in brackets the range; ratios are of the two in the same round. */
    String markdown(Scenario scenario) {
        String first = servers.get(0);
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "%n**%s** (%s), %d rounds, %d thrown away%n%n",
                scenario.name(),
                scenario.describe(),
                rounds.size(),
                discarded));
        text.append("| server | deliveries/s | CPU-s per million | CPU: ")
                .append(first)
                .append(" to it | bytes/write");
        text.append(" | deliveries/read | bytes/message | p50 ms | p99 ms | p99.9 ms | max ms | p50, p99: ");
        text.append(first)
                .append(" to it | lost or out of order |\n|---|---|---|---|---|---|---|---|---|---|---|---|---|\n");
        for (String server : servers) {
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %,.0f | %s | %s | %,.0f | %.1f | %,.0f | %.3f | %.3f | %.3f | %.1f | %s, %s | %d |%n",
                    server,
                    spread(server, Round::perSecond).median(),
                    spread(server, Round::cpu).text("%.4f"),
                    ratio(first, server, Round::cpu).text("%.2f"),
                    spread(server, Round::bytesPerWrite).median(),
                    spread(server, Round::deliveriesPerRead).median(),
                    spread(server, Round::allocated).median(),
                    spread(server, Round::p50).median(),
                    spread(server, Round::p99).median(),
                    spread(server, Round::p999).median(),
                    spread(server, Round::max).greatest(),
                    ratio(first, server, Round::p50).text("%.2f"),
                    ratio(first, server, Round::p99).text("%.2f"),
                    rounds.stream()
                            .mapToLong(round -> of(round, server).faults())
                            .sum()));
        }
        return text.toString();
    }

    private static Round of(Map<String, Round> round, String server) {
        return Objects.requireNonNull(round.get(server));
    }

    Spread spread(String server, ToDoubleFunction<Round> figure) {
        return Spread.of(rounds.stream().mapToDouble(round -> figure.applyAsDouble(of(round, server))));
    }

    Spread ratio(String one, String other, ToDoubleFunction<Round> figure) {
        return Spread.of(rounds.stream()
                .mapToDouble(round -> figure.applyAsDouble(of(round, one)) / figure.applyAsDouble(of(round, other))));
    }

    /** A line for each server and round. */
    void csv(Scenario scenario, PrintWriter out) {
        for (int n = 0; n < rounds.size(); n++) {
            for (String server : servers) {
                Round r = of(rounds.get(n), server);
                out.printf(
                        Locale.ROOT,
                        "%s,%d,%s,%.0f,%.5f,%.3f,%.3f,%.1f,%.2f,%.1f,%.4f,%.4f,%.4f,%.4f,%d%n",
                        scenario.name(),
                        n + 1,
                        server,
                        r.perSecond(),
                        r.cpu(),
                        r.generator(),
                        r.others(),
                        r.bytesPerWrite(),
                        r.deliveriesPerRead(),
                        r.allocated(),
                        r.p50(),
                        r.p99(),
                        r.p999(),
                        r.max(),
                        r.faults());
            }
        }
    }
}
