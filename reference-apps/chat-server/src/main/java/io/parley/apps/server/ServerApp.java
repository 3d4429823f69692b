package io.parley.apps.server;

import io.parley.apps.server.ServerSettings.Listen;
import io.parley.journal.MemoryJournal;
import io.parley.server.ChatServer;
import io.parley.transport.Transport;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The chat server as a program: a {@link ChatServer} with a log and a console. Any thread may call it. */
public final class ServerApp implements AutoCloseable {
    private static final Duration DRAIN = Duration.ofSeconds(3);
    private static final Duration LOG_PATIENCE = Duration.ofSeconds(5);
    private static final long KEEP_BYTES = 256L << 20;
    private static final int KEEP_ROOMS = 10_000;

    private final ChatServer server;
    private final ServerLog log;
    private final Console console;
    private final @Nullable Certificate certificate;
    private final Door door;
    private final Reload reload;
    private final LastWords lastWords; // whoever closes
    private volatile @Nullable OperatorDoors doors; // written once, by the thread that starts this
    private final AtomicBoolean closing = new AtomicBoolean();
    private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>(); // or failed to

    private ServerApp(
            ChatServer server,
            ServerLog log,
            Console console,
            @Nullable Certificate certificate,
            Door door,
            Reload reload) {
        this.server = server;
        this.log = log;
        this.console = console;
        this.certificate = certificate;
        this.door = door;
        this.reload = reload;
        this.lastWords = new LastWords(text -> log.note("drain", text), LOG_PATIENCE);
    }

    /**
     * Starts a server. Any thread may call it.
     *
     * @param settings how
     * @param console what the operator types; its end changes nothing
     * @param out where addresses and the log are printed
     * @return the running server
     * @throws IOException if it cannot listen where it is told to; nothing stays open then
     * @throws IllegalArgumentException if passwords would travel in the clear
     */
    public static ServerApp start(ServerSettings settings, InputStream console, PrintStream out) throws IOException {
        Configuration configuration = Configuration.of(settings);
        return start(configuration, () -> configuration, Console.of(console), out);
    }

    /** The same, with a place where the configuration is read again when that is asked for. */
    static ServerApp start(Configuration configuration, Configuration.Source again, Console console, PrintStream out)
            throws IOException {
        ServerSettings settings = configuration.settings();
        Listen listen = settings.listen();
        SocketAddress address = address(settings);
        Printer printer = new Printer(out);
        ServerLog log = new ServerLog(printer, settings.logs(), ZoneId.systemDefault());
        EventLog events = new EventLog(log, settings.logs().logged());
        ChatServer.Builder builder = ChatServer.builder()
                .options(settings.limits())
                .journal(new MemoryJournal(settings.rooms().history(), KEEP_BYTES, KEEP_ROOMS))
                .operatorName(settings.rooms().operator())
                .greeting(settings.greeting())
                .room(settings.rooms().room())
                .listener(new Listeners(new FlightEvents(), events)); // the log last: it may wait
        Certificate certificate = settings.tls() == null ? null : Certificate.load(settings.tls());
        Transport transport = listen.via().transport();
        Transport onTcp = certificate == null ? transport : listen.via().transport(certificate.options());
        builder.listen(new ToldTransport(onTcp, trouble -> BindTrouble.words(trouble, listen)), address);
        Path unix = listen.unix();
        if (unix != null) {
            builder.listen(
                    new ToldTransport(transport, trouble -> BindTrouble.unix(trouble, unix)),
                    UnixDomainSocketAddress.of(unix));
        }
        Path accounts = settings.people().accounts();
        Door door = new Door(
                accounts == null ? Accounts.none() : Accounts.read(accounts),
                settings.people().guests(),
                System::nanoTime);
        builder.policy(door);
        ChatServer server = builder.start();
        Reload reload = new Reload(server, log, certificate, door, configuration, again);
        ServerApp app = new ServerApp(server, log, console, certificate, door, reload);
        app.openForOperators(listen);
        app.introduce(configuration); // last: a start that fails invites nobody
        // What it answers is in the log already.
        Operator typed = new Operator(Operator.Place.CONSOLE, server, answers -> reload.run(line -> {}), app::drain);
        console.open(typed, printer, answer -> log.note("answer", answer));
        return app;
    }

    /** Opens what is for operators; if that fails, nothing stays open. */
    private void openForOperators(Listen listen) throws IOException {
        Operator remote = new Operator(Operator.Place.SOCKET, server, reload::run, this::drain);
        try {
            doors = OperatorDoors.open(listen, server, remote, () -> !closing.get());
        } catch (IOException no) {
            closing.set(true);
            server.close();
            closeRest();
            throw no;
        }
    }

    /** Where figures are served, if they are. */
    @Nullable
    InetSocketAddress metricsAddress() {
        OperatorDoors open = doors;
        return open == null ? null : open.metricsAddress();
    }

    /** Reads what the settings name, opens and writes nothing; fails as {@link #start} would. */
    static List<String> check(ServerSettings settings) throws IOException {
        List<String> told = settings.tls() == null ? List.of() : Certificate.check(settings.tls(), Instant.now());
        Path accounts = settings.people().accounts();
        if (accounts != null) {
            Accounts.read(accounts);
        }
        address(settings);
        return told;
    }

    /** Reads again what can change while the server runs, and says how that went. Any thread may call it. */
    void reload() {
        reload.run(line -> {});
    }

    /** Ends where the operator's terminal is gone, and reads again elsewhere. Any thread may call it. */
    void hangUp() {
        if (console.isGone()) {
            close();
        } else {
            reload();
        }
    }

    private static SocketAddress address(ServerSettings settings) throws IOException {
        InetAddress address;
        try {
            address = Safety.resolve(settings.listen().host());
        } catch (UnknownHostException unknown) {
            throw new IOException(BindTrouble.words(unknown, settings.listen()), unknown);
        }
        Safety.checkPasswords(settings, address);
        return new InetSocketAddress(address, settings.listen().port());
    }

    private void introduce(Configuration configuration) {
        ServerSettings settings = configuration.settings();
        configuration.warnings().forEach(words -> log.warning("start", words));
        log.note(
                "start",
                "Parley chat server, transport " + settings.listen().via() + ". The room "
                        + settings.rooms().room() + " is open. To come in:");
        List<InetAddress> local = Invitation.localAddresses();
        for (SocketAddress bound : server.addresses()) {
            Invitation.to(bound, local, certificate).forEach(command -> log.note("start", "  " + command));
        }
        if (!settings.people().guests()) {
            log.note("start", "Only accounts are let in: put NAME@ before the address, and --password behind it.");
        }
        if (certificate != null) {
            log.note(
                    "start",
                    "Under TLS, certificate " + certificate.fingerprint() + ", " + certificate.validity(Instant.now()));
            String warning = certificate.warning(Instant.now());
            if (warning != null) {
                log.warning("start", warning);
            }
        }
        InetSocketAddress figures = metricsAddress();
        if (figures != null) {
            log.note("start", "figures at http:/" + figures + "/metrics");
        }
        log.note("start", "A line typed here is said to everybody, /help lists commands; Ctrl-C ends the server.");
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
        if (closing.getAndSet(true)) {
            awaitTheOther();
            return;
        }
        try {
            end();
            ended.complete(null);
        } catch (RuntimeException | Error broken) {
            ended.completeExceptionally(broken); // else whoever waits would wait for ever
            throw broken;
        }
    }

    private void end() {
        int connections = server.connections();
        FlightEvents.Drain drain = FlightEvents.drain(connections);
        CompletableFuture<@Nullable Void> drained = server.shutdown(DRAIN); // first: an output may take nothing
        lastWords.say("draining: " + connections + (connections == 1 ? " connection has " : " connections have ")
                + DRAIN.toSeconds() + " seconds to end");
        try {
            drained.get(DRAIN.toMillis() + 1_000, TimeUnit.MILLISECONDS);
            lastWords.say("ended");
        } catch (TimeoutException | ExecutionException late) {
            lastWords.say(
                    server.connections() > 0
                            ? "ended, with connections that would not close"
                            : "ended, with events that are not logged yet");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            drain.commit();
            console.close();
            closeRest();
        }
    }

    private void closeRest() {
        OperatorDoors open = doors;
        try {
            if (open != null) {
                open.close();
            }
        } catch (IOException no) {
            lastWords.say("the admin socket cannot be removed: " + FileTrouble.words(no));
        }
        door.close();
    }

    private void awaitTheOther() {
        try {
            ended.get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException broken) {
            // The other is told.
        }
    }

    /** Begins to close: not inside a command, which is to be answered. Whoever awaits the end is told if that fails. */
    private void drain() {
        if (!closing.get()) {
            new Thread(this::close, "parley-drain").start();
        }
    }

    /**
     * Waits until {@link #close} has done all it does.
     *
     * @throws ExecutionException if it failed, whoever called it; its cause is what it failed of
     */
    void awaitEnded() throws InterruptedException, ExecutionException {
        ended.get();
    }
}
