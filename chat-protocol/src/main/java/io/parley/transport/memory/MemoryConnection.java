package io.parley.transport.memory;

import io.parley.transport.Connection;
import io.parley.transport.ConnectionHandler;
import io.parley.transport.Disconnect;
import io.parley.transport.Disconnect.Kind;
import io.parley.transport.Progress;
import io.parley.transport.Sink;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One end of a link. Any thread may call the methods of {@link Connection}: they note a wish and put the
 * connection on the network's list of those to be turned. Only the thread that turns the network calls
 * {@link #turn()}, which takes one step:
 *
 * <pre>
 *   CONNECTING --connect--> OPENING --onOpen--> OPEN --finish--> OVER
 *        |                     |                                  ^
 *        '---------------------'------------ finish --------------'
 * </pre>
 *
 * <p>While OPEN a step is one {@code onBytes} or one {@code onWritable}, or for a closing connection the
 * discarding of input. What can be done is worked out from the state each time, so no wish is ever lost.
 *
 * <p>(Over 300 lines, to keep the whole life of a connection, and so every rule of the seam, in one place.)
 */
final class MemoryConnection implements Connection {
    /** No more than this is taken from a handler in one turn. */
    private static final int TURN_BYTES = 256 * 1024;

    private enum Phase {
        CONNECTING,
        OPENING,
        OPEN,
        OVER
    }

    private enum Step {
        NOTHING,
        CONNECT,
        OPEN,
        READ,
        WRITE,
        DISCARD,
        FINISH
    }

    private final MemoryNetwork network;
    private final ReentrantLock lock;
    private final SocketAddress local;
    private final SocketAddress remote;
    private final ConnectionHandler handler;
    private final MemoryPipe incoming;

    // All guarded by lock, the network's.
    private @Nullable MemoryConnection peer;
    private Phase phase;
    private boolean wanted;
    private boolean paused;
    private boolean closing;
    private boolean outputEnded;
    private @Nullable IOException reset; // by the peer, noticed as soon as the link is not frozen
    private @Nullable Disconnect end;

    private MemoryConnection(
            MemoryNetwork network, SocketAddress local, SocketAddress remote, ConnectionHandler handler, Phase phase) {
        this.network = network;
        this.lock = network.lock();
        this.local = local;
        this.remote = remote;
        this.handler = handler;
        this.phase = phase;
        this.incoming = new MemoryPipe(network.maxInFlightBytes());
    }

    /** An end that is still to find its other one. */
    static MemoryConnection connecting(
            MemoryNetwork network, SocketAddress local, SocketAddress remote, ConnectionHandler handler) {
        return new MemoryConnection(network, local, remote, handler, Phase.CONNECTING);
    }

    /** The accepting end of a link; links both. */
    static MemoryConnection accepted(MemoryNetwork network, MemoryConnection from, ConnectionHandler handler) {
        MemoryConnection accepted = new MemoryConnection(
                network, /* local= */ from.remote, /* remote= */ from.local, handler, Phase.OPENING);
        accepted.peer = from;
        from.peer = accepted;
        return accepted;
    }

    // What any thread may call.

    @Override
    public SocketAddress remoteAddress() {
        return remote;
    }

    @Override
    public void wantWrite() {
        wish(() -> wanted = true);
    }

    @Override
    public void pauseReads() {
        wish(() -> paused = true);
    }

    @Override
    public void resumeReads() {
        wish(() -> paused = false);
    }

    @Override
    public void close() {
        wish(() -> {
            if (!closing) {
                closing = true;
                wanted = true;
            }
        });
    }

    @Override
    public void abort() {
        endWith(Disconnect.of(Kind.ABORTED));
    }

    /** The link broke. */
    void fail(IOException cause) {
        endWith(new Disconnect(Kind.FAILED, cause));
    }

    /** Ends the connection at its next turn; the first reason given stands. */
    private void endWith(Disconnect disconnect) {
        wish(() -> {
            if (end == null) {
                end = disconnect;
            }
        });
    }

    private void wish(Runnable change) {
        lock.lock();
        try {
            change.run();
            network.touch(this);
        } finally {
            lock.unlock();
        }
    }

    SocketAddress localAddress() {
        return local;
    }

    boolean hasAddress(SocketAddress address) {
        return local.equals(address) || remote.equals(address);
    }

    boolean isLinkOf(MemoryConnection other) {
        return this == other || peer == other;
    }

    // What the turning thread does.

    /** Takes one step; false when there was none to take. */
    boolean turn() {
        Step step;
        lock.lock();
        try {
            step = next();
        } finally {
            lock.unlock();
        }
        switch (step) {
            case NOTHING -> {}
            case CONNECT -> connect();
            case OPEN -> open();
            case READ -> read();
            case WRITE -> write();
            case DISCARD -> discard();
            case FINISH -> finish();
        }
        return step != Step.NOTHING;
    }

    private Step next() {
        if (phase == Phase.OVER) {
            return Step.NOTHING;
        }
        if (end != null) {
            return Step.FINISH;
        }
        boolean reachable = !network.isFrozen(local) && !network.isFrozen(remote);
        if (phase == Phase.CONNECTING) {
            return reachable ? Step.CONNECT : Step.NOTHING;
        }
        if (phase == Phase.OPENING) {
            return Step.OPEN;
        }
        if (reset != null && reachable) {
            end = new Disconnect(Kind.FAILED, reset);
            return Step.FINISH;
        }
        boolean finished = incoming.ended() && incoming.size() == 0;
        if (finished && reachable && (closing ? outputEnded : !paused)) {
            end = Disconnect.of(closing ? Kind.CLOSED : Kind.ENDED);
            return Step.FINISH;
        }
        if (closing && incoming.size() > 0 && reachable) {
            return Step.DISCARD;
        }
        boolean readable = !closing && !paused && incoming.size() > 0 && reachable;
        boolean writable = wanted && !outputEnded && other().incoming.free() > 0;
        if (readable && writable) {
            return network.toss() ? Step.READ : Step.WRITE;
        }
        return readable ? Step.READ : writable ? Step.WRITE : Step.NOTHING;
    }

    private void connect() {
        try {
            network.link(this);
            phase(Phase.OPENING);
        } catch (IOException refused) {
            fail(refused);
        }
    }

    private void open() {
        phase(Phase.OPEN);
        try {
            handler.onOpen(this);
        } catch (Throwable thrown) {
            handlerFailed(thrown);
        }
    }

    private void read() {
        byte[] bytes;
        int before;
        lock.lock();
        try {
            before = network.split(7) - 1;
            bytes = new byte[before + network.split(incoming.size())];
            incoming.take(bytes, before, bytes.length - before);
            network.touch(other());
        } finally {
            lock.unlock();
        }
        // A slice at an offset: whoever uses the array without its offset is found out here.
        ByteBuffer buffer =
                ByteBuffer.wrap(bytes, before, bytes.length - before).slice();
        try {
            handler.onBytes(buffer);
            if (buffer.hasRemaining()) {
                throw new IllegalStateException("onBytes left " + buffer.remaining() + " bytes");
            }
        } catch (Throwable thrown) {
            handlerFailed(thrown);
        }
        // And whoever keeps the buffer after the call.
        Arrays.fill(bytes, (byte) 0xEE);
    }

    private void write() {
        int limit;
        lock.lock();
        try {
            wanted = false;
            limit = Math.min(TURN_BYTES, network.split(other().incoming.free()));
        } finally {
            lock.unlock();
        }
        Progress progress;
        try {
            MemorySink sink = new MemorySink(limit);
            progress = handler.onWritable(sink);
            sink.valid = false;
            if (progress == null) {
                throw new IllegalStateException("onWritable answered null");
            }
        } catch (Throwable thrown) {
            handlerFailed(thrown);
            return;
        }
        if (progress == Progress.MORE) {
            wantWrite();
        } else {
            drained();
        }
    }

    private void drained() {
        lock.lock();
        try {
            if (closing && !wanted && end == null) {
                outputEnded = true;
                other().incoming.end();
                network.touch(other());
            }
        } finally {
            lock.unlock();
        }
    }

    private void discard() {
        lock.lock();
        try {
            incoming.skip(incoming.size());
            network.touch(other());
        } finally {
            lock.unlock();
        }
    }

    private void handlerFailed(Throwable thrown) {
        network.report(handler, thrown);
        endWith(new Disconnect(Kind.HANDLER_FAILED, thrown));
    }

    private void finish() {
        Disconnect disconnect;
        lock.lock();
        try {
            phase = Phase.OVER;
            disconnect = end;
            network.forget(this);
            tellPeer();
        } finally {
            lock.unlock();
        }
        if (disconnect == null) {
            throw new AssertionError("finished without a reason");
        }
        try {
            handler.onClosed(disconnect);
        } catch (Throwable thrown) {
            network.report(handler, thrown);
        }
    }

    /** As with TCP: who leaves without having read everything resets the link, else just ends the stream. */
    private void tellPeer() {
        if (peer == null) {
            return;
        }
        if (incoming.size() > 0) {
            peer.reset = new IOException("reset by " + local);
        } else {
            peer.incoming.end();
        }
        network.touch(peer);
    }

    private MemoryConnection other() {
        if (peer == null) {
            throw new AssertionError("no peer while " + phase);
        }
        return peer;
    }

    private void phase(Phase next) {
        lock.lock();
        try {
            phase = next;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public String toString() {
        return local + "->" + remote;
    }

    /** Takes bytes for one turn: in pieces that the seed chooses, up to a limit. */
    private final class MemorySink implements Sink {
        private int left; // turning thread only
        private boolean valid = true; // turning thread only

        MemorySink(int limit) {
            left = limit;
        }

        @Override
        public int write(byte[] source, int offset, int length) {
            if (!valid) {
                throw new IllegalStateException("this sink's turn is over");
            }
            Objects.checkFromIndexSize(offset, length, source.length);
            lock.lock();
            try {
                int taken = Math.min(length, left);
                if (taken == 0) {
                    return 0;
                }
                taken = network.split(taken);
                if (other().phase == Phase.OVER) {
                    reset = new IOException("broken link to " + remote);
                } else {
                    other().incoming.put(source, offset, taken);
                    network.touch(other());
                }
                left -= taken;
                return taken;
            } finally {
                lock.unlock();
            }
        }
    }
}
