package io.parley.apps.server;

import io.parley.room.MemoryJournal;
import io.parley.server.ChatServer;
import io.parley.server.ServerOptions;
import io.parley.transport.Transport;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The chat server as a program: a {@link ChatServer} with a log and a console. Any thread may call it. */
public final class ServerApp implements AutoCloseable {
    private static final Duration DRAIN = Duration.ofSeconds(3);
    private static final Duration LOG_PATIENCE = Duration.ofMillis(500);
    private static final long KEEP_BYTES = 256L << 20;
    private static final int KEEP_ROOMS = 10_000;

    private final ChatServer server;
    private final EventLog log;
    private final Printer printer;
    private final Console console;
    private final @Nullable Certificate certificate;
    private final Door door;
    private final @Nullable Path accounts;
    private volatile @Nullable Metrics metrics; // written once, by the thread that starts this
    private volatile boolean draining;
    private volatile @Nullable AdminSocket admin; // written once, by the thread that starts this
    private final AtomicBoolean drainAsked = new AtomicBoolean();
    private final CountDownLatch ended = new CountDownLatch(1);

    private ServerApp(
            ChatServer server,
            EventLog log,
            Printer printer,
            Console console,
            @Nullable Certificate certificate,
            Door door,
            @Nullable Path accounts) {
        this.door = door;
        this.accounts = accounts;
        this.server = server;
        this.log = log;
        this.printer = printer;
        this.console = console;
        this.certificate = certificate;
    }

    /**
     * Starts a server. Any thread may call it.
     *
     * @param settings how
     * @param console what the operator types; its end changes nothing
     * @param out where addresses and the log are printed
     * @return the running server
     * @throws IOException if it cannot listen where it is told to; nothing stays open then
     */
    public static ServerApp start(ServerSettings settings, InputStream console, PrintStream out) throws IOException {
        return start(settings, Console.of(console), out);
    }

    static ServerApp start(ServerSettings settings, Console console, PrintStream out) throws IOException {
        Printer printer = new Printer(out);
        EventLog log = new EventLog(printer, settings.logged(), Clock.system(ZoneId.systemDefault()));
        ChatServer.Builder builder = ChatServer.builder()
                .options(options(settings.maxConnections()))
                .journal(new MemoryJournal(settings.history(), KEEP_BYTES, KEEP_ROOMS))
                .operatorName(settings.operator())
                .greeting(settings.greeting())
                .room(settings.room())
                .listener(log);
        Certificate certificate = settings.tls() == null ? null : Certificate.load(settings.tls());
        Transport transport = settings.via().transport();
        builder.listen(
                certificate == null ? transport : settings.via().transport(certificate.options()), address(settings));
        if (settings.unix() != null) {
            builder.listen(transport, UnixDomainSocketAddress.of(settings.unix()));
        }
        Path accounts = settings.people().accounts();
        Door door = new Door(
                accounts == null ? Accounts.none() : Accounts.read(accounts),
                settings.people().guests(),
                System::nanoTime);
        builder.policy(door);
        ServerApp app = new ServerApp(builder.start(), log, printer, console, certificate, door, accounts);
        app.introduce(settings);
        Operator operator = new Operator(app.server, app::reload, app::drain);
        if (settings.admin() != null) {
            app.open(settings.admin(), operator);
        }
        if (settings.metrics() != null) {
            app.open(settings.metrics());
        }
        console.open(operator, printer);
        return app;
    }

    private void open(Path path, Operator operator) throws IOException {
        try {
            admin = AdminSocket.open(path, operator);
        } catch (IOException no) {
            close();
            throw new IOException("the admin socket " + path + " cannot be opened: " + no.getMessage(), no);
        }
    }

    private void open(InetSocketAddress address) throws IOException {
        try {
            Metrics opened = Metrics.open(address, server, () -> !draining);
            metrics = opened;
            printer.line("figures at http:/" + opened.address() + "/metrics");
        } catch (IOException no) {
            close();
            throw new IOException("figures cannot be served at " + address + ": " + no.getMessage(), no);
        }
    }

    /** Where figures are served, if they are. */
    @Nullable
    InetSocketAddress metricsAddress() {
        Metrics open = metrics;
        return open == null ? null : open.address();
    }

    /** Reads what the settings name and opens nothing; fails as {@link #start} would. */
    static void check(ServerSettings settings) throws IOException {
        if (settings.tls() != null) {
            Certificate.load(settings.tls());
        }
        Path accounts = settings.people().accounts();
        if (accounts != null) {
            Accounts.read(accounts);
        }
        address(settings);
    }

    /** Reads certificate and accounts again, and says how that went. Any thread may call it. */
    void reload() {
        if (certificate == null && accounts == null) {
            printer.line("there is nothing to read again");
        }
        reloadAccounts();
        reloadCertificate();
    }

    private void reloadAccounts() {
        if (accounts == null) {
            return;
        }
        try {
            Accounts read = Accounts.read(accounts);
            door.accounts(read);
            printer.line("accounts: " + read.names().size());
        } catch (IOException bad) {
            printer.line("the old accounts go on: " + bad.getMessage());
        }
    }

    private void reloadCertificate() {
        if (certificate == null) {
            return;
        }
        try {
            certificate.reload();
            printer.line("new connections see the certificate " + certificate.fingerprint() + ", "
                    + certificate.validity(Instant.now()));
        } catch (IOException bad) {
            printer.line("the old certificate goes on: " + bad.getMessage());
        }
    }

    private static ServerOptions options(int connections) {
        int perAddress = Math.min(connections, ServerOptions.DEFAULT.maxConnectionsPerAddress());
        return ServerOptions.DEFAULT.withMaxConnections(connections, perAddress);
    }

    private static SocketAddress address(ServerSettings settings) throws IOException {
        return settings.host().isEmpty()
                ? new InetSocketAddress(settings.port())
                : new InetSocketAddress(InetAddress.getByName(settings.host()), settings.port());
    }

    private void introduce(ServerSettings settings) {
        printer.line("Parley chat server, transport " + settings.via() + ". The room " + settings.room()
                + " is open. To come in:");
        List<InetAddress> local = Invitation.localAddresses();
        for (SocketAddress bound : server.addresses()) {
            Invitation.to(bound, local, certificate).forEach(command -> printer.line("  " + command));
        }
        if (certificate != null) {
            printer.line(
                    "Under TLS, certificate " + certificate.fingerprint() + ", " + certificate.validity(Instant.now()));
        }
        printer.line("A line typed here is said to everybody, /help lists commands; Ctrl-C ends the server.");
    }

    /**
     * Where the server listens. Any thread may call it.
     *
     * @return the TCP address, then the Unix-domain one if there is one
     */
    public List<SocketAddress> addresses() {
        return server.addresses();
    }

    /**
     * Waits for the end of the server. Any thread may call it.
     *
     * @throws InterruptedException if the thread is interrupted
     */
    public void awaitClosed() throws InterruptedException {
        server.awaitClosed();
    }

    /** Tells everybody to go, waits some seconds at most, and cuts what is left. Any thread may call it. Idempotent. */
    @Override
    public void close() {
        draining = true;
        int connections = server.connections();
        printer.line("draining: " + connections + (connections == 1 ? " connection has " : " connections have ")
                + DRAIN.toSeconds() + " seconds to end");
        CompletableFuture<@Nullable Void> drained = server.shutdown(DRAIN);
        try {
            drained.get(DRAIN.toMillis() + 1_000, TimeUnit.MILLISECONDS);
            log.awaitDeserted(LOG_PATIENCE);
            printer.line("ended");
        } catch (TimeoutException | ExecutionException late) {
            printer.line("ended, with connections that would not close");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            console.close();
            Metrics served = metrics;
            if (served != null) {
                served.close();
            }
            closeAdmin();
            door.close();
            ended.countDown();
        }
    }

    private void closeAdmin() {
        AdminSocket open = admin;
        try {
            if (open != null) {
                open.close();
            }
        } catch (IOException no) {
            printer.line("the admin socket cannot be removed: " + no.getMessage());
        }
    }

    /** Begins to close: not inside a command, which is to be answered. */
    private void drain() {
        if (drainAsked.compareAndSet(false, true)) {
            new Thread(this::close, "parley-drain").start();
        }
    }

    /** Waits until {@link #close} has done all it does. */
    void awaitEnded() throws InterruptedException {
        server.awaitClosed();
        ended.await();
    }
}
