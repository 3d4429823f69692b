package io.parley.apps.server;

import io.parley.apps.server.accounts.ServerAccounts;
import io.parley.apps.server.files.FileErrors;
import io.parley.apps.server.monitoring.FlightEvents;
import io.parley.apps.server.operator.OperatorConsole;
import io.parley.journal.Journal;
import io.parley.server.ChatServer;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Shuts a server down once. Any thread may call it. */
final class Shutdown {
    private static final Duration DRAIN = Duration.ofSeconds(3);

    private final ChatServer server;
    private final Journal journal;
    private final OperatorConsole console;
    private final ServerAccounts accounts;
    private final ShutdownMessages messages; // the thread that runs the shutdown
    private volatile @Nullable AdminEndpoints endpoints; // written once, by the thread that starts the server
    private final AtomicBoolean begun = new AtomicBoolean();
    private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>(); // or failed

    Shutdown(
            ChatServer server,
            Journal journal,
            OperatorConsole console,
            ServerAccounts accounts,
            ShutdownMessages messages) {
        this.server = server;
        this.journal = journal;
        this.console = console;
        this.accounts = accounts;
        this.messages = messages;
    }

    /** Adds the endpoints for operators to what is closed. */
    void closeAlso(AdminEndpoints opened) {
        endpoints = opened;
    }

    boolean hasBegun() {
        return begun.get();
    }

    /** Closes all that is open, without a drain: the start has failed. */
    void abort() {
        begun.set(true);
        server.close();
        closeRest();
    }

    /** Shuts down, or waits for the thread that does. Idempotent. */
    void run() {
        if (begun.getAndSet(true)) {
            awaitOther();
            return;
        }
        try {
            drain();
            ended.complete(null);
        } catch (RuntimeException | Error broken) {
            ended.completeExceptionally(broken); // else others would wait for ever
            throw broken;
        }
    }

    /** Begins to shut down on a thread of its own, so that the command that asked for it is answered. */
    void begin() {
        if (!begun.get()) {
            new Thread(this::run, "parley-drain").start();
        }
    }

    private void drain() {
        int connections = server.connections();
        FlightEvents.Drain event = FlightEvents.drain(connections);
        CompletableFuture<@Nullable Void> drained = server.shutdown(DRAIN); // before the message, which may block
        messages.log("draining: " + connections + (connections == 1 ? " connection has " : " connections have ")
                + DRAIN.toSeconds() + " seconds to end");
        String result = await(drained);
        event.commit();
        console.close(); // before the last line, so that no prompt comes after it
        if (result != null) {
            messages.log(result);
        }
        closeRest();
    }

    /** Waits for the drain; returns what to tell the operator, or null if the thread was interrupted. */
    private @Nullable String await(CompletableFuture<@Nullable Void> drained) {
        try {
            drained.get(DRAIN.toMillis() + 3_000, TimeUnit.MILLISECONDS); // sessions may be stored at the end
            return "ended";
        } catch (TimeoutException | ExecutionException late) {
            return server.connections() > 0
                    ? "ended, with connections that would not close"
                    : "ended, with events that are not logged yet";
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    private void closeRest() {
        AdminEndpoints open = endpoints;
        try {
            if (open != null) {
                open.close();
            }
        } catch (IOException error) {
            messages.log("the admin socket cannot be removed: " + FileErrors.describe(error));
        }
        accounts.close();
        journal.close();
    }

    private void awaitOther() {
        try {
            ended.get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException broken) {
            // The thread that runs the shutdown reports it.
        }
    }

    /**
     * Waits until the shutdown is complete.
     *
     * @throws ExecutionException if it failed, on whichever thread; its cause is the failure
     */
    void awaitEnded() throws InterruptedException, ExecutionException {
        ended.get();
    }
}
