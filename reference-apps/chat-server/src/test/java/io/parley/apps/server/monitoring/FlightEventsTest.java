package io.parley.apps.server.monitoring;

import static io.parley.apps.server.Patience.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.apps.server.ServerApp;
import io.parley.apps.server.network.TransportKind;
import io.parley.apps.server.options.ServerSettings;
import io.parley.apps.server.options.ServerSettings.Listen;
import io.parley.apps.server.options.ServerSettings.Logged;
import io.parley.client.ChatClient;
import io.parley.client.ChatRoom;
import io.parley.room.User;
import io.parley.server.ChatServer;
import io.parley.transport.nio.NioTransport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The events in a flight recording of a server. */
@Timeout(300)
class FlightEventsTest {
    @TempDir
    private Path folder;

    /** What was recorded, by its time: a file holds it by the thread buffer that was written out first. */
    private List<RecordedEvent> stop(Recording recording) throws IOException {
        recording.stop();
        Path file = folder.resolve("parley.jfr");
        recording.dump(file);
        return RecordingFile.readAllEvents(file).stream()
                .sorted(Comparator.comparing(RecordedEvent::getStartTime))
                .toList();
    }

    private static Recording start() {
        Recording recording = new Recording();
        for (String event : List.of("Connect", "Join", "Message", "Gap", "SlowMember", "Drain")) {
            recording.enable("io.parley." + event);
        }
        recording.start();
        return recording;
    }

    /** The events of a name, in their order. */
    private static List<RecordedEvent> named(List<RecordedEvent> events, String name) {
        return events.stream()
                .filter(event -> event.getEventType().getName().equals("io.parley." + name))
                .toList();
    }

    @Test
    void tellsWhoComesAndHowMuchIsSaid() throws Exception {
        ServerSettings settings = ServerSettings.DEFAULT
                .with(new Listen("127.0.0.1", 0, TransportKind.NIO, null, null, null))
                .logging(Logged.MESSAGES);
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        List<RecordedEvent> events;
        try (Recording recording = start()) {
            PrintStream out = new PrintStream(log, true, UTF_8);
            try (ServerApp server = ServerApp.start(settings, InputStream.nullInputStream(), out);
                    ChatClient alice = connect(server, "alice");
                    ChatClient bob = connect(server, "bob")) {
                ChatRoom lobby = alice.enter("lobby", message -> {});
                lobby.say("hello").join();
                alice.direct("bob", message -> {}).say("secret").join();
                lobby.say("friends").join();
                assertThat(bob.name()).isEqualTo("bob");
                await().until(() -> log.toString(UTF_8).contains("alice: friends")); // it is logged last
                server.close();
            }
            events = stop(recording);
        }
        assertThat(named(events, "Connect"))
                .hasSize(2)
                .allMatch(event -> event.getString("from").startsWith("/127.0.0.1:"));
        assertThat(named(events, "Join")).singleElement().satisfies(join -> {
            assertThat(join.getString("room")).isEqualTo("lobby");
            assertThat(join.getString("user")).isEqualTo("alice");
            assertThat(join.getEventType().getCategoryNames()).containsExactly("Parley");
            assertThat(join.getStackTrace()).isNull();
        });
        assertThat(named(events, "Message"))
                .allMatch(message -> message.getString("sender").equals("alice"));
        assertThat(named(events, "Message"))
                .extracting(message -> message.getLong("number") + ":" + message.getInt("length"))
                .containsExactly("1:5", "2:7");
        assertThat(named(events, "Drain"))
                .singleElement()
                .satisfies(drain -> assertThat(drain.getInt("connections")).isEqualTo(2));
        assertThat(events.toString()).doesNotContain("hello").doesNotContain("secret");
    }

    private static ChatClient connect(ServerApp server, String name) {
        return ChatClient.builder()
                .name(name)
                .connect(NioTransport.create(), server.addresses().get(0));
    }

    @Test
    void tellsWhoIsTooSlow() throws Exception {
        List<RecordedEvent> events;
        try (Recording recording = start();
                ChatServer server = ChatServer.builder().room("lobby").start()) {
            FlightEvents flight = new FlightEvents();
            User operator = server.hub().operator();
            flight.onGap(operator, server.hub().findRoom("lobby"), 3, 7);
            flight.onSlow(new InetSocketAddress("192.0.2.1", 4711), operator);
            flight.onSlow(new InetSocketAddress("192.0.2.2", 4711), null);
            events = stop(recording);
        }
        assertThat(named(events, "Gap")).singleElement().satisfies(gap -> {
            assertThat(gap.getString("room")).isEqualTo("lobby");
            assertThat(gap.getLong("first")).isEqualTo(3);
            assertThat(gap.getLong("last")).isEqualTo(7);
        });
        assertThat(named(events, "SlowMember"))
                .extracting(slow -> slow.getString("from") + " " + slow.getString("user"))
                .containsExactly("/192.0.2.1:4711 operator", "/192.0.2.2:4711 null");
    }
}
