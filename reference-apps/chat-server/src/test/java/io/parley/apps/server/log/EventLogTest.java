package io.parley.apps.server.log;

import static io.parley.apps.server.Patience.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.parley.apps.server.ServerApp;
import io.parley.apps.server.network.TransportKind;
import io.parley.apps.server.options.ServerSettings;
import io.parley.apps.server.options.ServerSettings.Listen;
import io.parley.apps.server.options.ServerSettings.Logged;
import io.parley.apps.server.options.ServerSettings.Logs;
import io.parley.apps.server.terminal.Printer;
import io.parley.apps.terminal.Printable;
import io.parley.client.ChatClient;
import io.parley.client.ChatRoom;
import io.parley.model.ErrorCode;
import io.parley.model.ServerBan;
import io.parley.room.Bans;
import io.parley.room.Room;
import io.parley.room.User;
import io.parley.server.ChatServer;
import io.parley.transport.nio.NioTransport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is logged, in both forms. */
@Timeout(300)
class EventLogTest {
    private static final InetSocketAddress FROM = new InetSocketAddress("192.0.2.1", 4711);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private static ServerSettings settings(Logs logs) {
        return ServerSettings.DEFAULT
                .with(new Listen("127.0.0.1", 0, TransportKind.NIO, null, null, null))
                .with(logs);
    }

    private ServerLog log(Logs logs) {
        return new ServerLog(new Printer(new PrintStream(out, true, UTF_8)), logs, ZoneOffset.ofHours(2));
    }

    private EventLog events(Logs logs) {
        return new EventLog(log(logs), logs.logged());
    }

    private List<String> lines() {
        return out.toString(UTF_8).lines().toList();
    }

    /** What was logged, without the times. */
    private List<String> plain() {
        return lines().stream()
                .map(line -> line.substring("2000-01-01 00:00:00 ".length()))
                .toList();
    }

    /** The fields of a line that is one flat object. */
    private static Map<String, Object> object(String line) {
        try (JsonParser json = new JsonFactory().createParser(line)) {
            Map<String, Object> fields = new LinkedHashMap<>();
            assertThat(json.nextToken()).isEqualTo(JsonToken.START_OBJECT);
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                JsonToken value = json.nextToken();
                assertThat(value.isScalarValue()).as(line).isTrue();
                fields.put(name, value.isNumeric() ? (Object) json.getLongValue() : json.getValueAsString());
            }
            assertThat(json.nextToken()).isNull();
            return fields;
        } catch (IOException broken) {
            throw new AssertionError(line, broken);
        }
    }

    private static ChatClient connect(ServerApp server, String name) {
        return ChatClient.builder()
                .name(name)
                .connect(NioTransport.create(), server.addresses().get(0));
    }

    @Test
    void eachEventIsALineForPeople() throws Exception {
        EventLog events = events(new Logs(Logged.PRESENCE, true, false));
        try (ChatServer server = ChatServer.builder().room("lobby").start()) {
            Room lobby = server.hub().findRoom("lobby");
            User operator = server.hub().operator();
            events.onConnect(FROM);
            events.onRefused(FROM, ErrorCode.LOGIN_TIMEOUT, "too late");
            events.onEnter(operator);
            events.onRename(operator, "one", "other");
            events.onGap(operator, lobby, 3, 7);
            events.onSlow(FROM, null);
            events.onSlow(FROM, operator);
            Bans bans = server.hub().bans();
            ServerBan ban = bans.add(ServerBan.Kind.NAME, "eve", Duration.ofHours(2), "operator", "spam")
                    .join();
            events.ban(ban);
            events.unban(ban, "other");
            events.ban(bans.add(ServerBan.Kind.NETWORK, "203.0.113.0/24", Duration.ZERO, "operator", "")
                    .join());
            events.onDisconnect(FROM, null, "");
            events.onDisconnect(FROM, operator, "bye");
        }
        assertThat(plain())
                .containsExactly(
                        "connect /192.0.2.1:4711",
                        "refused /192.0.2.1:4711 304 LOGIN_TIMEOUT: too late",
                        "enter operator",
                        "rename one is other",
                        "gap   lobby operator missed 3 to 7",
                        "slow  /192.0.2.1:4711 took nothing and was cut",
                        "slow  /192.0.2.1:4711 operator took nothing and was cut",
                        "ban   operator: 1 NAME eve for 7200 s (spam)",
                        "unban other: 1 NAME eve",
                        "ban   operator: 2 NETWORK 203.0.113.0/24 until it is lifted",
                        "disconnect /192.0.2.1:4711",
                        "disconnect /192.0.2.1:4711 operator: bye");
    }

    @Test
    void connectionsAreLoggedWhenAskedOnly() {
        EventLog events = events(new Logs(Logged.MESSAGES, false, false));
        events.onConnect(FROM);
        events.onDisconnect(FROM, null, "lost");
        assertThat(lines()).isEmpty();
        events.onSlow(FROM, null);
        assertThat(lines()).hasSize(1);
        EventLog quiet = events(new Logs(Logged.NOTHING, true, false));
        quiet.onConnect(FROM);
        quiet.onRefused(FROM, ErrorCode.BANNED, "no");
        assertThat(lines()).hasSize(1);
    }

    @Test
    void jsonHasTimeLevelAndFieldsByName() {
        Logs logs = new Logs(Logged.PRESENCE, true, true);
        events(logs).onRefused(FROM, ErrorCode.LOGIN_TIMEOUT, "too \"late\"");
        log(logs).warning("start", "mind the gap");
        assertThat(lines()).hasSize(2);
        Map<String, Object> refused = object(lines().get(0));
        OffsetDateTime time = OffsetDateTime.parse((String) refused.remove("time"));
        assertThat(time.getOffset()).isEqualTo(ZoneOffset.ofHours(2));
        assertThat(refused)
                .hasToString("{level=WARN, event=refused, from=/192.0.2.1:4711, code=304,"
                        + " error=LOGIN_TIMEOUT, reason=too \"late\"}");
        assertThat(object(lines().get(1))).containsEntry("event", "start").containsEntry("text", "mind the gap");
    }

    @Test
    void everyLineOfAServerIsJsonIfThatIsWanted() throws Exception {
        Logs logs = new Logs(Logged.MESSAGES, true, true);
        try (ServerApp server = ServerApp.start(
                        settings(logs), InputStream.nullInputStream(), new PrintStream(out, true, UTF_8));
                ChatClient alice = connect(server, "alice");
                ChatClient bob = connect(server, "bob")) {
            assertThat(bob.name()).isEqualTo("bob");
            ChatRoom lobby = alice.enter("lobby", message -> {});
            lobby.say("\u001B]0;a\r\n\u202E{room} $1 \\ \"").join();
            alice.direct("bob", message -> {}).say("secret").join();
            await().until(() -> out.toString(UTF_8).contains("\"event\":\"say\""));
        }
        await().until(() -> out.toString(UTF_8).contains("ended"));
        assertThat(out.toString(UTF_8)).doesNotContain("secret");
        List<Map<String, Object>> objects =
                lines().stream().map(EventLogTest::object).toList();
        assertThat(objects).extracting(object -> object.get("event")).contains("start", "connect", "enter", "drain");
        assertThat(objects)
                .filteredOn(object -> "say".equals(object.get("event")))
                .singleElement()
                .satisfies(say -> assertThat(say)
                        .containsEntry("room", "lobby")
                        .containsEntry("from", "alice")
                        .containsEntry("text", "\\u{1B}]0;a\\r\\n\\u{202E}{room} $1 \\ \""));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatAPeerChoseIsOneHarmlessLine(boolean json) {
        events(new Logs(Logged.PRESENCE, true, json)).onDisconnect(FROM, null, "{from}\n{\"event\":\u0007\u2028\uD800");
        assertThat(lines()).hasSize(1);
        assertThat(Printable.of(lines().get(0))).isEqualTo(lines().get(0));
        assertThat(lines().get(0)).contains("{from}\\", "\\u{7}\\");
    }

    @Test
    void twoServersDoNotMix() throws Exception {
        ByteArrayOutputStream other = new ByteArrayOutputStream();
        Logs logs = new Logs(Logged.PRESENCE, false, false);
        try (ServerApp one = ServerApp.start(
                        settings(logs), InputStream.nullInputStream(), new PrintStream(out, true, UTF_8));
                ServerApp two = ServerApp.start(
                        settings(logs), InputStream.nullInputStream(), new PrintStream(other, true, UTF_8));
                ChatClient alice = connect(one, "alice");
                ChatClient bob = connect(two, "bob")) {
            await().until(() -> out.toString(UTF_8).contains("enter alice"));
            await().until(() -> other.toString(UTF_8).contains("enter bob"));
            assertThat(alice.name() + bob.name()).isEqualTo("alicebob");
        }
        assertThat(out.toString(UTF_8)).doesNotContain("bob");
        assertThat(other.toString(UTF_8)).doesNotContain("alice");
    }

    @Test
    void anOutputThatTakesNothingHoldsUpNobody() throws Exception {
        CountDownLatch stuck = new CountDownLatch(1);
        CountDownLatch free = new CountDownLatch(1);
        OutputStream stubborn = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int from, int count) throws IOException {
                if (new String(bytes, from, count, UTF_8).contains("alice")) {
                    stuck.countDown();
                    try {
                        free.await();
                    } catch (InterruptedException ended) {
                        throw new IOException(ended);
                    }
                }
            }
        };
        Logs logs = new Logs(Logged.MESSAGES, true, false);
        try (ServerApp server = ServerApp.start(
                settings(logs), InputStream.nullInputStream(), new PrintStream(stubborn, true, UTF_8))) {
            try (ChatClient alice = connect(server, "alice");
                    ChatClient bob = connect(server, "bob")) {
                ChatRoom lobby = alice.enter("lobby", message -> {});
                stuck.await();
                for (int i = 1; i <= 100; i++) {
                    assertThat(lobby.say("hello").join().seq()).isEqualTo(i);
                }
                assertThat(bob.enter("lobby", message -> {}).memberCount()).isEqualTo(2);
            } finally {
                free.countDown();
            }
        }
    }
}
