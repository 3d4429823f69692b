package io.parley.apps.benchmarks.chaos;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Where one client enters the proxy, and the faults that it suffers. The proxy's thread, unless something else is said. */
final class Door {
    private final Selector selector;
    private final Timers timers;
    private final InetSocketAddress server;
    private final FaultPlan plan;
    private final int helloFlight; // in which flight of a client HELLO is sent
    private final ServerSocketChannel listening;
    private final List<Bridge> bridges = new ArrayList<>();
    private final Map<Fault, Integer> done = new EnumMap<>(Fault.class);
    private @Nullable Bridge present;
    private boolean armed; // the answer to the next HELLO is swallowed
    private boolean calm = true;
    private long downUntil = Long.MIN_VALUE;
    private volatile long letThroughNanos; // when the last connection was let through that was not damaged since; or 0

    Door(Selector selector, Timers timers, InetSocketAddress server, FaultPlan plan, boolean tls) throws IOException {
        this.selector = selector;
        this.timers = timers;
        this.server = server;
        this.plan = plan;
        helloFlight = tls ? 2 : 1;
        listening = ServerSocketChannel.open();
        listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        listening.configureBlocking(false);
        listening.register(selector, SelectionKey.OP_ACCEPT, this);
    }

    /** Where to connect to. Any thread. */
    InetSocketAddress address() {
        return new InetSocketAddress("localhost", listening.socket().getLocalPort());
    }

    /** When the present connection was let through; 0 if it was damaged since, or there is none. Any thread. */
    long letThroughNanos() {
        return letThroughNanos;
    }

    /** How often each fault struck. When the proxy has ended. */
    Map<Fault, Integer> done() {
        return done;
    }

    void accept() {
        SocketChannel client = null;
        try {
            client = listening.accept();
            if (client == null) {
                return;
            }
            long now = System.nanoTime();
            if (now < downUntil) {
                Bridge.linger(client);
                Bridge.close(client);
                return;
            }
            SocketChannel behind = SocketChannel.open(server);
            Bridge made = new Bridge(selector, timers, client, behind, armed ? helloFlight : 0, () -> {
                armed = false;
                count(Fault.SWALLOW);
            });
            bridges.removeIf(Bridge::isOver);
            bridges.add(made);
            present = made;
            letThroughNanos = armed ? 0 : now;
        } catch (IOException broken) {
            if (client != null) {
                Bridge.close(client);
            }
        }
    }

    /** Begins with the faults. */
    void storm() {
        calm = false;
        next();
    }

    private void next() {
        FaultPlan.Step step = plan.next();
        timers.at(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(step.afterMillis()), () -> strike(step));
    }

    /** Resets all connections; see {@link Proxy#cut}. */
    void cut(boolean swallows) {
        bridges.removeIf(Bridge::isOver);
        bridges.forEach(swallows ? Bridge::swallow : Bridge::reset);
    }

    private void strike(FaultPlan.Step step) {
        if (calm) {
            return;
        }
        Bridge bridge = present;
        if (bridge != null && bridge.isForwarding()) {
            strike(step, bridge);
        }
        next();
    }

    private void strike(FaultPlan.Step step, Bridge bridge) {
        switch (step.fault()) {
            case CUT -> bridge.end();
            case RESET -> bridge.reset();
            case STALL -> bridge.stall(step.millis());
            case HALF_OPEN -> bridge.halve(step.clientSide());
            case DELAY -> bridge.delay(step.millis());
            case SWALLOW -> {
                armed = true;
                bridge.reset();
            }
        }
        if (step.fault() != Fault.SWALLOW) {
            count(step.fault());
        }
        if (step.fault() != Fault.DELAY) {
            letThroughNanos = 0;
        }
        if (step.fault().breaks()) {
            downUntil = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(step.downMillis());
        }
    }

    private void count(Fault fault) {
        done.merge(fault, 1, Integer::sum);
    }

    /** Ends all faults. */
    void calm() {
        calm = true;
        armed = false;
        downUntil = Long.MIN_VALUE;
        bridges.forEach(Bridge::calm);
    }

    void close() {
        bridges.forEach(Bridge::end);
        try {
            listening.close();
        } catch (IOException broken) {
            // it is closed all the same
        }
    }
}
