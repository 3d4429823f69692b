package io.parley.testkit.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.transport.Acceptor;
import io.parley.transport.Connection;
import io.parley.transport.Disconnect;
import io.parley.transport.Listening;
import io.parley.transport.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What a test of a transport works with: the transport, addresses, and a way to wait. A bench remembers each probe and
 * listener that it made. {@link #finish()} closes them and looks for breaches of the rules and for threads that were left
 * behind. For the test's thread.
 */
public final class Bench {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(2);
    private static final Duration CALM = Duration.ofMillis(150);
    private static final Duration CALM_POLL = Duration.ofMillis(10);

    private final Transport transport;
    private final Supplier<SocketAddress> addresses;
    private final Runnable turn;
    private final boolean byHand;
    private final boolean overSockets;
    private final List<Probe> probes = new CopyOnWriteArrayList<>();
    private final List<Listening> listeners = new ArrayList<>();
    private final Set<Thread> before = liveThreads();

    private Bench(
            Transport transport,
            Supplier<SocketAddress> addresses,
            Runnable turn,
            boolean byHand,
            boolean overSockets) {
        this.transport = transport;
        this.addresses = addresses;
        this.turn = turn;
        this.byHand = byHand;
        this.overSockets = overSockets;
    }

    /**
     * A bench for a transport over sockets, with threads of its own.
     *
     * @param transport the transport to test
     * @param freshAddresses gives an address to listen at, a new one each time; for TCP this may be port 0
     * @return a bench for one test
     */
    public static Bench of(Transport transport, Supplier<SocketAddress> freshAddresses) {
        return new Bench(transport, freshAddresses, () -> {}, false, true);
    }

    /**
     * A bench for a transport with threads of its own and without sockets, such as a queue between threads.
     *
     * @param transport the transport to test
     * @param freshAddresses gives an address to listen at, a new one each time
     * @return a bench for one test
     */
    public static Bench withoutSockets(Transport transport, Supplier<SocketAddress> freshAddresses) {
        return new Bench(transport, freshAddresses, () -> {}, false, false);
    }

    /**
     * A bench for a transport that runs on the test's thread, such as the network in memory.
     *
     * @param transport the transport to test
     * @param freshAddresses gives an address to listen at, a new one each time
     * @param turn runs what the transport has to do; called before each look at a condition
     * @return a bench for one test
     */
    public static Bench byHand(Transport transport, Supplier<SocketAddress> freshAddresses, Runnable turn) {
        return new Bench(transport, freshAddresses, turn, true, false);
    }

    /**
     * Random bytes, the same for the same seed.
     *
     * @param count how many
     * @param seed the seed
     * @return the bytes
     */
    public static byte[] bytes(int count, long seed) {
        byte[] bytes = new byte[count];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    /**
     * The transport to test.
     *
     * @return the transport
     */
    public Transport transport() {
        return transport;
    }

    /**
     * Makes a probe that {@link #finish()} looks after.
     *
     * @return a new probe
     */
    public Probe probe() {
        Probe probe = new Probe();
        probes.add(probe);
        return probe;
    }

    /**
     * Listens at a fresh address.
     *
     * @param acceptor gives a handler to each connection
     * @return the listener, which {@link #finish()} closes
     */
    public Listening listen(Acceptor acceptor) {
        return listen(addresses.get(), acceptor);
    }

    /**
     * Listens at an address.
     *
     * @param address where to listen
     * @param acceptor gives a handler to each connection
     * @return the listener, which {@link #finish()} closes
     */
    public Listening listen(SocketAddress address, Acceptor acceptor) {
        try {
            Listening listening = transport.listen(address, acceptor);
            listeners.add(listening);
            return listening;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Begins to connect a probe.
     *
     * @param address where to connect
     * @param probe the handler of the connection
     * @return the probe
     */
    public Probe connect(SocketAddress address, Probe probe) {
        Probe.calling(() -> {
            Connection connection = transport.connect(address, probe);
            if (!probe.isMade()) {
                probe.connection(connection);
            }
        });
        return probe;
    }

    /**
     * Connects two probes through a new listener and waits until both are open.
     *
     * @param client the probe that connects
     * @param server the probe that is given the accepted connection
     * @return both, and the listener
     */
    public Link link(Probe client, Probe server) {
        Listening listening = listen(remote -> server);
        connect(listening.address(), client);
        await("both ends open", () -> client.isOpen() && server.isOpen());
        return new Link(client, server, listening);
    }

    /**
     * Connects two new probes and waits until both are open.
     *
     * @return both, and the listener
     */
    public Link link() {
        return link(probe(), probe());
    }

    /**
     * Connects a peer to the probe and resets the connection. Over sockets the peer is a plain socket channel. In memory it
     * leaves with unread input.
     *
     * @param server the probe that is given the accepted connection
     */
    public void resetBy(Probe server) {
        Listening listening = listen(remote -> server);
        if (!overSockets) {
            Probe client = connect(listening.address(), probe().whenOpen(Connection::pauseReads));
            await("open", () -> client.isOpen() && server.isOpen());
            server.send(new byte[1]);
            await("unread input", () -> server.taken() == 1);
            client.call(Connection::abort);
            return;
        }
        boolean tcp = listening.address() instanceof InetSocketAddress;
        try (SocketChannel peer = SocketChannel.open(listening.address())) {
            await("open", server::isOpen);
            if (tcp) {
                peer.setOption(StandardSocketOptions.SO_LINGER, 0);
            } else {
                server.send(new byte[1]); // unread input makes the end of a Unix-domain socket a reset
                if (!transport.isEncrypted()) {
                    await("unread input", () -> server.taken() == 1);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Waits until a condition holds. Fails after a minute.
     *
     * @param what names the condition in the failure
     * @param condition what must hold
     */
    public void await(String what, BooleanSupplier condition) {
        Await.until(what, PATIENCE, POLL, () -> {
            turn.run();
            return condition.getAsBoolean();
        });
    }

    /**
     * Checks that a condition holds and goes on holding for a short time.
     *
     * @param what names the condition in the failure
     * @param condition what must hold
     */
    public void stays(String what, BooleanSupplier condition) {
        if (byHand) {
            turn.run();
            assertThat(condition.getAsBoolean()).as(what).isTrue();
            return;
        }
        Await.steady(what, CALM, PATIENCE, CALM_POLL, condition);
    }

    /**
     * Waits until a probe's connection has ended.
     *
     * @param probe the probe
     * @return how it ended
     */
    public Disconnect.Kind end(Probe probe) {
        await("onClosed", probe::isClosed);
        return probe.disconnect().kind();
    }

    /**
     * Checks that the transport works. Connects to a listener whose probes echo, sends bytes and waits for the echo.
     *
     * @param address the listener's address
     */
    public void echoWorks(SocketAddress address) {
        byte[] bytes = bytes(1000, 5);
        Probe probe = connect(address, probe().expect(bytes));
        probe.send(bytes);
        await("an echo", () -> probe.received() == bytes.length);
        probe.call(Connection::abort);
        end(probe);
    }

    /** Ends everything, and checks that no rule was broken and no thread was left behind. */
    public void finish() {
        listeners.forEach(listening -> Probe.calling(listening::close));
        for (Probe probe : probes) {
            if (probe.isMade()) {
                probe.call(Connection::abort);
                await("the end of every connection", probe::isClosed);
            }
        }
        if (!Await.within(PATIENCE, POLL, () -> startedThreads().isEmpty())) {
            assertThat(startedThreads()).as("the end of the threads").isEmpty();
        }
        for (Probe probe : probes) {
            assertThat(probe.breaches()).isEmpty();
        }
    }

    /** The platform threads that were started since this was made and have not ended. */
    private List<Thread> startedThreads() {
        return liveThreads().stream()
                .filter(thread -> !before.contains(thread) && !isOfTheSystem(thread))
                .toList();
    }

    private static Set<Thread> liveThreads() {
        return Thread.getAllStackTraces().keySet();
    }

    /** Whether a thread belongs to the JVM (a carrier of virtual threads, for example), to JUnit or to the shared scheduler. */
    private static boolean isOfTheSystem(Thread thread) {
        ThreadGroup tests = Thread.currentThread().getThreadGroup();
        ThreadGroup group = thread.getThreadGroup();
        return group == null // it has ended
                || !tests.parentOf(group) // the JVM's groups: system, CarrierThreads and others
                || thread instanceof ForkJoinWorkerThread
                || thread.getName().startsWith("junit-")
                || thread.getName().startsWith("parley-timer")
                || thread.getName().startsWith("parley-callback")
                || thread.getName().contains("-handshake-"); // transports may share them; they end after idle seconds
    }

    /**
     * How many sockets, selectors and pipes this process holds open.
     *
     * @return the number; 0 where the system has no {@code /proc}
     */
    public static long descriptors() {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.filter(Bench::isForTransports).count();
        } catch (IOException e) {
            return 0;
        }
    }

    private static boolean isForTransports(Path descriptor) {
        try {
            String target = Files.readSymbolicLink(descriptor).toString();
            return target.startsWith("socket:") || target.startsWith("anon_inode:") || target.startsWith("pipe:");
        } catch (IOException e) {
            // Closed since it was listed.
            return false;
        }
    }

    /**
     * Two connected probes and their listener.
     *
     * @param client the probe that connected
     * @param server the probe of the accepted connection
     * @param listening the listener
     */
    public record Link(Probe client, Probe server, Listening listening) {}
}
