package io.parley.transport.memory;

import io.parley.transport.Acceptor;
import io.parley.transport.Connection;
import io.parley.transport.ConnectionHandler;
import io.parley.transport.Listening;
import io.parley.transport.Scheduler;
import io.parley.transport.Transport;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A network, a clock and an executor in memory, for tests. Any thread may call transports, connections, the scheduler
 * and the faults. Nothing happens until {@link #run()}, {@link #step()} or {@link #advance} is called, by one thread
 * at a time; then everything happens on that thread.
 *
 * <p><b>The same seed gives the same run.</b> The seed chooses how bytes are split into {@code onBytes} calls, how many
 * bytes a sink takes at a time, and which ready connection, task or timer runs next. This holds while only the running
 * thread calls in.
 *
 * <p><b>Addresses.</b> Any {@link SocketAddress} is a key; {@link MemoryAddress} is a name. Port 0 of an {@link
 * InetSocketAddress} becomes a free port. A listener on the wildcard address accepts all connections to its port. No
 * name is looked up and nothing leaves the process.
 *
 * <p><b>Back-pressure.</b> A link holds {@code maxInFlightBytes} in each direction. A reader that pauses fills it, and
 * the writer's sink returns 0.
 *
 * <p><b>Faults.</b> {@link #cut} breaks links, {@link #freeze} stops them like an unplugged cable, {@link #refuse}
 * rejects new connections. An address means every link that has it at either end.
 *
 * <p>(Over 300 lines: it is the whole public API of the package, and the listeners and links behind it.)
 */
public final class MemoryNetwork {
    final MemoryScheduler scheduler;
    final int maxInFlightBytes;
    private final Map<SocketAddress, Listener> listeners = new HashMap<>(); // scheduler.lock
    private final Set<MemoryConnection> connections = new LinkedHashSet<>(); // scheduler.lock
    private final Set<SocketAddress> refused = new HashSet<>(); // scheduler.lock
    private final Set<SocketAddress> frozen = new HashSet<>(); // scheduler.lock
    private int nextPort = 49_152; // scheduler.lock; the first dynamic port
    private int nextName = 1; // scheduler.lock

    private MemoryNetwork(Builder builder) {
        scheduler = new MemoryScheduler(builder.seed, builder.maxSteps);
        maxInFlightBytes = builder.maxInFlightBytes;
    }

    /**
     * {@return a network with the default limits} Any thread may call it.
     *
     * @param seed chooses the splits and the order
     */
    public static MemoryNetwork seeded(long seed) {
        return builder().seed(seed).build();
    }

    /** {@return a builder with the default limits} Any thread may call it. */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return a transport that gives each connection its own local address} Any thread may call and use it. */
    public Transport transport() {
        return transportFrom(null);
    }

    /**
     * {@return a transport whose connections all come from one address} Any thread may call and use it.
     *
     * @param from the local address: acceptors see it, and faults can name it
     */
    public Transport transport(SocketAddress from) {
        return transportFrom(Objects.requireNonNull(from, "from"));
    }

    /**
     * {@return the clock and the executor of this network} Any thread may use them. Timers and tasks run inside {@link
     * #run()}. The wall clock starts at 2026-01-01T00:00Z.
     */
    public Scheduler scheduler() {
        return scheduler;
    }

    /**
     * Runs connections, tasks and due timers on the calling thread until nothing is left to do. The clock stands still.
     *
     * @throws IllegalStateException if called inside a callback or while another thread runs the network, or if the
     *     network is not idle after {@code maxSteps} steps
     */
    public void run() {
        advance(Duration.ZERO);
    }

    /**
     * Runs one callback, task or timer on the calling thread.
     *
     * @return false if there was nothing to do
     * @throws IllegalStateException if called inside a callback or while another thread runs the network
     */
    public boolean step() {
        return scheduler.step();
    }

    /**
     * Moves the clock forward from timer to timer, and at each does what {@link #run()} does.
     *
     * @param duration how far, zero or more
     * @throws IllegalArgumentException if the duration is negative
     * @throws IllegalStateException as {@link #run()}
     */
    public void advance(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("the clock does not go back: " + duration);
        }
        scheduler.run(duration, () -> false);
    }

    /**
     * Breaks one link: both ends get {@code FAILED}, and the bytes in flight are lost. Any thread may call it. It does
     * nothing if the link is closed.
     *
     * @param connection either end
     */
    public void cut(Connection connection) {
        cutIf(end -> end.isEndOf(connection));
    }

    /**
     * Breaks every link of an address. Any thread may call it. New connections may be made at once.
     *
     * @param address a listener's address, or a local address of connections
     */
    public void cut(SocketAddress address) {
        cutIf(end -> end.local.equals(address) || end.remote.equals(address));
    }

    /**
     * Stops every link of an address, now and until {@link #thaw}: bytes stay in flight, ends of streams are not
     * noticed, connects neither succeed nor fail. Any thread may call it.
     *
     * @param address a listener's address, or a local address of connections
     */
    public void freeze(SocketAddress address) {
        changeFaults(() -> frozen.add(address));
    }

    /**
     * Ends {@link #freeze}: the links continue where they stopped. Any thread may call it.
     *
     * @param address the frozen address
     */
    public void thaw(SocketAddress address) {
        changeFaults(() -> frozen.remove(address));
    }

    /**
     * Rejects new connections to an address, as if nobody listened. Any thread may call it. Open connections stay open.
     *
     * @param address a listener's address; the listener may come later
     */
    public void refuse(SocketAddress address) {
        changeFaults(() -> refused.add(address));
    }

    /**
     * Ends {@link #refuse}. Any thread may call it.
     *
     * @param address the refused address
     */
    public void allow(SocketAddress address) {
        changeFaults(() -> refused.remove(address));
    }

    private void cutIf(Predicate<MemoryConnection> which) {
        synchronized (scheduler.lock) {
            IOException cause = new IOException("link cut");
            connections.stream().filter(which).forEach(connection -> connection.fail(cause));
        }
    }

    private void changeFaults(Runnable change) {
        synchronized (scheduler.lock) {
            change.run();
            connections.forEach(scheduler::wake);
        }
    }

    private MemoryConnection add(MemoryConnection connection) {
        connections.add(connection);
        scheduler.wake(connection);
        return connection;
    }

    /** Forgets a closed connection. Called under the lock. */
    void remove(MemoryConnection connection) {
        connections.remove(connection);
    }

    /** Whether a link carries bytes now. Called under the lock. */
    boolean isReachable(SocketAddress local, SocketAddress remote) {
        return !frozen.contains(local) && !frozen.contains(remote);
    }

    /** Finds the listener and links a connection to it. Called without the lock, because it calls the acceptor. */
    void link(MemoryConnection from) {
        Listener listener;
        synchronized (scheduler.lock) {
            listener = refused.contains(from.remote) ? null : listenerAt(from.remote);
        }
        if (listener == null) {
            from.fail(new ConnectException("refused: " + from.remote));
            return;
        }
        ConnectionHandler handler = null;
        try {
            handler = listener.acceptor.accept(from.local);
        } catch (Throwable thrown) {
            MemoryScheduler.report(listener.acceptor, thrown);
        }
        synchronized (scheduler.lock) {
            add(from.linkTo(handler));
        }
    }

    private @Nullable Listener listenerAt(SocketAddress address) {
        Listener listener = listeners.get(address);
        return listener == null && address instanceof InetSocketAddress inet
                ? listeners.get(new InetSocketAddress(inet.getPort()))
                : listener;
    }

    private Transport transportFrom(@Nullable SocketAddress from) {
        return new Transport() {
            @Override
            public Listening listen(SocketAddress address, Acceptor acceptor) throws BindException {
                return bind(Objects.requireNonNull(address, "address"), Objects.requireNonNull(acceptor, "acceptor"));
            }

            @Override
            public Connection connect(SocketAddress address, ConnectionHandler handler) {
                Objects.requireNonNull(address, "address");
                Objects.requireNonNull(handler, "handler");
                synchronized (scheduler.lock) {
                    SocketAddress local = from != null ? from : newLocalAddress(address);
                    return add(new MemoryConnection(MemoryNetwork.this, local, address, handler));
                }
            }
        };
    }

    private SocketAddress newLocalAddress(SocketAddress remote) {
        return remote instanceof InetSocketAddress
                ? new InetSocketAddress(InetAddress.getLoopbackAddress(), nextPort++)
                : new MemoryAddress("client-" + nextName++);
    }

    private Listening bind(SocketAddress asked, Acceptor acceptor) throws BindException {
        synchronized (scheduler.lock) {
            boolean anyPort = asked instanceof InetSocketAddress inet && inet.getPort() == 0;
            Listener listener = new Listener(this, anyPort ? freePort((InetSocketAddress) asked) : asked, acceptor);
            if (listeners.putIfAbsent(listener.address, listener) != null) {
                throw new BindException("address in use: " + asked);
            }
            return listener;
        }
    }

    private InetSocketAddress freePort(InetSocketAddress asked) {
        InetSocketAddress address;
        do {
            address = asked.getAddress() == null
                    ? InetSocketAddress.createUnresolved(asked.getHostString(), nextPort++)
                    : new InetSocketAddress(asked.getAddress(), nextPort++);
        } while (listeners.containsKey(address));
        return address;
    }

    /** An address that is listened on. Any thread may call it. */
    private record Listener(MemoryNetwork network, SocketAddress address, Acceptor acceptor) implements Listening {
        @Override
        @SuppressWarnings("ReferenceEquality") // a later listener may have the same address and acceptor
        public void close() {
            synchronized (network.scheduler.lock) {
                if (network.listeners.get(address) == this) {
                    network.listeners.remove(address);
                }
            }
        }
    }

    /** The limits of a {@link MemoryNetwork}. For one thread at a time. */
    public static final class Builder {
        private long seed; // one thread at a time
        private int maxInFlightBytes = 64 * 1024; // one thread at a time
        private long maxSteps = 10_000_000; // one thread at a time

        private Builder() {}

        /**
         * Sets the seed, which chooses the splits and the order; the default is 0.
         *
         * @param value any number
         * @return this
         */
        public Builder seed(long value) {
            seed = value;
            return this;
        }

        /**
         * Sets how many bytes a link holds in each direction; the default is 64 KiB.
         *
         * @param bytes at least 1
         * @return this
         * @throws IllegalArgumentException if it is less than 1
         */
        public Builder maxInFlightBytes(int bytes) {
            if (bytes < 1) {
                throw new IllegalArgumentException("maxInFlightBytes: " + bytes);
            }
            maxInFlightBytes = bytes;
            return this;
        }

        /**
         * Sets after how many steps a network that is not idle fails; the default is ten million.
         *
         * @param steps at least 1
         * @return this
         * @throws IllegalArgumentException if it is less than 1
         */
        public Builder maxSteps(long steps) {
            if (steps < 1) {
                throw new IllegalArgumentException("maxSteps: " + steps);
            }
            maxSteps = steps;
            return this;
        }

        /** {@return a new network} Nothing has happened on it yet. */
        public MemoryNetwork build() {
            return new MemoryNetwork(this);
        }
    }
}
