package io.parley.apps.client;

import io.parley.apps.client.screen.ScreenApp;
import io.parley.client.ChatClient;
import io.parley.client.ChatException;
import io.parley.client.ClientListener;
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
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;

/**
 * The chat client as a program: lines in, lines out. One thread runs it; any may call {@link #leave}.
 *
 * <p>Its threads: the one that runs it waits for the end; one reads the input, and stays behind in the read when the
 * connection is lost; one makes all callbacks and so prints. The latter two are daemons.
 */
final class ClientApp {
    private static final Duration GOODBYE = Duration.ofSeconds(1);

    private final ClientSettings settings;
    private final InputStream in;
    private final Printer printer;
    private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();
    private final Executor callbacks = oneThread();
    private final Screen screen;
    private volatile @Nullable ChatClient connected; // set once, by the thread that runs this
    private volatile boolean left; // set once, from outside

    ClientApp(ClientSettings settings, InputStream in, Printer printer) {
        this.settings = settings;
        this.in = in;
        this.printer = printer;
        this.screen = new Screen(printer, settings.mode(), () -> ended.complete(null));
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
        if (settings.mode() == ClientSettings.Mode.SCREEN) {
            try (Terminal terminal =
                    TerminalBuilder.builder().system(true).dumb(true).build()) {
                if (ScreenApp.isFor(terminal)) {
                    return draw(terminal);
                }
            } catch (IOException none) {
                printer.complaint("no screen can be drawn here: " + none.getMessage());
            }
        }
        return lines();
    }

    private int draw(Terminal terminal) {
        Exception why = ScreenApp.run(terminal, this::connect, settings.nick(), settings.room(), settings.backlog());
        if (why == null) {
            return ExitCode.OK;
        }
        if (why instanceof ChatException refused) {
            printer.complaint(atLogin(refused));
            return ExitCode.atLogin(refused);
        }
        printer.complaint("there is no host called " + settings.destination().host());
        return ExitCode.UNREACHABLE;
    }

    private int lines() {
        ChatClient client;
        try {
            client = connect(screen, callbacks);
        } catch (UnknownHostException unknown) {
            printer.complaint(
                    "there is no host called " + settings.destination().host());
            return ExitCode.UNREACHABLE;
        } catch (ChatException why) {
            printer.complaint(atLogin(why));
            return ExitCode.atLogin(why);
        }
        connected = client;
        try (client) {
            return talk(client);
        }
    }

    /** Tries one address of the host after another. */
    private ChatClient connect(ClientListener listener, Executor executor) throws UnknownHostException {
        List<SocketAddress> addresses = settings.destination().addresses();
        int last = addresses.size() - 1;
        for (int i = 0; i < last; i++) {
            try {
                return connect(addresses.get(i), listener, executor);
            } catch (ChatException why) {
                if (why.code() != ChatException.NOT_CONNECTED) {
                    throw why;
                }
            }
        }
        return connect(addresses.get(last), listener, executor);
    }

    private ChatClient connect(SocketAddress address, ClientListener listener, Executor executor) {
        ChatClient.Builder builder = ChatClient.builder();
        if (settings.password() != null) {
            builder.password(settings.password());
        }
        return builder.name(settings.nick())
                .program("parley-chat-client")
                .listener(listener)
                .executor(executor)
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
        if (!client.greeting().isEmpty()) {
            printer.line("*** " + client.greeting());
        }
        Commands commands = new Commands(settings, printer, screen, callbacks, client);
        try {
            commands.join(settings.room());
        } catch (ChatException why) {
            printer.complaint("cannot enter " + settings.room() + ": " + why.getMessage());
            return ExitCode.afterLogin(why);
        }
        daemon("chat-input", () -> read(commands)).start();
        ended.join();
        return outcome(commands.outgoing());
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
        ended.complete(null);
    }

    private int outcome(Outgoing outgoing) {
        ChatException end = screen.end();
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
