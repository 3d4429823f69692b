package io.parley.testkit.transport;

import io.parley.transport.Connection;
import io.parley.transport.ConnectionHandler;
import io.parley.transport.Disconnect;
import io.parley.transport.Progress;
import io.parley.transport.Sink;
import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A connection handler that counts its callbacks, sends what it is given, and notes each breach of the rules that it sees:
 * callbacks that overlap, come too early, too late, or inside a call into the connection. Any thread may call it.
 */
public final class Probe implements ConnectionHandler {
    private static final ThreadLocal<Boolean> CALLING = ThreadLocal.withInitial(() -> false);

    private final Queue<String> breaches = new ConcurrentLinkedQueue<>();
    private final AtomicInteger opening = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();
    private final AtomicInteger reading = new AtomicInteger();
    private final AtomicInteger writing = new AtomicInteger();
    private final AtomicLong received = new AtomicLong();
    private final AtomicLong taken = new AtomicLong();
    private final AtomicInteger writables = new AtomicInteger();
    private final AtomicInteger refusals = new AtomicInteger();
    private final AtomicInteger largestTurn = new AtomicInteger();
    private final Queue<byte[]> outgoing = new ConcurrentLinkedQueue<>();
    private byte[] current = {}; // onWritable only
    private int position; // onWritable only

    private volatile @Nullable Connection connection;
    private volatile boolean opened;
    private volatile @Nullable Disconnect disconnect;
    private volatile byte @Nullable [] expected;
    private volatile boolean noBytesNow;
    private volatile Consumer<Connection> whenOpen = connection -> {};
    private volatile Consumer<ByteBuffer> whenBytes = bytes -> bytes.position(bytes.limit());
    private volatile Function<Sink, Progress> whenWritable = this::sendOutgoing;
    private volatile Consumer<Disconnect> whenClosed = disconnect -> {};

    /** A probe that has no connection yet. {@link Bench#probe()} makes one that is looked after. */
    public Probe() {}

    /**
     * Runs a call into a connection, a listener or a transport. A callback inside it is a breach.
     *
     * @param call what to run
     */
    public static void calling(Runnable call) {
        boolean before = CALLING.get();
        CALLING.set(true);
        try {
            call.run();
        } finally {
            CALLING.set(before);
        }
    }

    /**
     * Sets what to do in {@link #onOpen}.
     *
     * @param action is given the connection
     * @return this probe
     */
    public Probe whenOpen(Consumer<Connection> action) {
        whenOpen = action;
        return this;
    }

    /**
     * Sets what to do in {@link #onBytes}; without it the bytes are consumed.
     *
     * @param action is given the bytes, and must consume them
     * @return this probe
     */
    public Probe whenBytes(Consumer<ByteBuffer> action) {
        whenBytes = action;
        return this;
    }

    /**
     * Sets what to do in {@link #onWritable}; without it the probe sends what {@link #send} was given.
     *
     * @param action is given the sink, and returns whether there is more
     * @return this probe
     */
    public Probe whenWritable(Function<Sink, Progress> action) {
        whenWritable = action;
        return this;
    }

    /**
     * Sets what to do in {@link #onClosed}.
     *
     * @param action is given the reason
     * @return this probe
     */
    public Probe whenClosed(Consumer<Disconnect> action) {
        whenClosed = action;
        return this;
    }

    /**
     * Sets what must arrive, byte for byte. Other bytes are a breach.
     *
     * @param bytes everything that the peer will send
     * @return this probe
     */
    public Probe expect(byte[] bytes) {
        expected = bytes;
        return this;
    }

    /**
     * Makes the probe send back everything that arrives.
     *
     * @return this probe
     */
    public Probe echoing() {
        return whenBytes(bytes -> {
            byte[] copy = new byte[bytes.remaining()];
            bytes.get(copy);
            send(copy);
        });
    }

    /**
     * Sets whether a call of {@link #onBytes} is a breach from now on.
     *
     * @param forbidden true if there must be none
     */
    public void noBytesNow(boolean forbidden) {
        noBytesNow = forbidden;
    }

    /**
     * Adds bytes to what is to be sent, and asks the connection for a call of {@link #onWritable}.
     *
     * @param bytes what to send; must not be changed afterwards
     */
    public void send(byte[] bytes) {
        outgoing.add(bytes);
        call(Connection::wantWrite);
    }

    /**
     * Calls the connection. A callback inside the call is a breach.
     *
     * @param call what to call
     */
    public void call(Consumer<Connection> call) {
        Connection current = connection();
        calling(() -> call.accept(current));
    }

    /**
     * The connection, as soon as {@link Bench#connect} returned or {@link #onOpen} was called.
     *
     * @return the connection
     * @throws IllegalStateException if there is none yet
     */
    public Connection connection() {
        Connection current = connection;
        if (current == null) {
            throw new IllegalStateException("no connection yet");
        }
        return current;
    }

    boolean isMade() {
        return connection != null;
    }

    void connection(Connection made) {
        connection = made;
    }

    /**
     * Whether {@link #onOpen} was called and has returned.
     *
     * @return whether the connection was opened
     */
    public boolean isOpen() {
        return opened;
    }

    /**
     * Whether {@link #onClosed} was called.
     *
     * @return whether the connection has ended
     */
    public boolean isClosed() {
        return closed.get() > 0;
    }

    /**
     * How the connection ended, with the cause.
     *
     * @return what {@link #onClosed} was told
     * @throws IllegalStateException if the connection has not ended
     */
    public Disconnect disconnect() {
        Disconnect told = disconnect;
        if (told == null) {
            throw new IllegalStateException("not closed yet");
        }
        return told;
    }

    /**
     * How the connection ended.
     *
     * @return the kind, or null if the connection has not ended
     */
    public Disconnect.@Nullable Kind kind() {
        Disconnect told = disconnect;
        return told == null ? null : told.kind();
    }

    /**
     * How many bytes have arrived.
     *
     * @return the number of bytes
     */
    public long received() {
        return received.get();
    }

    /**
     * How many bytes the sinks have taken.
     *
     * @return the number of bytes
     */
    public long taken() {
        return taken.get();
    }

    /**
     * How often {@link #onWritable} was called.
     *
     * @return the number of calls
     */
    public int writables() {
        return writables.get();
    }

    /**
     * How often a sink took nothing.
     *
     * @return the number of such writes
     */
    public int refusals() {
        return refusals.get();
    }

    /**
     * How many bytes were taken in one call of {@link #onWritable} at most.
     *
     * @return the number of bytes
     */
    public int largestTurn() {
        return largestTurn.get();
    }

    /**
     * The breaches of the rules that this probe has seen.
     *
     * @return a line for each; empty if all went well
     */
    public Queue<String> breaches() {
        return breaches;
    }

    @Override
    public void onOpen(Connection made) {
        enter("onOpen", false);
        if (opening.incrementAndGet() > 1) {
            breaches.add("a second onOpen");
        }
        connection = made;
        try {
            whenOpen.accept(made);
        } finally {
            opened = true; // for whoever waits for it, all of it
        }
    }

    @Override
    public void onBytes(ByteBuffer bytes) {
        enter("onBytes", true);
        if (reading.incrementAndGet() > 1) {
            breaches.add("two onBytes at once");
        }
        try {
            if (!bytes.hasRemaining()) {
                breaches.add("onBytes without bytes");
            }
            if (noBytesNow) {
                breaches.add("onBytes while there must be none");
            }
            check(bytes);
            int count = bytes.remaining();
            whenBytes.accept(bytes);
            received.addAndGet(count);
        } finally {
            reading.decrementAndGet();
        }
    }

    private void check(ByteBuffer bytes) {
        byte[] all = expected;
        if (all == null) {
            return;
        }
        int from = (int) received.get();
        int to = Math.min(all.length, from + bytes.remaining());
        if (from + bytes.remaining() > all.length) {
            breaches.add("more bytes than were sent");
        } else if (!bytes.duplicate().equals(ByteBuffer.wrap(all, from, to - from))) {
            breaches.add("other bytes than were sent, at " + from);
        }
    }

    @Override
    public Progress onWritable(Sink sink) {
        enter("onWritable", true);
        writables.incrementAndGet();
        if (writing.incrementAndGet() > 1) {
            breaches.add("two onWritable at once");
        }
        AtomicInteger turn = new AtomicInteger();
        try {
            return whenWritable.apply((source, offset, length) -> {
                int count = sink.write(source, offset, length);
                if (count < 0 || count > length) {
                    breaches.add("a sink took " + count + " of " + length);
                }
                if (count == 0) {
                    refusals.incrementAndGet();
                }
                taken.addAndGet(count);
                turn.addAndGet(count);
                return count;
            });
        } finally {
            largestTurn.accumulateAndGet(turn.get(), Math::max);
            writing.decrementAndGet();
        }
    }

    Progress sendOutgoing(Sink sink) {
        while (true) {
            while (position < current.length) {
                int count = sink.write(current, position, current.length - position);
                if (count == 0) {
                    return Progress.MORE;
                }
                position += count;
            }
            byte[] next = outgoing.poll();
            if (next == null) {
                return Progress.DRAINED;
            }
            current = next;
            position = 0;
        }
    }

    @Override
    public void onClosed(Disconnect why) {
        enter("onClosed", false);
        if (reading.get() > 0 || writing.get() > 0) {
            breaches.add("onClosed while another callback runs");
        }
        disconnect = why;
        if (closed.incrementAndGet() > 1) {
            breaches.add("a second onClosed");
        }
        whenClosed.accept(why);
    }

    private void enter(String callback, boolean opensFirst) {
        if (CALLING.get()) {
            breaches.add(callback + " inside a call");
        }
        if (closed.get() > 0) {
            breaches.add(callback + " after onClosed");
        }
        if (opensFirst && opening.get() == 0) {
            breaches.add(callback + " before onOpen");
        }
    }
}
