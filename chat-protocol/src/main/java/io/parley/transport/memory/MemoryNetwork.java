package io.parley.transport.memory;

import io.parley.transport.Acceptor;
import io.parley.transport.Connection;
import io.parley.transport.ConnectionHandler;
import io.parley.transport.Listening;
import io.parley.transport.Scheduler;
import io.parley.transport.Transport;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A network, a clock and an executor in memory, turned by hand: nothing happens until {@link #run()} or
 * {@link #advance} is called, and then everything happens on the caller's thread. Any thread may call
 * transports, connections, the scheduler and the methods that break links; one thread at a time turns.
 *
 * <p><b>The same seed gives the same run.</b> It chooses how the bytes are split into {@code onBytes}
 * calls, how many bytes a sink takes at a time, and which of the connections, tasks and timers that are
 * ready comes next. This holds while only the turning thread calls in.
 *
 * <p><b>Addresses.</b> Any {@link SocketAddress} is a key; {@link MemoryAddress} is a name. An {@link
 * InetSocketAddress} with port 0 is given a free port, and a listener on the wildcard address hears all
 * that goes to its port. No name is looked up and nothing leaves the process.
 *
 * <p><b>Back-pressure.</b> A link holds {@code maxInFlightBytes} in each direction; a reader who pauses
 * fills it and the writer's sink answers 0.
 *
 * <p><b>Faults.</b> {@link #cut} breaks links, {@link #freeze} lets them hang as if the cable were out,
 * {@link #refuse} turns new connections away. An address means every link that has it at either end.
 *
 * <p>All state lies under one lock, which is never held while a handler, a task or a timer runs. (At over
 * 300 lines the largest file of the package: it is its whole public surface, and half of it is Javadoc.)
 */
public final class MemoryNetwork {
    private static final Logger LOG = System.getLogger("io.parley.transport.memory");
    private static final int FIRST_FREE_PORT = 49_152;
    private static final int CULPRITS = 5;

    private final int maxInFlightBytes;
    private final long maxSteps;
    private final ReentrantLock lock = new ReentrantLock();
    private final MemoryScheduler scheduler = new MemoryScheduler(this, lock);

    // All guarded by lock.
    private final Random random;
    private final Map<SocketAddress, MemoryListening> listeners = new HashMap<>();
    private final Set<MemoryConnection> connections = new LinkedHashSet<>();
    private final List<MemoryConnection> ready = new ArrayList<>();
    private final Set<MemoryConnection> isReady = new HashSet<>();
    private final Set<SocketAddress> refused = new HashSet<>();
    private final Set<SocketAddress> frozen = new HashSet<>();
    private int nextPort = FIRST_FREE_PORT;
    private int nextName = 1;
    private @Nullable Thread turning;

    private MemoryNetwork(Builder builder) {
        random = new Random(builder.seed);
        maxInFlightBytes = builder.maxInFlightBytes;
        maxSteps = builder.maxSteps;
    }

    /**
     * A network with the default bounds. Any thread may call it.
     *
     * @param seed what chooses the splits and the order
     * @return the network, quiet
     */
    public static MemoryNetwork seeded(long seed) {
        return builder().seed(seed).build();
    }

    /**
     * A network with bounds of one's own. Any thread may call it.
     *
     * @return the builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * A way onto this network. Any thread may call it and use the result; each connection made with it
     * comes from an address of its own.
     *
     * @return the transport
     */
    public Transport transport() {
        return new MemoryTransport(this, null);
    }

    /**
     * A way onto this network from one address. Any thread may call it and use the result; that address
     * is what accepting ends see, and what {@link #cut(SocketAddress)} and {@link #freeze} can name.
     *
     * @param from where the connections made with the transport come from
     * @return the transport
     */
    public Transport transport(SocketAddress from) {
        return new MemoryTransport(this, Objects.requireNonNull(from, "from"));
    }

    /**
     * The clock and the executor of this network. Any thread may use them; timers and tasks run inside
     * {@link #run()}. The wall clock starts at 2026-01-01T00:00Z.
     *
     * @return the one scheduler
     */
    public Scheduler scheduler() {
        return scheduler;
    }

    /**
     * Turns connections, tasks and due timers on the calling thread until nothing is left to do. One
     * thread at a time may call it, and no callback. The clock stands still.
     *
     * @throws IllegalStateException if it is called inside a callback or while another thread turns, or
     *     if the network does not become quiet within {@code maxSteps}
     */
    public void run() {
        enter();
        try {
            turnUntilQuiet();
        } finally {
            leave();
        }
    }

    /**
     * Takes one step of {@link #run()}, on the calling thread: one callback, one task or one timer. The
     * same threads may call it.
     *
     * @return false if there was nothing to do
     * @throws IllegalStateException if it is called inside a callback or while another thread turns
     */
    public boolean step() {
        enter();
        try {
            return turnOnce() != null;
        } finally {
            leave();
        }
    }

    /**
     * Moves the clock forward, stopping at each timer that falls due, and runs until quiet at each stop.
     * The same threads may call it as {@link #run()}.
     *
     * @param duration how far, zero or more
     * @throws IllegalArgumentException if the duration is negative
     * @throws IllegalStateException as {@link #run()}
     */
    public void advance(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("the clock does not go back: " + duration);
        }
        enter();
        try {
            long end = scheduler.nanoTime() + duration.toNanos();
            do {
                turnUntilQuiet();
            } while (scheduler.moveTowards(end));
        } finally {
            leave();
        }
    }

    /** Runs, and moves the clock from timer to timer, until a future is done or the time is over. */
    void turnUntilDone(CompletableFuture<?> future, Duration timeout) {
        enter();
        try {
            long end = scheduler.nanoTime() + timeout.toNanos();
            do {
                long steps = 0;
                while (!future.isDone() && turnOnce() != null) {
                    if (++steps > maxSteps) {
                        throw new IllegalStateException("not done and not quiet after " + maxSteps + " steps");
                    }
                }
            } while (!future.isDone() && scheduler.moveTowards(end));
        } finally {
            leave();
        }
    }

    /**
     * Breaks one link: both ends hear {@code FAILED}, and the bytes in flight are lost. Any thread may call
     * it; nothing happens if the link is over already.
     *
     * @param connection either end
     */
    public void cut(Connection connection) {
        cutWhere(end -> connection instanceof MemoryConnection other && end.isLinkOf(other));
    }

    /**
     * Breaks every link that has this address at either end. Any thread may call it; new connections may
     * be made at once.
     *
     * @param address a listener's address, or where connections come from
     */
    public void cut(SocketAddress address) {
        cutWhere(end -> end.hasAddress(address));
    }

    private void cutWhere(Predicate<MemoryConnection> which) {
        lock.lock();
        try {
            IOException cause = new IOException("link cut");
            connections.stream().filter(which).toList().forEach(end -> end.fail(cause));
        } finally {
            lock.unlock();
        }
    }

    /**
     * Lets every link of this address hang, now and until {@link #thaw}: bytes stay in flight, ends of
     * streams are not noticed, connects neither succeed nor fail. Any thread may call it.
     *
     * @param address a listener's address, or where connections come from
     */
    public void freeze(SocketAddress address) {
        change(() -> frozen.add(address));
    }

    /**
     * Ends {@link #freeze}: everything goes on from where it stood. Any thread may call it.
     *
     * @param address the address that was frozen
     */
    public void thaw(SocketAddress address) {
        change(() -> frozen.remove(address));
    }

    /**
     * Turns connections to this address away from now on, as if nobody listened. Any thread may call it;
     * open connections are not touched.
     *
     * @param address a listener's address, whether or not anybody listens there yet
     */
    public void refuse(SocketAddress address) {
        change(() -> refused.add(address));
    }

    /**
     * Ends {@link #refuse}. Any thread may call it.
     *
     * @param address the address that was refused
     */
    public void allow(SocketAddress address) {
        change(() -> refused.remove(address));
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            connections.forEach(this::touch);
        } finally {
            lock.unlock();
        }
    }

    // For the transports.

    Listening bind(SocketAddress asked, Acceptor acceptor) throws BindException {
        lock.lock();
        try {
            SocketAddress address = asked instanceof InetSocketAddress inet ? withPort(inet) : asked;
            MemoryListening listening = new MemoryListening(this, address, acceptor);
            if (listeners.putIfAbsent(address, listening) != null) {
                throw new BindException("address in use: " + address);
            }
            return listening;
        } finally {
            lock.unlock();
        }
    }

    private InetSocketAddress withPort(InetSocketAddress asked) {
        InetSocketAddress address = asked;
        while (address.getPort() == 0 || (asked.getPort() == 0 && listeners.containsKey(address))) {
            address = asked.getAddress() == null
                    ? InetSocketAddress.createUnresolved(asked.getHostString(), nextPort++)
                    : new InetSocketAddress(asked.getAddress(), nextPort++);
        }
        return address;
    }

    void unbind(MemoryListening listening) {
        lock.lock();
        try {
            listeners.remove(listening.address(), listening);
        } finally {
            lock.unlock();
        }
    }

    SocketAddress freshAddress(boolean internet) {
        lock.lock();
        try {
            return internet
                    ? new InetSocketAddress(InetAddress.getLoopbackAddress(), nextPort++)
                    : new MemoryAddress("client-" + nextName++);
        } finally {
            lock.unlock();
        }
    }

    Connection begin(SocketAddress remote, SocketAddress local, ConnectionHandler handler) {
        MemoryConnection connection = MemoryConnection.connecting(this, local, remote, handler);
        add(connection);
        return connection;
    }

    // For the connections.

    ReentrantLock lock() {
        return lock;
    }

    int maxInFlightBytes() {
        return maxInFlightBytes;
    }

    /** Finds the listener and makes the other end. Called without the lock: the acceptor is asked. */
    void link(MemoryConnection from) throws IOException {
        SocketAddress address = from.remoteAddress();
        MemoryListening listening;
        lock.lock();
        try {
            listening = refused.contains(address) ? null : listenerAt(address);
        } finally {
            lock.unlock();
        }
        if (listening == null) {
            throw new ConnectException("refused: " + address);
        }
        Acceptor acceptor = listening.acceptor();
        ConnectionHandler handler = null;
        try {
            handler = acceptor.accept(from.localAddress());
        } catch (Throwable thrown) {
            report(acceptor, thrown);
        }
        lock.lock();
        try {
            add(MemoryConnection.accepted(this, from, handler == null ? new Unheard() : handler));
        } finally {
            lock.unlock();
        }
    }

    private @Nullable MemoryListening listenerAt(SocketAddress address) {
        MemoryListening listening = listeners.get(address);
        if (listening == null && address instanceof InetSocketAddress inet) {
            return listeners.get(new InetSocketAddress(inet.getPort()));
        }
        return listening;
    }

    private void add(MemoryConnection connection) {
        lock.lock();
        try {
            connections.add(connection);
            touch(connection);
        } finally {
            lock.unlock();
        }
    }

    /** The connection may have something to do. Called under the lock. */
    void touch(MemoryConnection connection) {
        if (isReady.add(connection)) {
            ready.add(connection);
        }
    }

    /** The connection is over. Called under the lock. */
    void forget(MemoryConnection connection) {
        connections.remove(connection);
    }

    /** Called under the lock. */
    boolean isFrozen(SocketAddress address) {
        return frozen.contains(address);
    }

    /** A coin. Called under the lock. */
    boolean toss() {
        return random.nextBoolean();
    }

    /** How many of so many bytes to take at once: 1 to all, often few and often all. Called under the lock. */
    int split(int available) {
        int bound = switch (random.nextInt(8)) {
            case 0 -> 4;
            case 1 -> 64;
            case 2 -> 2048;
            default -> available;
        };
        return bound >= available ? available : 1 + random.nextInt(bound);
    }

    void report(Object culprit, Throwable thrown) {
        LOG.log(Level.WARNING, "a callback threw: " + culprit.getClass().getName(), thrown);
    }

    // Turning.

    private void enter() {
        lock.lock();
        try {
            if (turning != null) {
                throw new IllegalStateException(
                        turning == Thread.currentThread()
                                ? "the network is being turned: run() and advance() are not for callbacks"
                                : "the network is being turned by " + turning);
            }
            turning = Thread.currentThread();
        } finally {
            lock.unlock();
        }
    }

    private void leave() {
        lock.lock();
        try {
            turning = null;
        } finally {
            lock.unlock();
        }
    }

    private void turnUntilQuiet() {
        ArrayDeque<Object> last = new ArrayDeque<>();
        for (long step = 0; step < maxSteps; step++) {
            Object turned = turnOnce();
            if (turned == null) {
                return;
            }
            if (maxSteps - step <= CULPRITS) {
                last.add(turned);
            }
        }
        throw new IllegalStateException("not quiet after " + maxSteps + " steps; the last were " + last);
    }

    /** Turns one of the ready connections, the first task or the first due timer; null if there is none. */
    private @Nullable Object turnOnce() {
        while (true) {
            MemoryConnection connection = null;
            Runnable task = null;
            lock.lock();
            try {
                int tasks = scheduler.hasTask() ? 1 : 0;
                int timers = scheduler.hasDueTimer() ? 1 : 0;
                int choices = ready.size() + tasks + timers;
                if (choices == 0) {
                    return null;
                }
                int choice = random.nextInt(choices);
                if (choice < ready.size()) {
                    connection = takeReady(choice);
                } else {
                    task = choice == ready.size() && tasks == 1 ? scheduler.takeTask() : scheduler.takeTimer();
                }
            } finally {
                lock.unlock();
            }
            if (task != null) {
                runGuarded(task);
                return task;
            }
            if (connection != null && connection.turn()) {
                retouch(connection);
                return connection;
            }
        }
    }

    private MemoryConnection takeReady(int index) {
        MemoryConnection last = ready.remove(ready.size() - 1);
        MemoryConnection taken = index == ready.size() ? last : ready.set(index, last);
        isReady.remove(taken);
        return taken;
    }

    private void retouch(MemoryConnection connection) {
        lock.lock();
        try {
            touch(connection);
        } finally {
            lock.unlock();
        }
    }

    private void runGuarded(Runnable task) {
        try {
            task.run();
        } catch (Throwable thrown) {
            report(task, thrown);
        }
    }

    /** The bounds of a {@link MemoryNetwork}. For one thread at a time. */
    public static final class Builder {
        private long seed; // one thread at a time
        private int maxInFlightBytes = 64 * 1024; // one thread at a time
        private long maxSteps = 10_000_000; // one thread at a time

        private Builder() {}

        /**
         * What chooses the splits and the order; 0 unless told.
         *
         * @param value any number
         * @return this
         */
        public Builder seed(long value) {
            seed = value;
            return this;
        }

        /**
         * How many bytes a link holds in each direction; 64 KiB unless told.
         *
         * @param bytes at least 1
         * @return this
         * @throws IllegalArgumentException if it is less
         */
        public Builder maxInFlightBytes(int bytes) {
            if (bytes < 1) {
                throw new IllegalArgumentException("maxInFlightBytes: " + bytes);
            }
            maxInFlightBytes = bytes;
            return this;
        }

        /**
         * After how many steps a network that does not become quiet is given up; ten million unless told.
         *
         * @param steps at least 1
         * @return this
         * @throws IllegalArgumentException if it is less
         */
        public Builder maxSteps(long steps) {
            if (steps < 1) {
                throw new IllegalArgumentException("maxSteps: " + steps);
            }
            maxSteps = steps;
            return this;
        }

        /**
         * The network.
         *
         * @return a new one, quiet
         */
        public MemoryNetwork build() {
            return new MemoryNetwork(this);
        }
    }
}
