package io.parley.apps.client;

import io.parley.client.ChatClient;
import io.parley.client.ChatException;
import io.parley.model.ErrorCode;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The chat client as a program: lines in, lines out. One thread runs it; any may call {@link #leave}.
 *
 * <p>Its threads: the one that runs it waits for the end; one reads the input, and stays behind in the read when the
 * connection is lost for good; one makes all callbacks and so prints. The latter two are daemons.
 */
final class ClientApp {
    private static final Duration GOODBYE = Duration.ofSeconds(1);

    private final ClientSettings settings;
    private final Face face;
    private final Lines lines;
    private final Executor callbacks;
    private final ServerFollower server;
    private final CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
    private volatile @Nullable ChatClient connected; // set by the thread that runs this
    private volatile boolean left; // set once, from outside
    private @Nullable String noWayBack; // why not; the thread that runs this

    /**
     * Makes one.
     *
     * @param callbacks one thread at a time, in order; the face's alone
     */
    ClientApp(ClientSettings settings, Face face, Lines lines, Executor callbacks) {
        this.settings = settings;
        this.face = face;
        this.lines = lines;
        this.callbacks = callbacks;
        this.server = new ServerFollower(face);
        lines.abandoned().thenRun(() -> done.complete(null));
    }

    /** A thread for callbacks, there while it is needed. */
    static Executor callbackThread() {
        ThreadPoolExecutor executor = new ThreadPoolExecutor(
                1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> daemon("chat-callbacks", task));
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    private static Thread daemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Runs until the input or the connection ends; returns one of {@link ExitCode}. */
    int run() {
        ChatClient client;
        try {
            client = connect(settings.nick());
        } catch (UnknownHostException unknown) {
            return over("there is no host called " + settings.destination().host(), ExitCode.UNREACHABLE);
        } catch (ChatException why) {
            return over(atLogin(why), ExitCode.atLogin(why));
        }
        connected = client;
        server.connected(client);
        try {
            return talk(client);
        } finally {
            connected.close();
            showAll();
            face.close();
        }
    }

    private void show(Consumer<Face> what) {
        callbacks.execute(() -> what.accept(face));
    }

    /** Waits until all that was to be shown is. */
    private void showAll() {
        CompletableFuture.runAsync(() -> {}, callbacks).join();
    }

    /** Says the last word; returns the exit code. */
    private int over(String why, int exitCode) {
        show(to -> to.over(why, exitCode));
        showAll();
        return exitCode;
    }

    /** Tries one address of the host after another. */
    private ChatClient connect(String name) throws UnknownHostException {
        List<SocketAddress> addresses = settings.destination().addresses();
        int last = addresses.size() - 1;
        for (int i = 0; i < last; i++) {
            try {
                return connect(name, addresses.get(i));
            } catch (ChatException why) {
                if (why.code() != ChatException.NOT_CONNECTED) {
                    throw why;
                }
            }
        }
        return connect(name, addresses.get(last));
    }

    private ChatClient connect(String name, SocketAddress address) {
        ChatClient.Builder builder = ChatClient.builder();
        if (settings.password() != null) {
            builder.password(settings.password());
        }
        return builder.name(name)
                .program("parley-chat-client")
                .listener(server)
                .executor(callbacks)
                .connect(settings.transport(), address);
    }

    private String atLogin(ChatException why) {
        String reason = String.valueOf(why.getMessage());
        String place = settings.destination().place();
        if (why.code() == ErrorCode.NAME_TAKEN) {
            return reason + "; come as another: NAME@" + place;
        }
        return ExitCode.atLogin(why) == ExitCode.REFUSED
                ? place + " does not let " + settings.nick() + " in: " + reason
                : TlsTrouble.words(why, place, settings.tls() != null);
    }

    private int talk(ChatClient client) {
        show(to -> to.connected(client, settings.destination().place(), false));
        Commands commands = new Commands(settings, face, server, callbacks, client);
        try {
            commands.join(settings.room());
        } catch (ChatException why) {
            return over("cannot enter " + settings.room() + ": " + why.getMessage(), ExitCode.afterLogin(why));
        }
        daemon("chat-input", () -> read(commands)).start();
        ChatClient current = client;
        ChatException end = null;
        while (current != null) {
            CompletableFuture.anyOf(done, current.closed()).join();
            // An attempt that failed has an end, too: only that of this connection counts.
            end = current.closed().isDone() ? server.end() : null;
            current = end == null ? null : again(current, end, commands);
        }
        commands.outgoing().giveUp();
        return outcome(commands.outgoing(), end);
    }

    /** Comes back after a loss; null if that is not wanted, cannot be, or the input has ended meanwhile. */
    private @Nullable ChatClient again(ChatClient lost, ChatException end, Commands commands) {
        boolean wanted = settings.reconnect() && !left && !done.isDone();
        if (!wanted || ExitCode.afterLogin(end) != ExitCode.LOST) {
            return null;
        }
        commands.pause();
        ChatClient back;
        try {
            back = new Return(face, callbacks, done, () -> connect(name(lost))).after(end, server.takePause());
        } catch (ChatException refused) {
            noWayBack = "there is no way back: " + refused.getMessage();
            return null;
        }
        if (back == null) {
            return null;
        }
        connected = back;
        server.connected(back);
        show(to -> to.connected(back, settings.destination().place(), true));
        commands.goOn(back);
        return back;
    }

    /** An account comes back as itself, a guest under the name that it has taken. */
    private String name(ChatClient lost) {
        return settings.password() == null ? lost.name() : settings.nick();
    }

    private void read(Commands commands) {
        try {
            Lines.Typed typed = lines.next();
            while (typed != null && commands.run(typed)) {
                typed = lines.next();
            }
            if (typed == null) {
                commands.finish();
            }
        } catch (IOException broken) {
            show(to -> to.trouble("the input broke off: " + broken.getMessage()));
        }
        commands.outgoing().await();
        done.complete(null);
    }

    private int outcome(Outgoing outgoing, @Nullable ChatException end) {
        if (end != null && !left) {
            String last = noWayBack == null ? "the connection is over: " + end.getMessage() : noWayBack;
            return over(last, ExitCode.afterLogin(end));
        }
        return settings.mode() == ClientSettings.Mode.PIPE ? outgoing.exitCode() : ExitCode.OK;
    }

    /** Says goodbye from outside, within a second: for the end of the whole program. */
    void leave() {
        left = true;
        face.close();
        ChatClient client = connected;
        if (client == null) {
            return;
        }
        try {
            client.closeAsync().get(GOODBYE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException late) {
            show(to -> to.trouble("the server did not take the goodbye"));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
