package io.parley.apps.benchmarks.storage;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The faulty server in one process after another at one port. One thread starts it; any may kill it. */
final class ServerRun implements AutoCloseable {
    private static final Pattern INVITATION = Pattern.compile(".*chat-client\\.jar \\S*?:(\\d+).*");
    private static final long START_SECONDS = 60;
    private static final int LAST_LINES = 60;

    private final List<String> jvmOptions;
    private final List<String> arguments;
    private final Map<String, Integer> told = new ConcurrentSkipListMap<>(); // what was said besides AT
    private final ArrayDeque<String> last = new ArrayDeque<>(); // of the present process; guarded by itself
    private volatile Consumer<String> atPoint = point -> {};
    private volatile @Nullable Process process;
    private volatile @Nullable CompletableFuture<Integer> listening;
    private volatile long killedNanos;
    private volatile int port; // 0 before the first start

    /**
     * Makes it; nothing is started.
     *
     * @param jvmOptions for the JVM
     * @param arguments for the chat server, besides host, port and limits
     */
    ServerRun(List<String> jvmOptions, List<String> arguments) {
        this.jvmOptions = List.copyOf(jvmOptions);
        this.arguments = List.copyOf(arguments);
    }

    int port() {
        return port;
    }

    /** Who is told when a call is at a point, on the thread that reads what the server prints. */
    void atPoint(Consumer<String> listener) {
        atPoint = listener;
    }

    /** Starts it and waits until it listens. */
    void start(String order) throws IOException, InterruptedException {
        spawn(order);
        awaitListening();
    }

    /** Starts it. */
    void spawn(String order) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", // it lives for seconds
                "-cp",
                System.getProperty("java.class.path")));
        command.addAll(jvmOptions);
        command.add(FaultyServer.class.getName());
        command.addAll(List.of("--host", "localhost", "--port", String.valueOf(port), "--history", "10000000"));
        command.addAll(List.of("--frames-per-second", "100000", "--burst-frames", "100000"));
        command.addAll(arguments);
        synchronized (last) {
            last.clear();
        }
        Process started = new ProcessBuilder(command).redirectErrorStream(true).start();
        CompletableFuture<Integer> listens = new CompletableFuture<>();
        listening = listens;
        process = started;
        Thread reader = new Thread(() -> read(started, listens), "server-log");
        reader.setDaemon(true);
        reader.start();
        order(order);
    }

    /** Waits until it listens; fails if it ends before. */
    void awaitListening() throws IOException, InterruptedException {
        CompletableFuture<Integer> listens = listening;
        try {
            port = listens == null ? 0 : listens.get(START_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException no) {
            throw new IOException("the server did not start: " + words(), no);
        }
    }

    private void read(Process from, CompletableFuture<Integer> listens) {
        try (BufferedReader printed = from.inputReader(StandardCharsets.UTF_8)) {
            for (String line = printed.readLine(); line != null; line = printed.readLine()) {
                heard(line, listens);
            }
        } catch (IOException ended) {
            // the process was killed
        }
        listens.completeExceptionally(new IOException("it ended"));
    }

    private void heard(String line, CompletableFuture<Integer> listens) {
        if (line.startsWith("AT ")) {
            atPoint.accept(line.substring(3));
        } else if (line.startsWith("FAULT ") || line.startsWith("DONE ")) {
            told.merge(line, 1, Integer::sum);
        }
        synchronized (last) {
            last.add(line);
            if (last.size() > LAST_LINES) {
                last.remove();
            }
        }
        Matcher invitation = INVITATION.matcher(line);
        if (invitation.matches()) {
            listens.complete(Integer.parseInt(invitation.group(1)));
        }
    }

    /** What it said of faults, and how often. */
    Map<String, Integer> told() {
        return told;
    }

    /** The last lines that it printed. */
    String words() {
        synchronized (last) {
            return String.join(System.lineSeparator(), last);
        }
    }

    /** Gives it an order. */
    void order(String order) {
        Process running = process;
        if (running != null) {
            PrintStream orders = new PrintStream(running.getOutputStream(), true, StandardCharsets.UTF_8);
            orders.print(order + "\n");
            orders.flush();
        }
    }

    /** Kills it as {@code kill -9} does. Any thread. */
    void kill() {
        Process running = process;
        if (running != null && running.isAlive()) {
            running.destroyForcibly();
            killedNanos = System.nanoTime();
        }
    }

    boolean isAlive() {
        Process running = process;
        return running != null && running.isAlive();
    }

    /** Waits until it is dead; false if it is not by then. */
    boolean awaitDeath(long seconds) throws InterruptedException {
        Process running = process;
        return running == null || running.waitFor(seconds, TimeUnit.SECONDS);
    }

    /** When it was killed. */
    long killedNanos() {
        return killedNanos;
    }

    /** Sends it a signal, such as STOP. */
    void signal(String name) throws IOException, InterruptedException {
        Process running = process;
        if (running != null) {
            Signals.send(name, running.pid());
        }
    }

    /** Ends it in order. */
    void end() throws InterruptedException {
        Process running = process;
        if (running != null) {
            running.destroy();
            if (!running.waitFor(START_SECONDS, TimeUnit.SECONDS)) {
                running.destroyForcibly();
            }
        }
    }

    @Override
    public void close() {
        try {
            end();
        } catch (InterruptedException interrupted) {
            kill();
            Thread.currentThread().interrupt();
        }
    }
}
