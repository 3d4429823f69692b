package io.parley.apps.benchmarks;

import io.parley.apps.benchmarks.measure.Machine;
import io.parley.apps.benchmarks.measure.Usage;
import io.parley.apps.benchmarks.swarm.Swarm;
import java.io.IOException;
import java.time.Duration;
import org.HdrHistogram.Histogram;

/**
 * The result of one round of a scenario at one server.
 *
 * @param perSecond deliveries a second
 * @param cpu CPU time of the server in seconds per million deliveries
 * @param generator share of a core that the load generator used
 * @param others share of a core that other processes used
 * @param bytesPerWrite bytes in each write of the server
 * @param deliveriesPerRead deliveries in each read of the load generator
 * @param allocated bytes that the threads of the server allocated, per message
 * @param p50 percentile of the latency, in milliseconds
 * @param p99 the same
 * @param p999 the same
 * @param max the same
 * @param skipped deliveries that the server reported as a gap instead
 * @param faults deliveries that were lost, out of order, or double, since the round before
 */
record Round(
        double perSecond,
        double cpu,
        double generator,
        double others,
        double bytesPerWrite,
        double deliveriesPerRead,
        double allocated,
        double p50,
        double p99,
        double p999,
        double max,
        long skipped,
        long faults) {

    /** Measures a swarm that sends for a time. */
    static Round of(ServerProcess.Handle server, Swarm swarm, Duration time) throws IOException {
        Histogram latencies = swarm.latencies();
        latencies.reset();
        long deliveries = swarm.deliveries();
        long messages = swarm.said();
        long reads = swarm.reads();
        long skipped = swarm.skipped();
        Usage before = server.usage();
        Usage ownBefore = Usage.now(0);
        long othersBefore = Machine.othersNanos(server.pid());
        long start = System.nanoTime();
        swarm.talk(time);
        double nanos = System.nanoTime() - start;
        double others = Machine.othersNanos(server.pid()) - othersBefore;
        Usage own = Usage.now(0);
        Usage after = server.usage();
        double delivered = swarm.deliveries() - deliveries;
        swarm.settle(Duration.ofSeconds(30));
        double cpu = after.cpuNanos() - before.cpuNanos();
        double ownCpu = own.cpuNanos() - ownBefore.cpuNanos();
        return new Round(
                delivered / nanos * 1e9,
                cpu / delivered / 1e3,
                ownCpu / nanos,
                Math.max(0, others) / nanos,
                (double) (after.writtenBytes() - before.writtenBytes()) / (after.writeCalls() - before.writeCalls()),
                delivered / (swarm.reads() - reads),
                (double) (after.allocatedBytes() - before.allocatedBytes()) / (swarm.said() - messages),
                latencies.getValueAtPercentile(50) / 1e6,
                latencies.getValueAtPercentile(99) / 1e6,
                latencies.getValueAtPercentile(99.9) / 1e6,
                latencies.getMaxValue() / 1e6,
                swarm.skipped() - skipped,
                swarm.newFaults());
    }

    @Override
    public String toString() {
        return String.format(
                "%,11.0f/s  %.4f CPU-s/M  %5.0f B/write  %5.1f/read  %6.0f B/message  p50 %.3f p99 %.3f p99.9 %.3f"
                        + " max %.1f ms  load %.2f others %.2f%s%s",
                perSecond,
                cpu,
                bytesPerWrite,
                deliveriesPerRead,
                allocated,
                p50,
                p99,
                p999,
                max,
                generator,
                others,
                skipped == 0 ? "" : "  skipped " + skipped,
                faults == 0 ? "" : "  FAULTS " + faults);
    }
}
