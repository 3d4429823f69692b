package io.parley.transport.blocking;

import io.parley.transport.Connection;
import io.parley.transport.ConnectionHandler;
import io.parley.transport.Disconnect;
import io.parley.transport.Disconnect.Kind;
import io.parley.transport.Progress;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * One connection and its two threads. Any thread may call the methods of {@link Connection}.
 *
 * <p>The reader makes the connection, calls {@code onOpen}, opens the way through it, starts the writer and reads until
 * the end; the writer waits to be wanted and writes. Whoever first finds a reason to end notes it and closes the
 * channel, which frees both from whatever they are stuck in. The last of the two to leave calls {@code
 * onClosed}, so that comes once and after everything else. If neither had a reason, both came to the end
 * of what {@link #close()} asks for.
 *
 * <p>(Over 300 lines, to keep the whole life of a connection in one place.)
 */
final class BlockingConnection implements Connection {
    private static final Logger LOG = System.getLogger("io.parley.transport.blocking");
    private static final int FIRST_READ_BYTES = 1024;
    private static final int MOST_READ_BYTES = 16 * 1024;
    private static final int READS_PER_TURN = 16;

    // What a turn wrote when it was several messages, but no burst yet: then others are about to say more.
    private static final int SEVERAL_BYTES = 256;
    private static final int BURST_BYTES = 4 * 1024;
    private static final int GIVES_WAY = 2;

    private static final Disconnect OUT_OF_MEMORY = Disconnect.of(Kind.FAILED);

    private final TransportThreads threads;
    private final Sockets sockets;
    private final SocketAddress remote;
    private final ConnectionHandler handler;

    private final Parking readerParking = new Parking(this::mayRead);
    private final Parking writerParking = new Parking(this::mayWrite);
    private final AtomicInteger running = new AtomicInteger(1);
    private final AtomicReference<@Nullable Disconnect> end = new AtomicReference<>();
    private volatile @Nullable SocketChannel channel; // written once: by the constructor or the reader
    private volatile @Nullable Way way; // written once, by the reader
    private volatile @Nullable Parking computing; // where the reader waits for a helper; written by the reader
    private volatile boolean wanted;
    private volatile boolean paused;
    private volatile boolean closing;
    private volatile boolean unfinished; // set once, by the writer: it had more to hand over

    BlockingConnection(
            TransportThreads threads,
            Sockets sockets,
            SocketAddress remote,
            ConnectionHandler handler,
            @Nullable SocketChannel accepted) {
        this.threads = threads;
        this.sockets = sockets;
        this.remote = remote;
        this.handler = handler;
        this.channel = accepted;
    }

    /** Starts the reader. Called once. */
    void start() {
        threads.reader(this::runReader).start();
    }

    @Override
    public SocketAddress remoteAddress() {
        return remote;
    }

    @Override
    public @Nullable SSLSession tls() {
        Way open = way;
        return open == null ? null : open.session();
    }

    @Override
    public void wantWrite() {
        // While it is wanted already, the writer has yet to clear that and to call onWritable after it.
        if (!wanted) {
            wanted = true;
            writerParking.wake();
        }
    }

    @Override
    public void pauseReads() {
        paused = true;
    }

    @Override
    public void resumeReads() {
        paused = false;
        readerParking.wake();
    }

    @Override
    public void close() {
        closing = true;
        writerParking.wake();
        readerParking.wake();
    }

    @Override
    public void abort() {
        endWith(Disconnect.of(Kind.ABORTED));
        // That may have come too late, and the end be held up by the peer that is told of it.
        closeChannel();
    }

    /** Notes why the connection ends, unless that is known, and frees both threads. */
    private void endWith(Disconnect disconnect) {
        if (end.compareAndSet(null, disconnect)) {
            free();
        }
    }

    private void endWith(Kind kind, Throwable cause) {
        Disconnect disconnect = OUT_OF_MEMORY;
        try {
            disconnect = new Disconnect(kind, cause);
        } catch (OutOfMemoryError none) {
            // Without the cause, then.
        }
        endWith(disconnect);
    }

    private void free() {
        closeChannel();
        writerParking.wake();
        readerParking.wake();
        Parking helped = computing;
        if (helped != null) {
            helped.wake();
        }
    }

    /**
     * Shuts the connection down, then closes it. Closing alone does not always tell the peer: the poller of the virtual
     * threads may have just this socket in its hands, and Linux then keeps it open until that poller has something else to
     * do, which on a quiet server may be never.
     */
    private void closeChannel() {
        SocketChannel open = channel;
        if (open == null) {
            return;
        }
        try (open) {
            if (open.isConnected()) {
                open.shutdownOutput();
                open.shutdownInput();
            }
        } catch (ClosedChannelException e) {
            // Another was quicker.
        } catch (IOException e) {
            // Closed it is all the same, and the handler hears why it had to be.
            report("closing a channel", e);
        }
    }

    private boolean ended() {
        return end.get() != null;
    }

    private boolean mayRead() {
        return !paused || closing || ended();
    }

    private boolean mayWrite() {
        return wanted || closing || ended();
    }

    // The reader.

    private void runReader() {
        try {
            boolean accepted = channel != null;
            SocketChannel connected = connected();
            if (connected != null && call(() -> handler.onOpen(this))) {
                run(accepted ? sockets.accepted(connected) : sockets.made(connected, remote));
            }
        } catch (Throwable thrown) {
            endWith(Kind.FAILED, thrown);
        } finally {
            leave();
        }
    }

    /** The connected channel; null if the attempt was given up meanwhile. */
    private @Nullable SocketChannel connected() throws IOException {
        SocketChannel accepted = channel;
        if (accepted != null) {
            return ended() ? null : accepted;
        }
        SocketChannel fresh = sockets.open(remote);
        // First published, then the reason looked for: abort() does it the other way round.
        channel = fresh;
        if (ended()) {
            fresh.close();
            return null;
        }
        fresh.connect(remote);
        return ended() ? null : fresh;
    }

    private void run(Way opening) throws IOException {
        if (!opening.open(this::compute)) {
            endWith(Disconnect.of(Kind.TRUNCATED));
            return;
        }
        way = opening;
        running.incrementAndGet();
        try {
            threads.writer(() -> runWriter(opening)).start();
        } catch (Throwable noThread) {
            running.decrementAndGet();
            throw noThread;
        }
        read(opening);
    }

    /** Has a helper run this, unless the connection ends before, and waits for the one or the other. */
    private void compute(Runnable task) throws IOException {
        Objects.requireNonNull(task, "task");
        AtomicBoolean done = new AtomicBoolean();
        Parking waiting = new Parking(() -> done.get() || ended());
        computing = waiting;
        threads.compute(() -> {
            try {
                if (!ended()) {
                    task.run();
                }
            } finally {
                done.set(true);
                waiting.wake();
            }
        });
        waiting.await();
        computing = null;
        if (ended()) {
            throw new AsynchronousCloseException();
        }
    }

    private void read(Way from) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(FIRST_READ_BYTES);
        for (int reads = 1; true; reads++) {
            if (reads % READS_PER_TURN == 0) {
                giveWay(); // a virtual thread keeps its processor as long as there is something to read
            }
            readerParking.await();
            if (ended()) {
                return;
            }
            buffer.clear();
            int count = from.read(buffer);
            if (count < 0) {
                if (!closing && end.compareAndSet(null, Disconnect.of(from.peerEnd()))) {
                    try {
                        from.answerEnd();
                    } finally {
                        free();
                    }
                }
                return;
            }
            if (!deliver(buffer.flip())) {
                return;
            }
            if (count == buffer.capacity() && count < MOST_READ_BYTES) {
                buffer = ByteBuffer.allocate(4 * count);
            }
        }
    }

    /** Gives bytes to the handler, or to nobody if it has closed; waits if it has paused meanwhile. */
    private boolean deliver(ByteBuffer bytes) {
        if (ended() || closing) {
            return !ended();
        }
        return call(() -> {
            handler.onBytes(bytes);
            if (bytes.hasRemaining()) {
                throw new IllegalStateException("onBytes left " + bytes.remaining() + " bytes");
            }
        });
    }

    // The writer.

    private void runWriter(Way to) {
        try {
            write(to);
        } catch (Throwable thrown) {
            endWith(Kind.FAILED, thrown);
        } finally {
            leave();
        }
    }

    private void write(Way to) throws IOException {
        WriteBuffer buffer = new WriteBuffer();
        int written = 0; // in the turn before
        while (true) {
            if (writerParking.await() && written >= SEVERAL_BYTES && written < BURST_BYTES) {
                letReadersRun();
            }
            boolean last = closing;
            wanted = false;
            if (ended()) {
                return;
            }
            Progress progress = fill(buffer);
            if (progress == null) {
                return;
            }
            ByteBuffer bytes = buffer.bytes();
            written = bytes.remaining();
            if (!to.write(bytes)) {
                // The reader may be in the middle of what it has met, and not know its kind yet.
                unfinished = true;
                if (to.peerEnd() == Kind.ENDED) {
                    endWith(Disconnect.of(Kind.ENDED));
                }
                return;
            }
            if (progress == Progress.MORE) {
                wanted = true;
            } else if (last && !wanted) {
                to.end();
                return;
            }
        }
    }

    /**
     * Lets readers that have something run first, so that what they bring leaves in the same write. Where many speak at
     * once that halves the writes; where one does, nothing is gained, and it is not done.
     */
    private static void letReadersRun() {
        for (int i = 0; i < GIVES_WAY; i++) {
            giveWay();
        }
    }

    /** Has the handler write into the buffer; null if it threw. */
    private @Nullable Progress fill(WriteBuffer buffer) {
        buffer.begin();
        try {
            Progress progress = handler.onWritable(buffer);
            if (progress == null) {
                throw new IllegalStateException("onWritable answered null");
            }
            return progress;
        } catch (Throwable thrown) {
            handlerFailed(thrown);
            return null;
        } finally {
            buffer.end();
            Thread.interrupted(); // the callback's, and it would close the channel
        }
    }

    // Both.

    @SuppressWarnings("ThreadPriorityCheck") // nothing depends on it but speed and fairness
    private static void giveWay() {
        Thread.yield();
    }

    /** Runs a callback; false if it threw, which ends this connection and no other. */
    private boolean call(Runnable callback) {
        try {
            callback.run();
            return true;
        } catch (Throwable thrown) {
            handlerFailed(thrown);
            return false;
        } finally {
            Thread.interrupted(); // the callback's, and it would close the channel
        }
    }

    private void handlerFailed(Throwable thrown) {
        report("a handler threw: " + handler.getClass().getName(), thrown);
        endWith(Kind.HANDLER_FAILED, thrown);
    }

    private void leave() {
        if (running.decrementAndGet() > 0) {
            return;
        }
        Way closed = way;
        endWith(Disconnect.of(unfinished && closed != null ? closed.peerEnd() : Kind.CLOSED));
        Disconnect disconnect = end.get();
        if (disconnect != null) {
            tell(handler, disconnect);
        }
    }

    /** Tells a handler that all is over. */
    static void tell(ConnectionHandler handler, Disconnect disconnect) {
        try {
            handler.onClosed(disconnect);
        } catch (Throwable thrown) {
            report("a handler threw: " + handler.getClass().getName(), thrown);
        }
    }

    /** Logs, and never throws: it is called where memory or stack may have run out. */
    static void report(String what, Throwable thrown) {
        try {
            LOG.log(Level.WARNING, what, thrown);
        } catch (Throwable notEvenThat) {
            // There is nobody left to tell.
        }
    }
}
