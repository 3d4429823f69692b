package io.parley.apps.benchmarks.chaos;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;

/**
 * One connection of a client through the proxy, with the connection to the server behind it. The proxy's thread.
 *
 * <pre>
 *   FORWARDS --one side is dropped--&gt; HALF --time--&gt; OVER
 *   FORWARDS --both sides end, or a fault--&gt; OVER
 * </pre>
 */
final class Bridge {
    private static final long ORPHAN_NANOS = TimeUnit.SECONDS.toNanos(12);
    private static final long SWALLOW_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private enum State {
        FORWARDS,
        HALF,
        OVER
    }

    private final Timers timers;
    private final SocketChannel client;
    private final SocketChannel server;
    private final Pipe up;
    private final Pipe down;
    private final SelectionKey clientKey;
    private final SelectionKey serverKey;
    private final int swallowAtFlight; // of the client, from 1; 0: nothing is swallowed
    private final Runnable atSwallow;
    private State state = State.FORWARDS;
    private long stalledUntil = Long.MIN_VALUE;
    private long delayNanos;
    private int flights; // of the client
    private boolean clientSpoke; // last
    private boolean swallows;

    /**
     * Begins to forward.
     *
     * @param swallowAtFlight the answer to which flight of the client is discarded; 0 for none
     * @param atSwallow told when that happens
     */
    Bridge(
            Selector selector,
            Timers timers,
            SocketChannel client,
            SocketChannel server,
            int swallowAtFlight,
            Runnable atSwallow)
            throws IOException {
        this.timers = timers;
        this.client = client;
        this.server = server;
        this.swallowAtFlight = swallowAtFlight;
        this.atSwallow = atSwallow;
        up = new Pipe(client, server);
        down = new Pipe(server, client);
        for (SocketChannel channel : new SocketChannel[] {client, server}) {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        }
        clientKey = client.register(selector, SelectionKey.OP_READ, this);
        serverKey = server.register(selector, SelectionKey.OP_READ, this);
    }

    boolean isForwarding() {
        return state == State.FORWARDS && !swallows && swallowAtFlight == 0;
    }

    boolean isOver() {
        return state == State.OVER;
    }

    /** Forwards what there is. */
    @SuppressWarnings("ReferenceEquality") // there is one key for each channel
    void turn(SelectionKey key, ByteBuffer scratch) {
        if (state != State.FORWARDS) {
            return;
        }
        try {
            if (key.isReadable()) {
                read(key == clientKey, scratch);
            }
        } catch (IOException broken) {
            reset();
            return;
        }
        pump();
    }

    private void read(boolean ofClient, ByteBuffer scratch) throws IOException {
        int count = (ofClient ? up : down).read(scratch, System.nanoTime(), delayNanos);
        if (count == 0) {
            return;
        }
        if (ofClient) {
            flights += clientSpoke ? 0 : 1;
        } else if (swallows || (swallowAtFlight > 0 && flights >= swallowAtFlight)) {
            down.discard();
            if (!swallows) {
                atSwallow.run();
                swallow();
            }
        }
        clientSpoke = ofClient;
    }

    private void pump() {
        if (state != State.FORWARDS) {
            return;
        }
        long now = System.nanoTime();
        if (now < stalledUntil) {
            clientKey.interestOps(0);
            serverKey.interestOps(0);
            return; // a timer goes on
        }
        try {
            up.write(now);
            down.write(now);
        } catch (IOException broken) {
            reset();
            return;
        }
        if (up.isOver() && down.isOver()) {
            end();
            return;
        }
        clientKey.interestOps(ops(up.wantsRead(), down.wantsWrite()));
        serverKey.interestOps(ops(down.wantsRead(), up.wantsWrite()));
        long due = Math.min(up.dueNanos(), down.dueNanos());
        if (due != Long.MAX_VALUE && due > now) {
            timers.at(due, this::pump);
        }
    }

    private static int ops(boolean read, boolean write) {
        return (read ? SelectionKey.OP_READ : 0) | (write ? SelectionKey.OP_WRITE : 0);
    }

    // ---- faults

    void stall(long millis) {
        stalledUntil = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        timers.at(stalledUntil, this::pump);
        pump();
    }

    void delay(long millis) {
        delayNanos = TimeUnit.MILLISECONDS.toNanos(millis);
    }

    /** Discards what the server answers, and resets it soon. */
    void swallow() {
        swallows = true;
        timers.at(System.nanoTime() + SWALLOW_NANOS, this::reset);
    }

    void halve(boolean clientSide) {
        state = State.HALF;
        (clientSide ? serverKey : clientKey).interestOps(0);
        close(clientSide ? client : server);
        timers.at(System.nanoTime() + ORPHAN_NANOS, this::end);
    }

    /** Forwards again as it should; what is half open ends. */
    void calm() {
        stalledUntil = Long.MIN_VALUE;
        delayNanos = 0;
        if (state == State.HALF || swallows || swallowAtFlight > 0) {
            end();
        } else {
            pump();
        }
    }

    void end() {
        state = State.OVER;
        close(client);
        close(server);
    }

    void reset() {
        if (state == State.OVER) {
            return;
        }
        linger(client);
        linger(server);
        end();
    }

    static void linger(SocketChannel channel) {
        try {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException closed) {
            // then there is nothing to reset
        }
    }

    static void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException broken) {
            // it is closed all the same
        }
    }
}
