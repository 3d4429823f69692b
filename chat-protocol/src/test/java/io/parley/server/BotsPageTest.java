package io.parley.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.client.ChatClient;
import io.parley.client.ChatRoom;
import io.parley.client.ClientListener;
import io.parley.client.RoomListener;
import io.parley.model.RoomItem;
import io.parley.policy.ChatPolicy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of docs/bots.md compile, and do what the page says. */
class BotsPageTest {
    private static final Path PAGE = Path.of("..", "docs", "bots.md");

    /** A client that notes what it hears. */
    private final class Guest implements ClientListener {
        final List<String> heard = new ArrayList<>();
        final ChatClient client;

        Guest(String name) {
            client = get(ChatClient.builder()
                    .name(name)
                    .listener(this)
                    .scheduler(script.network.scheduler())
                    .connectAsync(script.network.transport(), Script.ADDRESS));
        }

        RoomListener notes() {
            return message -> heard.add(message.sender() + ": " + message.text());
        }

        @Override
        public RoomListener onDirect(ChatRoom conversation) {
            return notes();
        }

        ChatRoom enter(String room) {
            return get(client.enterAsync(room, 0, notes()));
        }

        ChatRoom direct(String name) {
            return get(client.directAsync(name, 0, notes()));
        }

        List<String> take() {
            script.network.run();
            List<String> taken = List.copyOf(heard);
            heard.clear();
            return taken;
        }
    }

    @TempDir
    private Path folder;

    private Script script = new Script();

    private <T> T get(CompletableFuture<T> future) {
        script.network.run();
        assertThat(future).isDone();
        return future.join();
    }

    private Class<?> compiled(String name) throws Exception {
        return new PageExamples(PAGE, folder).compiled(name);
    }

    @Test
    void theEcho() throws Exception {
        Class<?> echo = compiled("EchoBot");
        Guest alice = new Guest("alice");
        ChatRoom lobby = alice.enter("lobby");
        get((CompletableFuture<?>)
                echo.getMethod("start", ChatServer.class, String.class).invoke(null, script.server, "lobby"));
        lobby.say("hello");
        assertThat(alice.take()).containsExactly("alice: hello", "echo: hello");
        alice.direct("echo").say("hi");
        assertThat(alice.take()).containsExactly("alice: hi", "echo: hi");
    }

    @Test
    void theModerator() throws Exception {
        Class<?> type = compiled("PoliteBot");
        Object polite = type.getConstructor().newInstance();
        script = new Script(builder -> builder.policy((ChatPolicy) polite));
        script.room("lobby");
        get((CompletableFuture<?>)
                type.getMethod("start", ChatServer.class, String.class).invoke(polite, script.server, "lobby"));
        Guest alice = new Guest("alice");
        Guest carol = new Guest("carol");
        ChatRoom lobby = alice.enter("lobby");
        ChatRoom hers = carol.enter("lobby");
        lobby.say("hello");
        assertThat(carol.take()).containsExactly("alice: hello");
        assertThat(alice.take()).containsExactly("alice: hello");
        for (int time = 1; time <= 3; time++) {
            lobby.say("what the Heck, darn");
            assertThat(carol.take()).containsExactly("alice: what the ****, ****");
            assertThat(alice.take())
                    .containsExactlyInAnyOrder(
                            "alice: what the ****, ****", "guard: Be polite: warning " + time + " of 3");
        }
        CompletableFuture<?> muted = lobby.say("hm");
        script.network.run();
        assertThat(muted).isCompletedExceptionally();
        hers.say("at last");
        assertThat(carol.take()).containsExactly("carol: at last");
    }

    @Test
    void theSupportDesk() throws Exception {
        script.room("staff");
        Class<?> type = compiled("SupportDesk");
        Object desk = type.getConstructor(ChatServer.class).newInstance(script.server);
        get((CompletableFuture<?>) type.getMethod("start").invoke(desk));
        Guest helper = new Guest("helper");
        helper.enter("staff");
        Guest alice = new Guest("alice");
        Guest carol = new Guest("carol");
        alice.direct("support").say("my screen is blue");
        assertThat(alice.take())
                .containsExactly("alice: my screen is blue", "support: Somebody will help you in support-1");
        assertThat(helper.take()).containsExactly("support: alice waits in support-1: my screen is blue");
        ChatRoom room = alice.enter("support-1");
        assertThat(room.topic()).isEqualTo("Help for alice");
        helper.enter("support-1").say("have you tried to turn it off?");
        assertThat(alice.take()).containsExactly("helper: have you tried to turn it off?");
        CompletableFuture<ChatRoom> stranger = carol.client.enterAsync("support-1", 0, carol.notes());
        script.network.run();
        assertThat(stranger).isCompletedExceptionally();
        assertThat(get(carol.client.rooms("", 10))).extracting(RoomItem::name).doesNotContain("support-1");
        carol.direct("support").say("mine too");
        assertThat(carol.take()).contains("support: Somebody will help you in support-2");
    }
}
