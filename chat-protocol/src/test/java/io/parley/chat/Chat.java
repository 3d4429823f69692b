package io.parley.chat;

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

/** A server and its clients for the time of one test. One thread. */
public final class Chat implements AutoCloseable {
    /** Nobody is slowed down. */
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

    public static Chat open(ChatFixture fixture) {
        return open(fixture, builder -> builder);
    }

    /** Opens with options of one's own on top of one listener and no rate limit. */
    public static Chat open(ChatFixture fixture, UnaryOperator<ChatServer.Builder> options) {
        ChatServer.Builder builder = ChatServer.builder()
                .listen(fixture.transport(), fixture.address())
                .scheduler(fixture.scheduler())
                .options(UNHURRIED);
        return new Chat(fixture, options.apply(builder));
    }

    public ChatFixture fixture() {
        return fixture;
    }

    public ChatServer server() {
        return server;
    }

    public SocketAddress address() {
        return server.addresses().get(0);
    }

    public ChatClient.Builder client(String name) {
        return ChatClient.builder()
                .name(name)
                .connectTimeout(Duration.ofSeconds(60))
                .scheduler(fixture.scheduler());
    }

    public ChatClient connect(ChatClient.Builder builder) {
        ChatClient client = builder.connect(fixture.transport(), address());
        clients.add(client);
        return client;
    }

    public ChatClient guest(String name) {
        return connect(client(name));
    }

    public ChatClient guest(String name, ClientListener listener) {
        return connect(client(name).listener(listener));
    }

    /** Enters without backlog. */
    public ChatRoom enter(ChatClient client, String room, RoomListener listener) {
        return fixture.await(client.enterAsync(room, 0, listener));
    }

    /** The epoch of a room that is in use. */
    public long epoch(String room) {
        return server.hub().rooms().stream()
                .filter(one -> one.name().equals(room))
                .findFirst()
                .orElseThrow()
                .epoch();
    }

    @Override
    public void close() {
        clients.forEach(ChatClient::closeAsync);
        clients.forEach(client -> fixture.await(client.closed()));
        fixture.await(server.shutdown(Duration.ofSeconds(10)));
    }
}
