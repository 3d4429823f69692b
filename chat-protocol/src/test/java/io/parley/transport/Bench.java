package io.parley.transport;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.awaitility.Awaitility;

/**
 * What a test of a transport works with: the transport, addresses, and a way to wait. Keeps account of
 * every probe and listener, and {@link #finish()} clears them up and looks for breaches and leftovers. For
 * the test's thread.
 */
public final class Bench {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(2);
    private static final Duration CALM = Duration.ofMillis(150);

    private final Transport transport;
    private final Supplier<SocketAddress> addresses;
    private final Runnable turn;
    private final boolean byHand;
    private final List<Probe> probes = new CopyOnWriteArrayList<>();
    private final List<Listening> listeners = new ArrayList<>();
    private final Set<Thread> before = liveThreads();

    private Bench(Transport transport, Supplier<SocketAddress> addresses, Runnable turn, boolean byHand) {
        this.transport = transport;
        this.addresses = addresses;
        this.turn = turn;
        this.byHand = byHand;
    }

    /** A bench for a transport with threads of its own. */
    public static Bench of(Transport transport, Supplier<SocketAddress> freshAddresses) {
        return new Bench(transport, freshAddresses, () -> {}, false);
    }

    /** A bench for a transport that the test's thread turns by hand. */
    public static Bench byHand(Transport transport, Supplier<SocketAddress> freshAddresses, Runnable turn) {
        return new Bench(transport, freshAddresses, turn, true);
    }

    /** Random bytes, the same for the same seed. */
    public static byte[] bytes(int count, long seed) {
        byte[] bytes = new byte[count];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    public Transport transport() {
        return transport;
    }

    public Probe probe() {
        Probe probe = new Probe();
        probes.add(probe);
        return probe;
    }

    /** Listens at a fresh address. */
    public Listening listen(Acceptor acceptor) {
        return listen(addresses.get(), acceptor);
    }

    public Listening listen(SocketAddress address, Acceptor acceptor) {
        try {
            Listening listening = transport.listen(address, acceptor);
            listeners.add(listening);
            return listening;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Begins to connect a probe. */
    public Probe connect(SocketAddress address, Probe probe) {
        Probe.calling(() -> {
            Connection connection = transport.connect(address, probe);
            if (probe.connection() == null) {
                probe.connection(connection);
            }
        });
        return probe;
    }

    /** Links a client and a server and waits until both are open. */
    public Link link(Probe client, Probe server) {
        Listening listening = listen(remote -> server);
        connect(listening.address(), client);
        await("both ends open", () -> client.isOpen() && server.isOpen());
        return new Link(client, server, listening);
    }

    public Link link() {
        return link(probe(), probe());
    }

    /**
     * Has a peer connect to the probe and reset the connection: over sockets one that is no transport, in memory one that
     * leaves with input unread.
     */
    public void resetBy(Probe server) {
        Listening listening = listen(remote -> server);
        if (byHand) {
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

    /** Waits until a condition holds. */
    public void await(String what, BooleanSupplier condition) {
        Awaitility.await(what)
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(POLL)
                .pollInSameThread()
                .until(() -> {
                    turn.run();
                    return condition.getAsBoolean();
                });
    }

    /** Sees that a condition holds and goes on holding for a while. */
    public void stays(String what, BooleanSupplier condition) {
        if (byHand) {
            turn.run();
            assertThat(condition.getAsBoolean()).as(what).isTrue();
            return;
        }
        Awaitility.await(what)
                .atMost(PATIENCE)
                .during(CALM)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(10))
                .pollInSameThread()
                .until(condition::getAsBoolean);
    }

    /** Waits until a probe's connection is over, and tells how it ended. */
    public Disconnect.Kind end(Probe probe) {
        await("onClosed", probe::isClosed);
        return probe.kind();
    }

    /** Sees that the transport works: a new connection to this listener, whose probes echo, and back. */
    public void echoWorks(SocketAddress address) {
        byte[] bytes = bytes(1000, 5);
        Probe probe = connect(address, probe().expect(bytes));
        probe.send(bytes);
        await("an echo", () -> probe.received() == bytes.length);
        probe.call(Connection::abort);
        end(probe);
    }

    /** Ends everything and sees that no rule was broken and no thread is left. */
    public void finish() {
        listeners.forEach(listening -> Probe.calling(listening::close));
        for (Probe probe : probes) {
            if (probe.connection() != null) {
                probe.call(Connection::abort);
                await("the end of every connection", probe::isClosed);
            }
        }
        Awaitility.await("the end of the threads")
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(POLL)
                .pollInSameThread()
                .untilAsserted(() -> assertThat(startedThreads()).isEmpty());
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
        ThreadGroup group = thread.getThreadGroup();
        return group == null // it has ended
                || group.getName().equals("system")
                || group.getName().equals("InnocuousThreadGroup")
                || thread instanceof ForkJoinWorkerThread
                || thread.getName().startsWith("junit-")
                || thread.getName().startsWith("parley-timer")
                || thread.getName().startsWith("parley-callback")
                || thread.getName().contains("-handshake-"); // transports may share them; they end after idle seconds
    }

    /** The sockets and selectors that this process holds open; 0 where the system does not tell. */
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

    /** Two probes and the listener that brought them together. */
    public record Link(Probe client, Probe server, Listening listening) {}
}
