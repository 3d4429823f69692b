package io.parley.transport.memory;

import io.parley.transport.Connection;
import io.parley.transport.ConnectionHandler;
import io.parley.transport.Disconnect;
import io.parley.transport.Disconnect.Kind;
import io.parley.transport.Progress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One end of a link. Any thread may call the methods of {@link Connection}: they change fields and wake the connection.
 * The scheduler asks for the next step under the lock; the step then calls the handler without it. The next step
 * follows from the fields alone, so no call is ever lost. Fields marked "lock" are guarded by {@code scheduler.lock}.
 */
final class MemoryConnection implements Connection, MemoryScheduler.StepSource {
    private static final int MAX_WRITE_BYTES = 256 * 1024; // rule 2 of Transport

    private final MemoryNetwork network;
    private final MemoryScheduler scheduler;
    final SocketAddress local;
    final SocketAddress remote;
    private final @Nullable ConnectionHandler handler; // null if the acceptor declined
    private final ByteArrayOutputStream incoming = new ByteArrayOutputStream(0); // lock; bytes in flight to this end
    private ConnectionState state = ConnectionState.CONNECTING; // lock
    private @Nullable MemoryConnection peer; // lock; set once, by linkTo()
    private boolean writeWanted; // lock
    private boolean readsPaused; // lock
    private boolean closeOnOpen; // lock; close() came before onOpen
    private @Nullable Disconnect inputEnd; // lock; from the peer: FAILED counts before the bytes in flight, ENDED after
    private @Nullable Disconnect end; // lock; set once, with ENDING

    MemoryConnection(
            MemoryNetwork network, SocketAddress local, SocketAddress remote, @Nullable ConnectionHandler handler) {
        this.network = network;
        scheduler = network.scheduler;
        this.local = local;
        this.remote = remote;
        this.handler = handler;
    }

    /** Makes the accepting end of this link. Called under the lock. */
    MemoryConnection linkTo(@Nullable ConnectionHandler accepting) {
        peer = new MemoryConnection(network, /* local= */ remote, /* remote= */ local, accepting);
        peer.peer = this;
        peer.moveTo(ConnectionState.OPENING);
        if (state == ConnectionState.CONNECTING) { // else the acceptor or another thread aborted it
            moveTo(ConnectionState.OPENING);
        }
        return peer;
    }

    @Override
    public SocketAddress remoteAddress() {
        return remote;
    }

    boolean isEndOf(Connection link) {
        return this == link || peer == link;
    }

    @Override
    public void wantWrite() {
        change(() -> writeWanted = true);
    }

    @Override
    public void pauseReads() {
        change(() -> readsPaused = true);
    }

    @Override
    public void resumeReads() {
        change(() -> readsPaused = false);
    }

    @Override
    public void close() {
        change(() -> {
            if (state == ConnectionState.OPEN) {
                moveTo(ConnectionState.CLOSING);
                writeWanted = true;
            } else {
                closeOnOpen = true;
            }
        });
    }

    @Override
    public void abort() {
        change(() -> end(Disconnect.of(Kind.ABORTED)));
    }

    /** Ends the connection because of a fault. Any thread may call it. */
    void fail(IOException cause) {
        change(() -> end(new Disconnect(Kind.FAILED, cause)));
    }

    @Override
    public void stepFailed(Throwable thrown) {
        MemoryScheduler.report(handler(), thrown);
        change(() -> end(new Disconnect(Kind.HANDLER_FAILED, thrown)));
    }

    private void change(Runnable change) {
        synchronized (scheduler.lock) {
            change.run();
            scheduler.wake(this);
        }
    }

    // Everything below is called under the lock, except the steps that are returned.

    /** The only place that changes the state. */
    private void moveTo(ConnectionState next) {
        state = state.to(next);
    }

    /** Makes onClosed the next callback. The first reason stands. */
    private void end(Disconnect reason) {
        if (state.canBecome(ConnectionState.ENDING)) {
            moveTo(ConnectionState.ENDING);
            end = reason;
        }
    }

    @Override
    public @Nullable Runnable nextStep() {
        boolean reachable = network.isReachable(local, remote);
        return switch (state) {
            case CONNECTING -> reachable ? () -> network.link(this) : null;
            case OPENING -> open();
            case OPEN, CLOSING, HALF_CLOSED -> transfer(reachable);
            case ENDING -> finish();
            case CLOSED -> null;
        };
    }

    private Runnable open() {
        moveTo(closeOnOpen ? ConnectionState.CLOSING : ConnectionState.OPEN);
        writeWanted |= closeOnOpen;
        return handler == null ? this::abort : () -> handler().onOpen(this);
    }

    private @Nullable Runnable transfer(boolean reachable) {
        boolean open = state == ConnectionState.OPEN;
        boolean hasInput = incoming.size() > 0;
        boolean takesInput = reachable && !(open && readsPaused);
        if (reachable && inputEnd != null && inputEnd.kind() == Kind.FAILED) {
            end(inputEnd);
            return finish();
        }
        if (takesInput && !hasInput && inputEnd != null && state != ConnectionState.CLOSING) {
            end(open ? inputEnd : Disconnect.of(Kind.CLOSED));
            return finish();
        }
        if (takesInput && hasInput && !open) {
            incoming.reset(); // discards the input
            scheduler.wake(peer());
            return () -> {};
        }
        boolean readable = takesInput && hasInput;
        boolean writable = writeWanted && state != ConnectionState.HALF_CLOSED && peer().free() > 0;
        if (readable && writable) {
            return scheduler.random.nextBoolean() ? read() : write();
        }
        return readable ? read() : writable ? write() : null;
    }

    private Runnable read() {
        byte[] all = incoming.toByteArray();
        int offset = scheduler.chooseSize(7) - 1;
        int length = scheduler.chooseSize(all.length);
        incoming.reset();
        incoming.write(all, length, all.length - length);
        scheduler.wake(peer());
        // The buffer is a slice at an offset. This reveals a handler that uses the array without its offset.
        byte[] bytes = new byte[offset + length];
        ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length).slice().put(0, all, 0, length);
        return () -> {
            try {
                handler().onBytes(buffer);
            } finally {
                Arrays.fill(bytes, (byte) 0xEE); // reveals a handler that keeps the buffer
            }
            if (buffer.hasRemaining()) {
                throw new IllegalStateException("onBytes left " + buffer.remaining() + " bytes");
            }
        };
    }

    private Runnable write() {
        writeWanted = false;
        AtomicInteger left = new AtomicInteger(Math.min(MAX_WRITE_BYTES, scheduler.chooseSize(peer().free())));
        return () -> {
            Progress progress = handler().onWritable((source, offset, length) -> send(source, offset, length, left));
            left.set(-1); // the sink is not valid any more
            switch (Objects.requireNonNull(progress, "onWritable returned null")) {
                case MORE -> wantWrite();
                case DRAINED -> change(this::drained);
            }
        };
    }

    /** Takes bytes for the peer, in pieces that the seed chooses. */
    private int send(byte[] source, int offset, int length, AtomicInteger left) {
        Objects.checkFromIndexSize(offset, length, source.length);
        int most = Math.min(length, left.get());
        if (most < 0) {
            throw new IllegalStateException("a sink is valid during its onWritable only");
        }
        synchronized (scheduler.lock) {
            int taken = most == 0 ? 0 : scheduler.chooseSize(most);
            if (taken > 0 && peer().state == ConnectionState.CLOSED) {
                inputEnd = new Disconnect(Kind.FAILED, new IOException("broken link to " + remote));
            } else if (taken > 0) {
                peer().incoming.write(source, offset, taken);
                scheduler.wake(peer());
            }
            left.addAndGet(-taken);
            return taken;
        }
    }

    private void drained() {
        if (state == ConnectionState.CLOSING && !writeWanted) {
            moveTo(ConnectionState.HALF_CLOSED);
            peer().endInput(Disconnect.of(Kind.ENDED));
        }
    }

    /** As with TCP, an end with unread input resets its peer; any other ends the stream. */
    private Runnable finish() {
        moveTo(ConnectionState.CLOSED);
        network.remove(this);
        if (peer != null) {
            IOException reset = incoming.size() > 0 ? new IOException("reset by " + local) : null;
            peer.endInput(new Disconnect(reset == null ? Kind.ENDED : Kind.FAILED, reset));
        }
        Disconnect disconnect = Objects.requireNonNull(end);
        return handler == null ? () -> {} : () -> handler().onClosed(disconnect);
    }

    private void endInput(Disconnect how) {
        inputEnd = how;
        scheduler.wake(this);
    }

    private int free() {
        return network.maxInFlightBytes - incoming.size();
    }

    private MemoryConnection peer() {
        return Objects.requireNonNull(peer);
    }

    private ConnectionHandler handler() {
        return Objects.requireNonNull(handler);
    }

    @Override
    public String toString() {
        return local + "->" + remote;
    }
}
