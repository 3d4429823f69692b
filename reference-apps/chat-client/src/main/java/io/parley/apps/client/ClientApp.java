package io.parley.apps.client;

import io.parley.client.ChatClient;
import io.parley.client.ChatException;
import io.parley.wire.ErrorCode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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
    private final InputStream in;
    private final Printer printer;
    private final CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
    private final Executor callbacks = oneThread();
    private final Screen screen;
    private volatile @Nullable ChatClient connected; // set by the thread that runs this
    private volatile boolean left; // set once, from outside

    ClientApp(ClientSettings settings, InputStream in, Printer printer) {
        this.settings = settings;
        this.in = in;
        this.printer = printer;
        this.screen = new Screen(printer, settings.mode());
    }

    private static Executor oneThread() {
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
            printer.complaint(
                    "there is no host called " + settings.destination().host());
            return ExitCode.UNREACHABLE;
        } catch (ChatException why) {
            printer.complaint(atLogin(why));
            return ExitCode.atLogin(why);
        }
        connected = client;
        try {
            return talk(client);
        } finally {
            connected.close();
        }
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
                .listener(screen)
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
        printer.line(
                "*** you are " + client.name() + " at " + settings.destination().place());
        client.greeting().lines().forEach(line -> printer.line("*** " + line));
        Commands commands = new Commands(settings, printer, screen, callbacks, client);
        try {
            commands.join(settings.room());
        } catch (ChatException why) {
            printer.complaint("cannot enter " + settings.room() + ": " + why.getMessage());
            return ExitCode.afterLogin(why);
        }
        daemon("chat-input", () -> read(commands)).start();
        ChatClient current = client;
        ChatException end = null;
        while (current != null) {
            CompletableFuture.anyOf(done, current.closed()).join();
            // An attempt that failed has an end, too: only that of this connection counts.
            end = current.closed().isDone() ? screen.end() : null;
            current = end == null ? null : again(current, end, commands);
        }
        return outcome(commands.outgoing(), end);
    }

    /** Comes back after a loss; null if that is not wanted, cannot be, or the input has ended meanwhile. */
    private @Nullable ChatClient again(ChatClient lost, ChatException end, Commands commands) {
        boolean wanted = settings.reconnect() && !left && !done.isDone();
        if (!wanted || ExitCode.afterLogin(end) != ExitCode.LOST) {
            return null;
        }
        commands.pause();
        ChatClient back = new Return(printer, done, () -> connect(name(lost))).after(end, screen.takePause());
        if (back == null) {
            return null;
        }
        connected = back;
        printer.line("*** you are back, as " + back.name());
        commands.goOn(back);
        return back;
    }

    /** An account comes back as itself, a guest under the name that it has taken. */
    private String name(ChatClient lost) {
        return settings.password() == null ? lost.name() : settings.nick();
    }

    private void read(Commands commands) {
        BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        try {
            boolean going = true;
            for (String line = lines.readLine(); going && line != null; line = going ? lines.readLine() : null) {
                going = commands.run(Input.parse(line));
            }
        } catch (IOException broken) {
            printer.complaint("the input broke off: " + broken.getMessage());
        }
        commands.outgoing().await();
        done.complete(null);
    }

    private int outcome(Outgoing outgoing, @Nullable ChatException end) {
        if (end != null && !left) {
            printer.complaint("the connection is over: " + end.getMessage());
            return ExitCode.afterLogin(end);
        }
        return settings.mode() == ClientSettings.Mode.PIPE ? outgoing.exitCode() : ExitCode.OK;
    }

    /** Says goodbye from outside, within a second: for the end of the whole program. */
    void leave() {
        left = true;
        ChatClient client = connected;
        if (client == null) {
            return;
        }
        try {
            client.closeAsync().get(GOODBYE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException late) {
            printer.complaint("the server did not take the goodbye");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
