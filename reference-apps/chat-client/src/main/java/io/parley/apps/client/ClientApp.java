package io.parley.apps.client;

import io.parley.apps.client.command.Commands;
import io.parley.apps.client.command.Results;
import io.parley.apps.client.connection.ConnectErrors;
import io.parley.apps.client.connection.Connector;
import io.parley.apps.client.connection.ExitCode;
import io.parley.apps.client.follow.ServerFollower;
import io.parley.apps.client.input.LineSource;
import io.parley.apps.client.options.ClientSettings;
import io.parley.apps.client.view.View;
import io.parley.apps.client.view.ViewQueue;
import io.parley.client.ChatClient;
import io.parley.client.ChatException;
import io.parley.model.ErrorCode;
import io.parley.model.UserKind;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The chat client as a program: lines in, lines out. One thread runs it; any may call {@link #leave}.
 *
 * <p>Its threads: one runs it and waits for the end. One reads the input; when the program ends it may still be in a
 * read. One makes all callbacks and calls the view. The last two are daemons.
 */
final class ClientApp {
    private static final Duration BRIEFLY = Duration.ofSeconds(1);

    private final ClientSettings settings;
    private final View view;
    private final ViewQueue viewQueue;
    private final LineSource lines;
    private final Executor callbacks;
    private final ServerFollower server;
    private final CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
    private final CompletableFuture<@Nullable Void> inputOver = new CompletableFuture<>();
    private volatile @Nullable ChatClient connected; // set by the thread that runs this
    private volatile boolean left; // set once, by leave

    /**
     * Makes a client.
     *
     * @param callbacks one thread at a time, in order; it also calls the view
     */
    ClientApp(ClientSettings settings, View view, LineSource lines, Executor callbacks, Clock clock) {
        this.settings = settings;
        this.view = view;
        this.viewQueue = new ViewQueue(view, callbacks);
        this.lines = lines;
        this.callbacks = callbacks;
        this.server = new ServerFollower(view, settings.destination().address(), clock);
        lines.abandoned().thenRun(() -> done.complete(null));
    }

    /** Runs until the input or the client ends; returns one of {@link ExitCode}. */
    int run() {
        ChatClient client;
        try {
            client = Results.await(Connector.connect(settings, server, callbacks, server::connected));
        } catch (ChatException why) {
            return end(loginError(why), ExitCode.atLogin(why));
        }
        connected = client;
        try {
            return talk(client);
        } finally {
            client.close();
            viewQueue.await();
            view.close();
        }
    }

    /** Shows the last message; returns the exit code. */
    private int end(String why, int exitCode) {
        viewQueue.show(to -> to.ended(why, exitCode));
        viewQueue.await();
        return exitCode;
    }

    private String loginError(ChatException why) {
        String reason = String.valueOf(why.getMessage());
        String address = settings.destination().address();
        if (why.code() == ErrorCode.NAME_TAKEN) {
            return reason + "; come as another: NAME@" + address;
        }
        return ExitCode.atLogin(why) == ExitCode.REFUSED
                ? address + " does not let " + settings.nick() + " in: " + reason
                : ConnectErrors.describe(why, address, settings.tls() != null);
    }

    private int talk(ChatClient client) {
        Commands commands = new Commands(settings, viewQueue, server, callbacks, client);
        try {
            commands.join(settings.room());
            if (settings.mode() == ClientSettings.Mode.SCREEN && client.user().kind() == UserKind.ACCOUNT) {
                commands.comeBack(settings.room());
            }
        } catch (ChatException why) {
            return end("cannot enter " + settings.room() + ": " + why.getMessage(), ExitCode.afterLogin(why));
        }
        ClientThreads.daemon("chat-input", () -> read(commands)).start();
        CompletableFuture.anyOf(done, client.closed()).join();
        ChatException lost = server.lost();
        boolean ended = client.closed().isDone();
        client.close(); // what is not said yet is told now, before the end
        if (lines.end()) {
            waitBriefly(inputOver); // what was typed behind it is told, too
        }
        if (lost != null && !left) {
            return end(
                    "the connection is over: " + lost.getMessage(), ended ? ExitCode.afterLogin(lost) : ExitCode.LOST);
        }
        return settings.mode() == ClientSettings.Mode.PIPE ? commands.outgoing().exitCode() : ExitCode.OK;
    }

    private void read(Commands commands) {
        try {
            LineSource.Typed typed = lines.next();
            while (typed != null && commands.run(typed)) {
                typed = lines.next();
            }
            if (typed == null) {
                commands.outgoing().await();
            }
        } catch (IOException broken) {
            viewQueue.show(to -> to.error("the input broke off: " + broken.getMessage()));
            commands.outgoing().await();
        }
        done.complete(null);
        inputOver.complete(null);
    }

    /** Waits for a second at most; returns whether it is done. */
    private static boolean waitBriefly(CompletableFuture<?> future) {
        try {
            future.get(BRIEFLY.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException late) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return true;
    }

    /** Leaves the server within two seconds, because the program ends. */
    void leave() {
        left = true;
        view.close();
        ChatClient client = connected;
        if (client == null) {
            return;
        }
        if (!waitBriefly(client.closeAsync())) {
            viewQueue.show(to -> to.error("the server did not take the goodbye"));
        }
        waitBriefly(CompletableFuture.runAsync(() -> {}, callbacks)); // what was not said is told
    }
}
