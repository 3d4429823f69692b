package io.parley.transport;

import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A handler that counts what it is told, sends what it is given, and notes every breach of the rules that
 * it sees: callbacks that overlap, come too early, too late, or inside a call into the connection. Any
 * thread may call it.
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

    private volatile Connection connection;
    private volatile boolean opened;
    private volatile Disconnect disconnect;
    private volatile byte[] expected;
    private volatile boolean noBytesNow;
    private volatile Consumer<Connection> whenOpen = connection -> {};
    private volatile Consumer<ByteBuffer> whenBytes = bytes -> bytes.position(bytes.limit());
    private volatile Function<Sink, Progress> whenWritable = this::sendOutgoing;
    private volatile Consumer<Disconnect> whenClosed = disconnect -> {};

    /** Runs a call into the connection, the listener or the transport; a callback inside it is a breach. */
    public static void calling(Runnable call) {
        boolean before = CALLING.get();
        CALLING.set(true);
        try {
            call.run();
        } finally {
            CALLING.set(before);
        }
    }

    public Probe whenOpen(Consumer<Connection> action) {
        whenOpen = action;
        return this;
    }

    public Probe whenBytes(Consumer<ByteBuffer> action) {
        whenBytes = action;
        return this;
    }

    public Probe whenWritable(Function<Sink, Progress> action) {
        whenWritable = action;
        return this;
    }

    public Probe whenClosed(Consumer<Disconnect> action) {
        whenClosed = action;
        return this;
    }

    /** What must arrive, byte for byte. */
    public Probe expect(byte[] bytes) {
        expected = bytes;
        return this;
    }

    /** Sends back all that comes. */
    public Probe echoing() {
        return whenBytes(bytes -> {
            byte[] copy = new byte[bytes.remaining()];
            bytes.get(copy);
            send(copy);
        });
    }

    /** From now on an onBytes is a breach, or no more. */
    public void noBytesNow(boolean forbidden) {
        noBytesNow = forbidden;
    }

    public void send(byte[] bytes) {
        outgoing.add(bytes);
        call(Connection::wantWrite);
    }

    /** Calls the connection, on the lookout for callbacks inside the call. */
    public void call(Consumer<Connection> call) {
        calling(() -> call.accept(connection));
    }

    /** The connection, as soon as {@link Transport#connect} returned it or onOpen told. */
    public Connection connection() {
        return connection;
    }

    void connection(Connection made) {
        connection = made;
    }

    public boolean isOpen() {
        return opened;
    }

    public boolean isClosed() {
        return closed.get() > 0;
    }

    public Disconnect disconnect() {
        return disconnect;
    }

    public Disconnect.Kind kind() {
        return disconnect == null ? null : disconnect.kind();
    }

    public long received() {
        return received.get();
    }

    /** Bytes that sinks have taken. */
    public long taken() {
        return taken.get();
    }

    /** Calls of onWritable. */
    public int writables() {
        return writables.get();
    }

    /** Times that a sink took nothing. */
    public int refusals() {
        return refusals.get();
    }

    /** Most bytes taken in one onWritable. */
    public int largestTurn() {
        return largestTurn.get();
    }

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
