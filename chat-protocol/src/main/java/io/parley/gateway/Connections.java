package io.parley.gateway;

import io.parley.log.Faults;
import io.parley.model.ErrorCode;
import io.parley.room.Hub;
import io.parley.room.User;
import io.parley.transport.Acceptor;
import io.parley.transport.ConnectionHandler;
import io.parley.transport.Scheduler;
import io.parley.transport.SerialExecutor;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * All connections of a server, of all its gateways: it accepts them within bounds, looks at the clock for them, and ends
 * them. Any thread.
 */
public final class Connections {
    private static final Duration TICK = Duration.ofMillis(250);
    private static final int MOST_TURNS = 4; // in one round of looking at all: each is looked at once a second

    private final Context context;
    private final Home home = new Home();
    private final Attachments attachments = new Attachments();
    private final AtomicInteger count = new AtomicInteger(); // with those that are not open yet
    private final Map<Object, Integer> perAddress = new ConcurrentHashMap<>();
    private volatile GatewayOptions options; // changed by reconfigure
    private volatile String greeting; // changed by reconfigure
    private volatile @Nullable Runnable whenDrained; // set when nothing is accepted any more
    private volatile boolean stopped;

    /**
     * Makes a server's connections, of which there are none yet.
     *
     * @param hub users and rooms
     * @param scheduler time and threads
     * @param listener told of what happens; it must not block
     * @param options the bounds
     * @param greeting a word to every client that logs in
     */
    public Connections(
            Hub hub, Scheduler scheduler, ConnectionListener listener, GatewayOptions options, String greeting) {
        this.options = options;
        this.greeting = greeting;
        this.context = new Context(
                hub,
                scheduler,
                new ConnectionClock(scheduler),
                listener,
                new SerialExecutor(scheduler.executor()),
                () -> this.greeting,
                new LongAdder(),
                new LongAdder());
    }

    /**
     * Accepts connections for a gateway.
     *
     * @param gateway the protocol they speak
     * @return what a transport is to call
     */
    public Acceptor acceptor(Gateway gateway) {
        return remote -> accept(gateway, remote);
    }

    private @Nullable ConnectionHandler accept(Gateway gateway, SocketAddress remote) {
        Object source = source(remote);
        int fromThere = perAddress.merge(source, 1, Integer::sum);
        int all = count.incrementAndGet();
        if (whenDrained != null || all > options.maxConnections() || fromThere > options.maxConnectionsPerAddress()) {
            release(source);
            context.listener().onRefused(remote, ErrorCode.OVERLOADED, "too many connections");
            return null;
        }
        try {
            return new Attachment(context, home, gateway, gateway.options(options), remote);
        } catch (Throwable broken) { // the gateway's own fault, which must not cost a place
            release(source);
            Faults.report(broken);
            return null;
        }
    }

    private void release(Object source) {
        count.decrementAndGet();
        perAddress.computeIfPresent(source, (address, times) -> times == 1 ? null : times - 1);
    }

    /** What counts as one address: of TCP the host, of anything else the whole. */
    private static Object source(SocketAddress remote) {
        return remote instanceof InetSocketAddress inet && inet.getAddress() != null ? inet.getAddress() : remote;
    }

    /** Where connections come from and go to. */
    private final class Home implements Attachment.Home {
        @Override
        public void opened(Attachment attachment) {
            attachments.add(attachment);
            context.listener().onConnect(attachment.address());
            if (whenDrained != null) {
                attachment.abort();
            }
        }

        @Override
        public void closed(Attachment attachment, String why) {
            release(source(attachment.address()));
            if (attachments.remove(attachment)) { // else the connection was lost before it was open
                context.listener().onDisconnect(attachment.address(), attachment.user(), why);
            }
            checkDrained();
        }
    }

    // ---- figures and users

    /**
     * How many connections there are, those not logged in included.
     *
     * @return the number of open connections
     */
    public int size() {
        return attachments.size();
    }

    /**
     * How much has come.
     *
     * @return bytes since the server began
     */
    public long bytesIn() {
        return context.bytesIn().sum();
    }

    /**
     * How much has gone.
     *
     * @return bytes since the server began
     */
    public long bytesOut() {
        return context.bytesOut().sum();
    }

    /**
     * Ends every connection of a user.
     *
     * @param user the user
     * @param reason why, for the user
     * @return whether there was any
     */
    public boolean remove(User user, String reason) {
        List<Attachment> theirs = of(user);
        theirs.forEach(attachment -> attachment.remove(reason));
        return !theirs.isEmpty();
    }

    /**
     * Where a user's connections come from.
     *
     * @param user the user
     * @return an address for each connection
     */
    public List<SocketAddress> addressesOf(User user) {
        return of(user).stream().map(Attachment::address).toList();
    }

    private List<Attachment> of(User user) {
        return attachments.all().stream()
                .filter(attachment -> attachment.user() == user)
                .toList();
    }

    /**
     * Gives connections that come from now on other bounds and another greeting.
     *
     * @param newOptions the bounds
     * @param newGreeting a word to every client that logs in
     */
    public void reconfigure(GatewayOptions newOptions, String newGreeting) {
        options = newOptions;
        greeting = newGreeting;
    }

    // ---- time

    /** Begins to look at the clock. To be called once. */
    public void start() {
        scheduleTick();
    }

    private void tick() {
        if (stopped) {
            return;
        }
        try {
            Faults.safely(context.clock()::tick);
            Faults.safely(context.hub()::tick);
            long now = context.clock().nanoTime();
            attachments.turn(turns()).forEach(attachment -> Faults.safely(() -> attachment.tick(now)));
        } finally {
            scheduleTick(); // whatever happened: all timeouts hang on it
        }
    }

    private void scheduleTick() {
        context.clock().awaitTick(TICK);
        context.scheduler().schedule(TICK, this::tick);
    }

    /** In how many ticks everybody is looked at: as many as leave each timeout as exact as it is long. */
    private int turns() {
        return (int)
                Math.max(1, Math.min(MOST_TURNS, options.shortest().dividedBy(4).dividedBy(TICK)));
    }

    // ---- the end

    /**
     * Accepts nothing more, tells everybody, and cuts what is left at the deadline. To be called once.
     *
     * @param drain how long clients have
     * @param text why
     * @param whenDone called when no connection is left; maybe more than once
     */
    public void drain(Duration drain, String text, Runnable whenDone) {
        whenDrained = whenDone;
        context.scheduler().schedule(drain, this::abortAll);
        attachments.all().forEach(attachment -> Faults.safely(() -> attachment.goAway(drain, text)));
        checkDrained();
    }

    /** Cuts every connection. */
    public void abortAll() {
        attachments.all().forEach(attachment -> Faults.safely(attachment::abort));
    }

    private void checkDrained() {
        Runnable done = whenDrained;
        if (done != null && attachments.size() == 0) {
            done.run();
        }
    }

    /** Looks at the clock no more: the server is over. */
    public void stop() {
        stopped = true;
    }
}
