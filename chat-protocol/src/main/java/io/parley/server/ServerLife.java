package io.parley.server;

import io.parley.gateway.Connections;
import io.parley.gateway.Gateway;
import io.parley.model.RoomException;
import io.parley.room.Hub;
import io.parley.transport.Listening;
import io.parley.transport.Scheduler;
import io.parley.transport.Transport;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** How a server starts and ends. Any thread. */
final class ServerLife {
    private static final Duration DEFAULT_DRAIN = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(1); // with what belongs to others
    private static final String GOING_DOWN = "the server is going down";
    private static final Duration OPENING = Duration.ofSeconds(30);
    private static final Duration RESTORING = Duration.ofMinutes(10); // there may be very many

    /**
     * Where to listen.
     *
     * @param gateway the protocol spoken there
     * @param transport how
     * @param address where
     */
    record Listener(Gateway gateway, Transport transport, SocketAddress address) {}

    private final Hub hub;
    private final Scheduler scheduler;
    private final Listeners listeners;
    private final Connections connections;
    private final Bots bots;
    private final List<Listening> listenings = new ArrayList<>(); // filled before start returns
    private final AtomicBoolean closing = new AtomicBoolean();
    private final CompletableFuture<@Nullable Void> closed = new CompletableFuture<>();
    private volatile boolean late; // what others have not done by now is not waited for

    ServerLife(Hub hub, Scheduler scheduler, Listeners listeners, Connections connections, Bots bots) {
        this.hub = hub;
        this.scheduler = scheduler;
        this.listeners = listeners;
        this.connections = connections;
        this.bots = bots;
    }

    List<SocketAddress> addresses() {
        return listenings.stream().map(Listening::address).toList();
    }

    // ---- the start

    /** Opens rooms, then listeners; if one of them fails, nothing stays open. */
    void start(List<String> rooms, List<Listener> places) throws IOException {
        try {
            await(hub.restore(), RESTORING, "the sessions of before");
            for (String room : rooms) {
                open(room);
            }
            for (Listener one : places) {
                listenings.add(one.transport().listen(one.address(), connections.acceptor(one.gateway())));
            }
        } catch (IOException | RuntimeException no) {
            shutdown(Duration.ZERO);
            throw no;
        }
        connections.start();
    }

    private void open(String room) throws IOException {
        try {
            hub.names().room(room);
        } catch (RoomException no) {
            throw new IllegalArgumentException("a room cannot be called " + room + ": " + no.text(), no);
        }
        await(hub.room(room), OPENING, "the room " + room);
    }

    private void await(CompletableFuture<?> opening, Duration atMost, String what) throws IOException {
        try {
            if (!scheduler.await(opening, atMost)) {
                throw new IOException(what + " was not opened in time");
            }
            opening.join();
        } catch (CompletionException failed) {
            throw new IOException(what + " cannot be opened: " + failed.getCause(), failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while this was opened: " + what);
        }
    }

    // ---- the end

    CompletableFuture<@Nullable Void> shutdown(Duration drain) {
        if (closing.compareAndSet(false, true)) {
            listenings.forEach(Listening::close);
            bots.drain(GOING_DOWN);
            connections.drain(drain, GOING_DOWN, this::drained);
            scheduler.schedule(drain.plus(PATIENCE), this::endLate);
        }
        return closed;
    }

    private void endLate() {
        late = true;
        if (connections.size() == 0) {
            drained();
        }
    }

    /** No connection is left, and none will come. */
    private void drained() {
        bots.end(GOING_DOWN);
        if (late) {
            end();
        } else {
            hub.settled().whenComplete((all, never) -> listeners.last(this::end));
        }
    }

    private void end() {
        connections.stop();
        bots.abandon();
        CompletableFuture<@Nullable Void> stored = hub.flush();
        if (stored.isDone()) {
            closed.complete(null);
        } else {
            stored.whenComplete((none, never) -> closed.complete(null));
            scheduler.schedule(PATIENCE, () -> closed.complete(null));
        }
    }

    /** Ends in order and waits for it, unless that would be waiting for itself. */
    void close() {
        shutdown(DEFAULT_DRAIN);
        if (listeners.isCurrent()) {
            return;
        }
        try {
            awaitClosed(DEFAULT_DRAIN.multipliedBy(2));
        } catch (InterruptedException interrupted) {
            connections.abortAll();
            Thread.currentThread().interrupt();
        }
    }

    void awaitClosed() throws InterruptedException {
        awaitClosed(Duration.ofDays(36_500));
    }

    private void awaitClosed(Duration timeout) throws InterruptedException {
        scheduler.await(closed, timeout);
    }
}
