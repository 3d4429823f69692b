package io.parley.testkit.chat;

import io.parley.client.ChatClient;
import io.parley.client.ChatRoom;
import io.parley.client.ClientListener;
import io.parley.client.RoomListener;
import io.parley.gateway.GatewayOptions;
import io.parley.server.ChatServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** A server and its clients for the time of one test. For one thread. */
public final class Chat implements AutoCloseable {
    /** Options without a rate limit. */
    public static final GatewayOptions UNHURRIED = GatewayOptions.DEFAULT.toBuilder()
            .requestsPerSecond(1_000_000)
            .burstRequests(1_000_000)
            .build();

    private final ChatFixture fixture;
    private final ChatServer server;
    private final List<ChatClient> clients = new ArrayList<>();

    private Chat(ChatFixture fixture, ChatServer.Builder builder) {
        this.fixture = fixture;
        try {
            this.server = builder.start();
        } catch (IOException no) {
            throw new UncheckedIOException(no);
        }
    }

    /**
     * Starts a server with one listener and without a rate limit.
     *
     * @param fixture the transport and the clock
     * @return the server, to be closed by the test
     */
    public static Chat open(ChatFixture fixture) {
        return open(fixture, builder -> builder);
    }

    /**
     * Starts a server with one listener, without a rate limit, and with further options.
     *
     * @param fixture the transport and the clock
     * @param options changes the builder and returns it
     * @return the server, to be closed by the test
     */
    public static Chat open(ChatFixture fixture, UnaryOperator<ChatServer.Builder> options) {
        ChatServer.Builder builder = ChatServer.builder()
                .listen(fixture.transport(), fixture.address())
                .scheduler(fixture.scheduler())
                .options(UNHURRIED);
        return new Chat(fixture, options.apply(builder));
    }

    /**
     * The fixture that the server runs on.
     *
     * @return the fixture
     */
    public ChatFixture fixture() {
        return fixture;
    }

    /**
     * The server.
     *
     * @return the server
     */
    public ChatServer server() {
        return server;
    }

    /**
     * The address of the server's first listener.
     *
     * @return the address to connect to
     */
    public SocketAddress address() {
        return server.addresses().get(0);
    }

    /**
     * A builder of a client on this fixture, for {@link #connect}.
     *
     * @param name the name that the client logs in with
     * @return the builder
     */
    public ChatClient.Builder client(String name) {
        return ChatClient.builder()
                .name(name)
                .reconnect(false)
                .connectTimeout(Duration.ofSeconds(60))
                .scheduler(fixture.scheduler());
    }

    /**
     * Connects a client and waits until it is logged in. {@link #close()} closes it.
     *
     * @param builder the builder, usually from {@link #client}
     * @return the client
     */
    public ChatClient connect(ChatClient.Builder builder) {
        ChatClient client = builder.connect(fixture.transport(), address());
        clients.add(client);
        return client;
    }

    /**
     * Connects a guest.
     *
     * @param name the guest's name
     * @return the client
     */
    public ChatClient guest(String name) {
        return connect(client(name));
    }

    /**
     * Connects a guest with a listener.
     *
     * @param name the guest's name
     * @param listener is told of what happens on the connection
     * @return the client
     */
    public ChatClient guest(String name, ClientListener listener) {
        return connect(client(name).listener(listener));
    }

    /**
     * Enters a room without backlog, and waits until that is done.
     *
     * @param client who enters
     * @param room the name of the room
     * @param listener is told of what happens in the room
     * @return the room
     */
    public ChatRoom enter(ChatClient client, String room, RoomListener listener) {
        return fixture.await(client.enterAsync(room, 0, listener));
    }

    /**
     * The epoch of a room that is in use.
     *
     * @param room the name of the room as the server shows it
     * @return the epoch
     */
    public long epoch(String room) {
        return server.hub().rooms().stream()
                .filter(one -> one.name().equals(room))
                .findFirst()
                .orElseThrow()
                .epoch();
    }

    /** Closes the clients and shuts the server down. */
    @Override
    public void close() {
        clients.forEach(ChatClient::closeAsync);
        clients.forEach(client -> fixture.await(client.closed()));
        fixture.await(server.shutdown(Duration.ofSeconds(10)));
    }
}
