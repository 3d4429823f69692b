package io.parley.apps.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.parley.apps.server.ServerApp;
import io.parley.apps.server.options.ServerSettings;
import io.parley.client.ChatClient;
import io.parley.transport.nio.NioTransport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;

/** A server that can be stopped and started again on its port, and its clients. The test thread only. */
final class TestServer implements AutoCloseable {
    private final int port;
    private ServerApp server;

    TestServer() throws IOException {
        this(ServerSettings.DEFAULT.access());
    }

    /** A server that lets others in. */
    TestServer(ServerSettings.Access access) throws IOException {
        server = start(ServerSettings.DEFAULT.onPort(0).with(access));
        port = ((InetSocketAddress) server.addresses().get(0)).getPort();
    }

    private static ServerApp start(ServerSettings settings) throws IOException {
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), true, UTF_8);
        return ServerApp.start(settings, InputStream.nullInputStream(), nowhere);
    }

    void stop() {
        server.close();
    }

    void restart() throws IOException {
        server = start(ServerSettings.DEFAULT.onPort(port));
    }

    void restartWithoutGuests() throws IOException {
        ServerSettings open = ServerSettings.DEFAULT.onPort(port);
        server = start(new ServerSettings(
                open.listen(),
                open.tls(),
                new ServerSettings.Access(null, false),
                open.rooms(),
                open.greeting(),
                open.limits(),
                open.logs()));
    }

    Typist typist(String name) throws IOException {
        return typist(name, 80, 24);
    }

    Typist typist(String name, int columns, int rows) throws IOException {
        return new Typist(name + "@127.0.0.1:" + port, columns, rows);
    }

    String place() {
        return "127.0.0.1:" + port;
    }

    /** A client with an account. */
    ChatClient client(String name, String password) {
        return ChatClient.builder()
                .name(name)
                .password(password)
                .reconnect(false)
                .connect(NioTransport.create(), new InetSocketAddress("127.0.0.1", port));
    }

    ChatClient client(String name) {
        return ChatClient.builder().name(name).connect(NioTransport.create(), new InetSocketAddress("127.0.0.1", port));
    }

    @Override
    public void close() {
        server.close();
    }
}
