package io.parley.apps.server.monitoring;

import static io.parley.apps.server.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.client.ChatClient;
import io.parley.server.ChatServer;
import io.parley.transport.nio.NioTransport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The metrics and the health checks. */
class MetricsTest {
    private static final InetSocketAddress ANY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private static HttpResponse<String> get(Metrics metrics, String path) throws Exception {
        URI address = URI.create("http://127.0.0.1:" + metrics.address().getPort() + path);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void servesFiguresAndHealth() throws Exception {
        AtomicBoolean ready = new AtomicBoolean(true);
        NioTransport transport = NioTransport.create();
        try (ChatServer server = ChatServer.builder().listen(transport, ANY).start();
                Metrics metrics = Metrics.open(ANY, server, ready::get);
                ChatClient anna = ChatClient.builder()
                        .name("anna")
                        .connect(transport, server.addresses().get(0))) {
            anna.enter("lobby", message -> {}).say("hello").join();
            HttpResponse<String> figures = await().until( // the receipt may come before it is counted
                            () -> get(metrics, "/metrics"), got -> got.body().contains("parley_messages_total 1.0"));
            assertThat(figures.statusCode()).isEqualTo(200);
            assertThat(figures.body())
                    .contains("parley_connections 1.0", "parley_users 1.0", "parley_rooms 1.0")
                    .contains("parley_refused_total 0.0", "jvm_memory_used_bytes")
                    .doesNotContain("anna");
            assertThat(get(metrics, "/health/live").statusCode()).isEqualTo(200);
            assertThat(get(metrics, "/health/ready").statusCode()).isEqualTo(200);
            ready.set(false);
            assertThat(get(metrics, "/health/ready").statusCode()).isEqualTo(503);
            assertThat(get(metrics, "/nothing").statusCode()).isEqualTo(404);
        }
    }

    @Test
    @Timeout(60)
    void halfARequestHoldsUpNobodyForLong() throws Exception {
        try (ChatServer server =
                        ChatServer.builder().listen(NioTransport.create(), ANY).start();
                Metrics metrics = Metrics.open(ANY, server, () -> true);
                Socket one = halfARequest(metrics);
                Socket other = halfARequest(metrics)) {
            assertThat(get(metrics, "/health/live").statusCode()).isEqualTo(200);
            assertThat(one.isConnected() && other.isConnected()).isTrue();
        }
    }

    private static Socket halfARequest(Metrics metrics) throws Exception {
        Socket socket =
                new Socket(metrics.address().getAddress(), metrics.address().getPort());
        socket.getOutputStream().write("GET /health".getBytes(StandardCharsets.US_ASCII));
        return socket;
    }
}
