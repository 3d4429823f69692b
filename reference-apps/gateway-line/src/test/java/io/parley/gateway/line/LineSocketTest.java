package io.parley.gateway.line;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.client.ChatClient;
import io.parley.client.ChatRoom;
import io.parley.server.ChatServer;
import io.parley.transport.Transport;
import io.parley.transport.blocking.BlockingTransport;
import io.parley.transport.nio.NioTransport;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A plain socket, as a client from a tutorial has it, over both transports. */
class LineSocketTest {
    private static final InetSocketAddress ANY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final int PATIENCE_MILLIS = 20_000;

    enum Via {
        NIO,
        BLOCKING;

        Transport create() {
            return this == NIO ? NioTransport.create() : BlockingTransport.create();
        }
    }

    /** Reads lines up to one. */
    private static void await(BufferedReader in, String line) throws IOException {
        String next;
        do {
            next = in.readLine();
            assertThat(next).as("before the end comes: %s", line).isNotNull();
        } while (!next.equals(line));
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(UTF_8));
    }

    @ParameterizedTest
    @EnumSource
    void talksWithANativeClient(Via via) throws Exception {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        try (ChatServer server = ChatServer.builder()
                        .listen(via.create(), ANY)
                        .listen(LineGateway.create(), via.create(), ANY)
                        .room("lobby")
                        .start();
                ChatClient alice = ChatClient.builder()
                        .name("alice")
                        .connect(via.create(), server.addresses().get(0));
                Socket socket = new Socket()) {
            ChatRoom lobby = alice.enter("lobby", message -> heard.add(message.sender() + ": " + message.text()));
            lobby.say("before").join();
            socket.connect(server.addresses().get(1));
            socket.setSoTimeout(PATIENCE_MILLIS);
            BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
            assertThat(in.readLine()).startsWith("-- Welcome.");
            send(socket, "bob\n");
            await(in, "-- You are in lobby. Here now: 2. There is no topic.");
            assertThat(in.readLine()).endsWith("<alice> before");
            send(socket, "hello\r\nall, and ");
            assertThat(heard.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)).isEqualTo("alice: before");
            assertThat(heard.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)).isEqualTo("bob: hello");
            lobby.say("good morning").join();
            await(in, "<alice> good morning");
            send(socket, "goodbye"); // without an end
            socket.shutdownOutput();
            assertThat(heard.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)).isEqualTo("alice: good morning");
            assertThat(heard.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)).isEqualTo("bob: all, and goodbye");
            while (in.readLine() != null) {
                // to the end of the stream
            }
        }
    }
}
