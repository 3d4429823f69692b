package io.parley.apps.benchmarks.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A TCP proxy that damages connections. One thread runs it; any other may call the public part. */
public final class Proxy implements AutoCloseable {
    private final Selector selector = Selector.open();
    private final Timers timers = new Timers();
    private final ByteBuffer scratch = ByteBuffer.allocateDirect(16 << 10);
    private final List<Door> doors = new ArrayList<>();
    private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final Thread thread = new Thread(this::run, "chaos-proxy");
    private volatile boolean closed;

    Proxy(InetSocketAddress server, int clients, long seed, long meanMillis, boolean tls) throws IOException {
        for (int i = 0; i < clients; i++) {
            doors.add(new Door(selector, timers, server, new FaultPlan(seed, i, meanMillis), tls));
        }
        thread.start();
    }

    /**
     * A proxy with one door and no faults but those that are asked for.
     *
     * @param server what is behind it
     * @return the proxy, to be closed
     * @throws IOException if it cannot listen
     */
    public static Proxy between(InetSocketAddress server) throws IOException {
        return new Proxy(server, 1, 0, Long.MAX_VALUE / 4, false);
    }

    /** Where clients of {@link #between} connect to. */
    public InetSocketAddress address() {
        return door(0).address();
    }

    /**
     * Resets all connections. Any thread.
     *
     * @param swallows whether the server still gets what it is sent for a time, and its answers are discarded
     */
    public void cut(boolean swallows) {
        run(() -> doors.forEach(door -> door.cut(swallows)));
    }

    Door door(int client) {
        return doors.get(client);
    }

    /** Begins with the faults. */
    void storm() {
        run(() -> doors.forEach(Door::storm));
    }

    /** Ends the faults. */
    void calm() {
        run(() -> doors.forEach(Door::calm));
    }

    private void run(Runnable task) {
        tasks.add(task);
        selector.wakeup();
    }

    private void run() {
        try (selector) {
            while (!closed) {
                selector.select(timers.millis(System.nanoTime()));
                for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                    task.run();
                }
                selector.selectedKeys().forEach(this::turn);
                selector.selectedKeys().clear();
                timers.run(System.nanoTime());
            }
            doors.forEach(Door::close);
            selector.selectNow(); // lets go of what is closed
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private void turn(SelectionKey key) {
        try {
            if (key.attachment() instanceof Door door) {
                door.accept();
            } else if (key.attachment() instanceof Bridge bridge) {
                bridge.turn(key, scratch);
            }
        } catch (CancelledKeyException over) {
            // it ended in this very turn
        }
    }

    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** How often each fault struck. When it is closed. */
    Map<Fault, Integer> done() {
        Map<Fault, Integer> all = new EnumMap<>(Fault.class);
        for (Fault fault : Fault.values()) {
            all.put(fault, 0);
        }
        doors.forEach(door -> door.done().forEach((fault, count) -> all.merge(fault, count, Integer::sum)));
        return all;
    }
}
