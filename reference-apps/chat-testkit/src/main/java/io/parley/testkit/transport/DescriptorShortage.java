package io.parley.testkit.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.transport.Listening;
import io.parley.transport.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;

/**
 * Checks that a listener neither spins nor dies while the process has no file descriptor left. {@link #check} starts a
 * process with few descriptors, in which {@link #main} uses them up. The transport must log one line with the words
 * "accepting paused" for each shortage.
 */
public final class DescriptorShortage {
    private static final long SHORTAGE_NANOS = TimeUnit.MILLISECONDS.toNanos(1500);

    private DescriptorShortage() {}

    /**
     * Starts {@link #main} in a process of its own and checks what it reports. Skipped on a system without {@code /proc}.
     * The tests must run on the class path.
     *
     * @param transport a public class with a public static method {@code create()} that makes a transport over TCP
     * @throws IOException if the process cannot be started
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    public static void check(Class<? extends Transport> transport) throws IOException, InterruptedException {
        Assumptions.assumeTrue(Path.of("/proc/self/fd").toFile().exists(), "a system with ulimit and /proc");
        Path output = Files.createTempFile("parley", ".out");
        Process process = new ProcessBuilder(
                        "sh",
                        "-c",
                        "ulimit -n 80 && exec \"$0\" \"$@\"",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:-MaxFDLimit",
                        "-cp",
                        System.getProperty("java.class.path"),
                        DescriptorShortage.class.getName(),
                        transport.getName())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = process.waitFor(5, TimeUnit.MINUTES);
        process.destroyForcibly().waitFor();
        String said = Files.readString(output);
        Files.delete(output);
        assertThat(ended).as(said).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        Matcher allowed = Pattern.compile("shortages at most: (\\d+)").matcher(said);
        assertThat(allowed.find()).as(said).isTrue();
        // Told once for each shortage, not for each try; one more may begin while the descriptors are given back.
        assertThat(said.split("accepting paused", -1))
                .as(said)
                .hasSizeBetween(2, 2 + Integer.parseInt(allowed.group(1)));
    }

    /**
     * Runs the check in this process. Ends with status 0 if all went well.
     *
     * @param arguments the name of the transport's class
     */
    public static void main(String[] arguments) {
        try {
            run(arguments[0]);
        } catch (Throwable thrown) {
            thrown.printStackTrace();
            // The listener's thread would keep the process alive.
            Runtime.getRuntime().halt(1);
        }
    }

    private static void run(String transportClass) throws ReflectiveOperationException, IOException {
        Transport transport =
                (Transport) Class.forName(transportClass).getMethod("create").invoke(null);
        Bench bench = Bench.of(transport, () -> new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        AtomicInteger accepted = new AtomicInteger();
        Listening listening = bench.listen(remote -> {
            accepted.incrementAndGet();
            return bench.probe().echoing();
        });
        // Once while all is well, so that no class needs a descriptor to be loaded later.
        bench.echoWorks(listening.address());
        bench.stays("calm", () -> true);
        System.getLogger("io.parley").log(System.Logger.Level.WARNING, "warm", new IOException("warm"));
        check(cpuNanos() > 0, "no cpu time");

        Deque<FileChannel> hoard = hoard();
        // A thread that was in accept already has a descriptor reserved, so the first may still get in, be it late.
        int before = accepted.get();
        int made = before;
        Probe waiting;
        long cpu;
        do {
            hoard.pop().close();
            Probe guest = bench.connect(listening.address(), bench.probe());
            bench.await("a connection that the system made or not", () -> guest.isOpen() || guest.isClosed());
            made += guest.isOpen() ? 1 : 0;
            waiting = guest;
            waiting.send(new byte[10]);
            bench.stays("time to accept", () -> true);
            cpu = accepted.get() < made ? cpuOfTheShortage(bench) : 0;
        } while (accepted.get() == made);
        check(waiting.received() == 0, "accepted without a descriptor?");
        check(cpu < SHORTAGE_NANOS / 2, "spinning: " + TimeUnit.NANOSECONDS.toMillis(cpu) + " ms of cpu");

        int inBetween = accepted.get() - before;
        long released = System.nanoTime();
        for (FileChannel file : hoard) {
            file.close();
        }
        Probe last = waiting;
        bench.await("the echo", () -> last.received() == 10);
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - released);
        System.out.println("shortage: " + TimeUnit.NANOSECONDS.toMillis(cpu) + " ms of cpu, over after " + millis);
        // One that got in between ended a shortage, and the next one began.
        System.out.println("shortages at most: " + (inBetween + 1));
        bench.finish();
    }

    private static long cpuOfTheShortage(Bench bench) {
        long cpu = cpuNanos();
        long end = System.nanoTime() + SHORTAGE_NANOS;
        bench.await("the shortage to last", () -> System.nanoTime() > end);
        return cpuNanos() - cpu;
    }

    /** Takes every descriptor there is. */
    private static Deque<FileChannel> hoard() {
        Deque<FileChannel> files = new ArrayDeque<>();
        try {
            while (true) {
                files.push(FileChannel.open(Path.of("/dev/null")));
            }
        } catch (IOException none) {
            return files;
        }
    }

    private static long cpuNanos() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .map(Duration::toNanos)
                .orElse(0L);
    }

    private static void check(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalStateException(otherwise);
        }
    }
}
