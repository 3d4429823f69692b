package io.parley.apps.server;

import io.parley.apps.server.accounts.Accounts;
import io.parley.apps.server.accounts.ServerAccounts;
import io.parley.apps.server.log.EventLog;
import io.parley.apps.server.log.ServerLog;
import io.parley.apps.server.monitoring.CompositeListener;
import io.parley.apps.server.monitoring.FlightEvents;
import io.parley.apps.server.names.LookAlikeNames;
import io.parley.apps.server.network.BindErrors;
import io.parley.apps.server.network.ExplainingTransport;
import io.parley.apps.server.operator.Operator;
import io.parley.apps.server.operator.OperatorConsole;
import io.parley.apps.server.options.Configuration;
import io.parley.apps.server.options.Safety;
import io.parley.apps.server.options.ServerSettings;
import io.parley.apps.server.options.ServerSettings.Access;
import io.parley.apps.server.options.ServerSettings.Lines;
import io.parley.apps.server.options.ServerSettings.Listen;
import io.parley.apps.server.terminal.Printer;
import io.parley.apps.server.tls.Certificate;
import io.parley.gateway.line.LineGateway;
import io.parley.journal.Journal;
import io.parley.room.HubOptions;
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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The chat server as a program: a {@link ChatServer} with a log and a console. Any thread may call it. */
public final class ServerApp implements AutoCloseable {
    private static final Duration LOG_TIMEOUT = Duration.ofSeconds(5);

    private final ChatServer server;
    private final OperatorConsole console;
    private final Reload reload;
    private final Shutdown shutdown;
    private final AdminEndpoints endpoints;
    private volatile boolean takenOver; // set once, on a thread of the journal

    private ServerApp(
            ChatServer server, OperatorConsole console, Reload reload, Shutdown shutdown, AdminEndpoints endpoints) {
        this.server = server;
        this.console = console;
        this.reload = reload;
        this.shutdown = shutdown;
        this.endpoints = endpoints;
    }

    /**
     * Starts a server. Any thread may call it.
     *
     * @param settings the settings of the server
     * @param console the input of the operator; its end does not end the server
     * @param out where addresses and the log are printed
     * @return the running server
     * @throws IOException if it cannot listen at one of its addresses; nothing stays open then
     * @throws IllegalArgumentException if passwords would be sent without encryption
     */
    public static ServerApp start(ServerSettings settings, InputStream console, PrintStream out) throws IOException {
        Configuration configuration = Configuration.of(settings);
        return start(configuration, () -> configuration, OperatorConsole.of(console), out);
    }

    /** The same, with a source from which a reload reads the configuration. */
    static ServerApp start(
            Configuration configuration, Configuration.Source source, OperatorConsole console, PrintStream out)
            throws IOException {
        return start(configuration, source, UnaryOperator.identity(), console, out);
    }

    /** The same with a journal that {@code storage} makes of the one that the settings name. */
    static ServerApp start(
            Configuration configuration,
            Configuration.Source source,
            UnaryOperator<Journal> storage,
            OperatorConsole console,
            PrintStream out)
            throws IOException {
        Journal opened = Storage.open(configuration.settings().rooms());
        Journal journal = storage.apply(opened);
        try {
            ServerApp app = start(configuration, source, console, out, journal);
            Storage.takenOver(opened).thenRun(app::endTakenOver);
            return app;
        } catch (IOException | RuntimeException | Error failed) {
            journal.close();
            throw failed;
        }
    }

    private static ServerApp start(
            Configuration configuration,
            Configuration.Source source,
            OperatorConsole console,
            PrintStream out,
            Journal journal)
            throws IOException {
        ServerSettings settings = configuration.settings();
        SocketAddress address = address(settings);
        Printer printer = new Printer(out);
        ServerLog log = new ServerLog(printer, settings.logs(), ZoneId.systemDefault());
        EventLog events = new EventLog(log, settings.logs().logged());
        ChatServer.Builder builder = ChatServer.builder()
                .options(settings.limits())
                .hubOptions(HubOptions.builder().grace(settings.rooms().grace()).build())
                .names(LookAlikeNames.INSTANCE)
                .journal(journal)
                .operatorName(settings.rooms().operator())
                .greeting(settings.greeting())
                .room(settings.rooms().room())
                .listener(new CompositeListener(new FlightEvents(), events)); // the log last: it may block
        Certificate certificate = settings.tls() == null ? null : Certificate.load(settings.tls());
        listen(builder, settings, address, certificate);
        ServerAccounts accounts = accounts(settings, journal);
        ChatServer server = builder.policy(accounts.policy()).start();
        accounts.serve(server);
        Reload reload = new Reload(server, log, certificate, accounts, configuration, source);
        Shutdown shutdown = new Shutdown(
                server, journal, console, accounts, new ShutdownMessages(text -> log.note("drain", text), LOG_TIMEOUT));
        BanLog bans = new BanLog(events);
        Operator remote =
                new Operator(Operator.Source.SOCKET, server, reload::run, shutdown::begin, accounts::command, bans);
        AdminEndpoints endpoints = openEndpoints(settings.listen(), server, remote, shutdown);
        // The last step that logs: a start that fails logs no addresses.
        StartMessages.log(log, configuration, server.addresses(), certificate, endpoints.metricsAddress());
        accounts.hidden()
                .forEach(name -> log.warning(
                        "start", "nobody can log in as " + name + ": the name looks like that of an older account"));
        // The log has the answers of a reload already.
        Operator typed = new Operator(
                Operator.Source.CONSOLE,
                server,
                answers -> reload.run(line -> {}),
                shutdown::begin,
                accounts::command,
                bans);
        console.open(typed, printer, answer -> log.note("answer", answer));
        return new ServerApp(server, console, reload, shutdown, endpoints);
    }

    private static ServerAccounts accounts(ServerSettings settings, Journal journal) throws IOException {
        Access access = settings.access();
        Path file = access.accounts();
        return file == null
                ? ServerAccounts.inStore(journal, access, settings.rooms().operator())
                : ServerAccounts.ofFile(file, access.guests());
    }

    private static void listen(
            ChatServer.Builder builder,
            ServerSettings settings,
            SocketAddress address,
            @Nullable Certificate certificate)
            throws IOException {
        Listen listen = settings.listen();
        Transport plain = listen.transport().create();
        Transport onTcp = certificate == null ? plain : listen.transport().create(certificate.options());
        builder.listen(
                new ExplainingTransport(onTcp, error -> BindErrors.port(error, listen.host(), listen.port())), address);
        Path unix = listen.unix();
        if (unix != null) {
            builder.listen(
                    new ExplainingTransport(plain, error -> BindErrors.unix(error, unix)),
                    UnixDomainSocketAddress.of(unix));
        }
        Lines lines = listen.lines();
        if (lines != null) {
            builder.listen(
                    LineGateway.builder().room(settings.rooms().room()).build(),
                    new ExplainingTransport(onTcp, error -> BindErrors.lines(error, lines.host(), lines.port())),
                    address(lines));
        }
    }

    private static SocketAddress address(Lines lines) throws IOException {
        try {
            return new InetSocketAddress(Safety.resolve(lines.host()), lines.port());
        } catch (UnknownHostException unknown) {
            throw new IOException(BindErrors.lines(unknown, lines.host(), lines.port()), unknown);
        }
    }

    /** Opens the endpoints for operators; if that fails, nothing stays open. */
    private static AdminEndpoints openEndpoints(Listen listen, ChatServer server, Operator remote, Shutdown shutdown)
            throws IOException {
        try {
            AdminEndpoints endpoints = AdminEndpoints.open(listen, server, remote, () -> !shutdown.hasBegun());
            shutdown.closeAlso(endpoints);
            return endpoints;
        } catch (IOException failed) {
            shutdown.abort();
            throw failed;
        }
    }

    private static SocketAddress address(ServerSettings settings) throws IOException {
        Listen listen = settings.listen();
        InetAddress address;
        try {
            address = Safety.resolve(listen.host());
        } catch (UnknownHostException unknown) {
            throw new IOException(BindErrors.port(unknown, listen.host(), listen.port()), unknown);
        }
        Safety.checkPasswords(settings, address);
        return new InetSocketAddress(address, listen.port());
    }

    /**
     * Reads the files that the settings name, opens and writes nothing, and fails as {@link #start} would.
     *
     * @return messages for the operator
     */
    static List<String> check(ServerSettings settings) throws IOException {
        List<String> messages = new ArrayList<>(Storage.check(settings.rooms()));
        if (settings.tls() != null) {
            messages.addAll(Certificate.check(settings.tls(), Instant.now()));
        }
        Path accounts = settings.access().accounts();
        if (accounts != null) {
            Accounts.read(accounts);
        }
        address(settings);
        Lines lines = settings.listen().lines();
        if (lines != null) {
            address(lines);
        }
        return messages;
    }

    /** Where the metrics are served; null if they are not. */
    @Nullable
    public InetSocketAddress metricsAddress() {
        return endpoints.metricsAddress();
    }

    /** Reads again what can change while the server runs, and logs the result. Any thread may call it. */
    public void reload() {
        reload.run(line -> {});
    }

    /** Shuts down if the operator's terminal is gone, and reloads otherwise. Any thread may call it. */
    void hangUp() {
        if (console.isGone()) {
            close();
        } else {
            reload();
        }
    }

    /**
     * Where the server listens. Any thread may call it.
     *
     * @return the TCP address, then the Unix-domain one if there is one, then the one for lines if there is one
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

    /** Tells all users, waits some seconds for them, and closes what is left. Any thread may call it. Idempotent. */
    @Override
    public void close() {
        shutdown.run();
    }

    /** Ends, since another server has taken over the storage. */
    private void endTakenOver() {
        takenOver = true;
        shutdown.begin();
    }

    /** Whether it ends, or has ended, since another server has taken over its storage. Any thread may call it. */
    boolean isTakenOver() {
        return takenOver;
    }

    /**
     * Waits until {@link #close} is complete.
     *
     * @throws ExecutionException if it failed, on whichever thread; its cause is the failure
     */
    public void awaitEnded() throws InterruptedException, ExecutionException {
        shutdown.awaitEnded();
    }
}
