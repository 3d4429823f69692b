package io.parley.transport.nio;

import io.parley.transport.Connection;
import io.parley.transport.ConnectionHandler;
import io.parley.transport.Disconnect;
import io.parley.transport.Disconnect.Kind;
import io.parley.transport.Progress;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a loop. Any thread may call the methods of {@link Connection}: they note a wish and
 * ask the loop for attention. Everything else runs on the loop's thread, and so do all callbacks:
 *
 * <pre>
 *   connect --finishConnect--> open --agreed--> talking --CLOSE, drained--> output ended --peer ended--> over
 *      |                         |                  |                            |                         ^
 *      '-------------------------'------------------'------ abort, failure ------'-------------------------'
 * </pre>
 *
 * <p>A wish is taken before it is fulfilled: a {@code wantWrite()} that comes while {@code onWritable}
 * runs is noted anew and leads to one more call.
 *
 * <p>(Over 300 lines, to keep the whole life of a connection, and so every rule of the seam, in one place.)
 */
final class NioConnection implements Connection {
    private static final int READS_PER_TURN = 4;

    private static final int START = 1;
    private static final int WRITE = 2;
    private static final int READS = 4;
    private static final int CLOSE = 8;
    private static final int ABORT = 16;
    private static final int AGREE = 32;
    private static final int READ_ON = 64;
    private static final int OVER = 128; // no wish but a state: nothing is noted any more

    private static final AtomicIntegerFieldUpdater<NioConnection> WISHES =
            AtomicIntegerFieldUpdater.newUpdater(NioConnection.class, "wishes");

    private final Loop loop;
    private final SocketAddress remote;
    private final ConnectionHandler handler;

    private volatile int wishes; // changed through WISHES
    private volatile boolean paused;
    private volatile boolean over; // written by the loop thread
    private volatile @Nullable Way way; // null until the channel is connected; written once, by the loop thread

    /** Its place in the loop's table, from 1; set by the loop before the connection first asks for attention. */
    int slot;

    /** A slot, or 0. Written by the thread that puts the connection on the loop's stack, then by the loop thread. */
    int nextInAttention;

    // Loop thread only, once the connection has been started.
    private @Nullable SocketChannel channel;
    private @Nullable SelectionKey key;
    private byte interest; // what the key waits for; a byte, since an int would make each connection larger
    private boolean agreed; // the way is open
    private boolean wanted;
    private boolean closing;
    private boolean inputEnded;
    private boolean ending; // the output's end is under way
    private boolean outputEnded;
    private byte @Nullable [] leftover; // taken from the handler, not by the system; only while the peer is full
    private int leftoverFrom;

    /** A connection that was accepted, or one to be made. The caller has counted it in at the loop's group. */
    NioConnection(Loop loop, SocketAddress remote, ConnectionHandler handler, @Nullable SocketChannel accepted) {
        this.loop = loop;
        this.remote = remote;
        this.handler = handler;
        this.channel = accepted;
    }

    // What any thread may call.

    /** Hands the connection to its loop. Called once. */
    void start() {
        loop.enlist(this);
        wish(START);
    }

    @Override
    public SocketAddress remoteAddress() {
        return remote;
    }

    @Override
    public @Nullable SSLSession tls() {
        Way known = way;
        return known == null ? null : known.session();
    }

    @Override
    public void wantWrite() {
        // While the wish is noted the loop has yet to clear it and to call onWritable after that.
        if ((wishes & WRITE) == 0) {
            wish(WRITE);
        }
    }

    @Override
    public void pauseReads() {
        paused = true;
        wish(READS);
    }

    @Override
    public void resumeReads() {
        paused = false;
        wish(READS);
    }

    @Override
    public void close() {
        wish(CLOSE);
    }

    @Override
    public void abort() {
        wish(ABORT);
    }

    private void wish(int wish) {
        if (!over && WISHES.getAndAccumulate(this, wish, (noted, more) -> noted | more) == 0) {
            loop.attend(this);
        }
    }

    // What the loop calls, on its thread.

    /** Fulfils the wishes noted. */
    void attend() {
        if (over) {
            loop.delist(this); // it was noted before the end, and has been for the last time
            return;
        }
        int noted = WISHES.getAndSet(this, 0);
        try {
            if ((noted & CLOSE) != 0 && !closing) {
                closing = true;
                wanted = true;
            }
            if ((noted & WRITE) != 0) {
                wanted = true;
            }
            if ((noted & ABORT) != 0) {
                finish(Disconnect.of(Kind.ABORTED));
            } else if ((noted & START) != 0) {
                begin();
            } else if (agreed) {
                goOn();
            } else if ((noted & AGREE) != 0) {
                agree();
            }
        } catch (Throwable thrown) {
            failed(thrown);
        }
    }

    /** The selector says that the channel is ready. */
    void ready(SelectionKey ready) {
        if (over || channel == null) {
            return;
        }
        try {
            if (way == null) {
                if (channel.finishConnect()) {
                    opened(sockets().made(channel, remote));
                }
            } else if (!agreed) {
                agree();
            } else {
                int ops = ready.readyOps();
                if ((ops & SelectionKey.OP_READ) != 0) {
                    read(way());
                }
                if (!over && ((ops & SelectionKey.OP_WRITE) != 0 || isBlocked(way()))) {
                    goOn();
                }
            }
        } catch (Throwable thrown) {
            failed(thrown);
        }
    }

    private Sockets sockets() {
        return loop.group().sockets();
    }

    private Way way() {
        Way through = way;
        if (through == null) {
            throw new IllegalStateException("the connection is not open yet");
        }
        return through;
    }

    private void begin() throws IOException {
        if (channel != null) {
            channel.configureBlocking(false);
            key = channel.register(loop.selector(), interest, this);
            opened(sockets().accepted(channel));
            return;
        }
        SocketChannel fresh = sockets().open(remote);
        channel = fresh;
        fresh.configureBlocking(false);
        boolean connected = fresh.connect(remote);
        interest = (byte) (connected ? 0 : SelectionKey.OP_CONNECT);
        key = fresh.register(loop.selector(), interest, this);
        if (connected) {
            opened(sockets().made(fresh, remote));
        }
    }

    private void opened(Way through) throws IOException {
        way = through;
        try {
            handler.onOpen(this);
        } catch (Throwable thrown) {
            handlerFailed(thrown);
            return;
        }
        agree();
    }

    /** Goes on agreeing with the peer, as far as that goes now. */
    private void agree() throws IOException {
        Way opening = way();
        switch (opening.open()) {
            case DONE -> {
                agreed = true;
                goOn();
            }
            case WHEN_READABLE -> interest(SelectionKey.OP_READ);
            case WHEN_WRITABLE -> interest(SelectionKey.OP_WRITE);
            case AFTER_TASK -> {
                interest(0);
                Runnable task = opening.task();
                loop.group().compute(() -> {
                    try {
                        if (!over) { // given up while it waited, else
                            task.run();
                        }
                    } finally {
                        wish(AGREE);
                    }
                });
            }
        }
    }

    /** Reads what the channel will not show, then writes. */
    private void goOn() throws IOException {
        Way through = way();
        if (through.holdsInput() && !inputEnded && (closing || !paused)) {
            read(through);
        }
        if (!over) {
            proceed(through);
        }
    }

    /** Reads what there is, in turns that are fair to the others. */
    private void read(Way from) throws IOException {
        for (int i = 0; i < READS_PER_TURN; i++) {
            boolean discarding = closing || wished(CLOSE | ABORT);
            if (paused && !discarding) {
                return;
            }
            ByteBuffer buffer = loop.readBuffer();
            int count = from.read(buffer);
            if (count < 0) {
                inputEnded(from, discarding);
                return;
            }
            if (!discarding && count > 0) {
                buffer.flip();
                try {
                    handler.onBytes(buffer);
                    if (buffer.hasRemaining()) {
                        throw new IllegalStateException("onBytes left " + buffer.remaining() + " bytes");
                    }
                } catch (Throwable thrown) {
                    handlerFailed(thrown);
                    return;
                }
            }
            if (count == 0 || (count < buffer.capacity() && !from.holdsInput())) {
                return;
            }
        }
        if (from.holdsInput()) {
            wish(READ_ON);
        }
    }

    private void inputEnded(Way from, boolean discarding) {
        inputEnded = true;
        if (!discarding) {
            finish(Disconnect.of(from.onPeerEnd()));
        } else if (outputEnded) {
            finish(Disconnect.of(Kind.CLOSED));
        } else {
            updateInterest();
        }
    }

    /** Writes, ends the output when that is due, and says what to wait for next. */
    private void proceed(Way to) throws IOException {
        if (wished(ABORT)) {
            return;
        }
        if (writeLeftover(to) && wanted && !ending) {
            onWritable(to);
        }
        if (over) {
            return;
        }
        ending = ending || (closing && !wanted && leftover == null && !to.isFull() && !wished(WRITE));
        if (ending && !outputEnded && to.end()) {
            outputEnded = true;
            if (inputEnded) {
                finish(Disconnect.of(Kind.CLOSED));
                return;
            }
        }
        updateInterest();
    }

    /** Writes what was taken before; true if all of it has left. */
    private boolean writeLeftover(Way to) throws IOException {
        if (!to.flush()) {
            return false;
        }
        if (leftover != null) {
            leftoverFrom = loop.sink().writeAgain(to, leftover, leftoverFrom);
            if (leftoverFrom < leftover.length) {
                return false;
            }
            leftover = null;
        }
        return !to.isFull();
    }

    private void onWritable(Way to) throws IOException {
        wanted = false;
        LoopSink sink = loop.sink();
        sink.begin(to);
        Progress progress;
        try {
            progress = handler.onWritable(sink);
            if (progress == null) {
                throw new IllegalStateException("onWritable answered null");
            }
        } catch (Throwable thrown) {
            sink.drop();
            handlerFailed(thrown);
            return;
        }
        if (!sink.end()) {
            leftover = sink.takeLeftover();
            leftoverFrom = 0;
            wanted = progress == Progress.MORE;
        } else if (progress == Progress.MORE) {
            // The turn is over, or the handler wants it so: to the back of the queue.
            wish(WRITE);
        }
    }

    private void updateInterest() {
        Way through = way();
        int ops = 0;
        if (!inputEnded && !isBlocked(through) && (closing || !paused)) {
            ops |= SelectionKey.OP_READ;
        }
        if (leftover != null || through.isFull()) {
            ops |= SelectionKey.OP_WRITE;
        }
        interest(ops);
    }

    /** Whether input waits for output: under TLS an answer may have to leave before more is read. */
    private static boolean isBlocked(Way way) {
        return way.holdsInput() && way.isFull();
    }

    /** Nobody else changes the key: what it is to wait for is known without a look at it. */
    private void interest(int ops) {
        SelectionKey current = key;
        if (current != null && interest != ops) {
            interest = (byte) ops;
            current.interestOps(ops);
        }
    }

    private boolean wished(int any) {
        return (wishes & any) != 0;
    }

    private void failed(Throwable thrown) {
        if (thrown instanceof Way.PeerLeftException) {
            finish(Disconnect.of(Kind.TRUNCATED));
        } else if (thrown instanceof ClosedChannelException && hasPeerEnded()) {
            finish(Disconnect.of(Kind.ENDED));
        } else {
            finish(new Disconnect(Kind.FAILED, thrown));
        }
    }

    /** Whether the peer's end came, be it behind bytes that nobody wants now. */
    private boolean hasPeerEnded() {
        Way through = way;
        return inputEnded || (agreed && through != null && through.onPeerEnd() == Kind.ENDED);
    }

    private void handlerFailed(Throwable thrown) {
        Loop.report("a handler threw: " + handler.getClass().getName(), thrown);
        finish(new Disconnect(Kind.HANDLER_FAILED, thrown));
    }

    private void finish(Disconnect disconnect) {
        if (over) {
            return;
        }
        over = true;
        if (WISHES.getAndSet(this, OVER) == 0) {
            loop.delist(this);
        } // else when the loop attends to it once more
        leftover = null;
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            // Closed it is all the same, and the handler hears why it had to be.
            Loop.report("closing a channel", e);
        }
        tell(handler, disconnect);
        loop.group().release();
    }

    /** Tells a handler that all is over. */
    static void tell(ConnectionHandler handler, Disconnect disconnect) {
        try {
            handler.onClosed(disconnect);
        } catch (Throwable thrown) {
            Loop.report("a handler threw: " + handler.getClass().getName(), thrown);
        }
    }
}
