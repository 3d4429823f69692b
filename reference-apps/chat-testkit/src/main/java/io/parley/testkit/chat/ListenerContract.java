package io.parley.testkit.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.client.ChatClient;
import io.parley.client.ChatException;
import io.parley.client.ChatRoom;
import io.parley.model.Entry;
import io.parley.room.Room;
import io.parley.room.User;
import io.parley.server.ServerStats;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the listener of a server is told. */
public interface ListenerContract extends Opener {

    /** A server's listener is told everything in order. */
    @Test
    default void tellsEverythingInOrder() {
        Log log = new Log();
        try (Chat chat = Chat.open(open(), builder -> builder.listener(log))) {
            ChatClient alice = chat.guest("alice");
            ChatRoom room = chat.enter(alice, "lobby", new Ears());
            chat.fixture().await(room.say("one"));
            chat.fixture().await(room.say("two"));
            chat.fixture().await(room.leave());
            chat.enter(alice, "attic", new Ears());
            alice.close();
            chat.fixture().settle("alice has gone", () -> log.lines.contains("exit alice"));
            chat.fixture().settle("all is told", () -> log.lines.contains("entry attic 2"));
        }
        assertThat(log.lines.stream().filter(line -> !line.contains("attic")))
                .startsWith(
                        "enter alice",
                        "join lobby alice",
                        "entry lobby 1",
                        "entry lobby 2",
                        "entry lobby 3",
                        "leave lobby alice");
        assertThat(log.lines.indexOf("leave attic alice")).isLessThan(log.lines.indexOf("exit alice"));
        assertThat(log.lines.stream().filter(line -> line.contains("attic")))
                .startsWith("join attic alice", "entry attic 1", "leave attic alice");
    }

    /** A server's listener is told of connections and logins. */
    @Test
    default void tellsWhatHappensAtTheDoors() {
        Doors doors = new Doors();
        try (Chat chat = Chat.open(open(), builder -> builder.listener(doors))) {
            ChatClient alice = chat.guest("alice");
            chat.fixture().await(alice.rename("carol"));
            assertThatThrownBy(() -> chat.guest("carol")).isInstanceOf(ChatException.class);
            chat.fixture().settle("the second has gone", () -> doors.lines.size() == 5);
            chat.server().remove("carol", "enough");
            chat.fixture().settle("all is told", () -> doors.lines.size() == 7);
        }
        assertThat(doors.lines)
                .containsExactly(
                        "connect",
                        "alice is carol",
                        "connect",
                        "refused NAME_TAKEN",
                        "disconnect null",
                        "refused REMOVED",
                        "disconnect carol: enough");
    }

    /** The server counts what happens. */
    @Test
    default void countsWhatHappens() {
        try (Chat chat = Chat.open(open())) {
            ServerStats none = chat.server().stats();
            assertThat(none).isEqualTo(new ServerStats(0, 0, 0, none.windowBytes(), 0, 0, 0, 0, 0, 0));
            ChatRoom room = chat.enter(chat.guest("alice"), "lobby", new Ears());
            chat.fixture().await(room.say("x".repeat(1_000)));
            assertThatThrownBy(() -> chat.guest("alice")).isInstanceOf(ChatException.class);
            chat.fixture()
                    .settle("the second has gone", () -> chat.server().stats().connections() == 1);
            chat.fixture()
                    .settle(
                            "it is counted",
                            () -> chat.server().stats().messages() == 1
                                    && chat.server().stats().bytesOut() >= 1_000);
            ServerStats stats = chat.server().stats();
            assertThat(stats.users()).isEqualTo(1);
            assertThat(stats.rooms()).isEqualTo(1);
            assertThat(stats.messages()).isEqualTo(1);
            assertThat(stats.refused()).isEqualTo(1);
            assertThat(stats.bytesIn()).isBetween(1_000L, 2_000L);
            assertThat(stats.bytesOut()).isBetween(1_000L, 2_000L);
        }
    }

    /** A listener that wants no messages is told everything else, and messages are counted. */
    @Test
    default void whoWantsNoMessagesIsToldTheRestAndTheyCountAllTheSame() {
        Log log = new Log() {
            @Override
            public boolean wantsEntry(Room room, Entry.Sequenced entry) {
                return !(entry instanceof Entry.Message);
            }
        };
        try (Chat chat = Chat.open(open(), builder -> builder.listener(log))) {
            ChatRoom room = chat.enter(chat.guest("alice"), "lobby", new Ears());
            chat.fixture().await(room.say("two"));
            chat.fixture().await(room.setTopic("tea"));
            chat.fixture().await(room.say("four"));
            chat.fixture().await(room.setTopic("cake"));
            chat.fixture().settle("told of the last", () -> log.lines.contains("entry lobby 5"));
            assertThat(chat.server().stats().messages()).isEqualTo(2);
        }
        assertThat(log.lines.stream().filter(line -> line.startsWith("entry lobby")))
                .startsWith("entry lobby 1", "entry lobby 3", "entry lobby 5");
    }

    /** A listener that throws does no harm. */
    @Test
    default void oneThatThrowsDoesNoHarm() {
        Log broken = new Log() {
            @Override
            void note(String line) {
                super.note(line);
                throw new IllegalStateException("the listener's own fault");
            }
        };
        try (Chat chat = Chat.open(open(), builder -> builder.listener(broken))) {
            ChatRoom room = chat.enter(chat.guest("alice"), "lobby", new Ears());
            chat.fixture().await(room.say("one"));
            chat.fixture().await(room.say("two"));
            chat.fixture().settle("told all the same", () -> broken.lines.contains("entry lobby 3"));
        }
    }

    /** A listener that blocks does no harm. */
    @Test
    default void oneThatBlocksDoesNoHarm() {
        Blocked slow = new Blocked();
        ChatFixture fixture = open().threaded();
        try (Chat chat = Chat.open(fixture, builder -> builder.listener(slow))) {
            ChatRoom room = chat.enter(chat.guest("alice"), "lobby", new Ears());
            fixture.await(room.say("one"));
            fixture.await(chat.server().say("lobby", "two"));
            fixture.settle("it has been told of the first", () -> !slow.lines.isEmpty());
            assertThat(slow.lines).containsExactly("enter alice");
            slow.goOn();
            fixture.settle("told in the end", () -> slow.lines.contains("entry lobby 3"));
        } finally {
            slow.goOn();
        }
    }

    /** Each of several listeners is told everything, whatever another does; the server has ended when all have been told. */
    @Test
    default void oneListenerIsNothingToTheOthers() {
        Blocked slow = new Blocked();
        Log log = new Log();
        Log broken = new Log() {
            @Override
            void note(String line) {
                throw new IllegalStateException("the listener's own fault");
            }
        };
        ChatFixture fixture = open().threaded();
        try (Chat chat = Chat.open(
                fixture, builder -> builder.listener(slow).listener(broken).listener(log))) {
            ChatClient alice = chat.guest("alice");
            ChatRoom room = chat.enter(alice, "lobby", new Ears());
            fixture.await(room.say("one"));
            fixture.settle("told", () -> log.lines.contains("entry lobby 2"));
            assertThat(chat.server().stats().messages()).isEqualTo(1);
            CompletableFuture<@Nullable Void> down = chat.server().shutdown(Duration.ofSeconds(30));
            fixture.await(alice.closed());
            fixture.settle("told to the end", () -> log.lines.contains("exit alice"));
            assertThat(down).isNotDone();
            slow.goOn();
            fixture.await(down);
            assertThat(slow.lines).contains("entry lobby 2", "exit alice");
        } finally {
            slow.goOn();
        }
    }

    /** A listener has been told everything when the server has ended. */
    @Test
    default void hasBeenToldAllWhenTheServerHasEnded() {
        Blocked slow = new Blocked();
        ChatFixture fixture = open().threaded();
        try (Chat chat = Chat.open(fixture, builder -> builder.listener(slow))) {
            ChatClient alice = chat.guest("alice");
            chat.enter(alice, "lobby", new Ears());
            CompletableFuture<@Nullable Void> down = chat.server().shutdown(Duration.ofSeconds(30));
            fixture.await(alice.closed());
            fixture.settle("nobody is there", () -> chat.server().connections() == 0);
            assertThat(down).isNotDone();
            slow.goOn();
            fixture.await(down);
            assertThat(slow.lines).contains("enter alice", "join lobby alice", "leave lobby alice", "exit alice");
        } finally {
            slow.goOn();
        }
    }

    /** A listener that hangs delays the shutdown for a limited time only. */
    @Test
    default void aListenerThatHangsHoldsTheEndUpForAMomentOnly() {
        Blocked hanging = new Blocked();
        ChatFixture fixture = open().threaded();
        try (Chat chat = Chat.open(fixture, builder -> builder.listener(hanging))) {
            chat.guest("alice");
            fixture.await(chat.server().shutdown(Duration.ofMillis(100)));
            assertThat(chat.server().connections()).isZero();
        } finally {
            hanging.goOn();
        }
    }

    /** A listener may close the server from a callback. */
    @Test
    default void mayCloseTheServerFromACallback() {
        ChatFixture fixture = open();
        Chat[] holder = new Chat[1];
        CountDownLatch returned = new CountDownLatch(1);
        Log closing = new Log() {
            @Override
            public void onJoin(Room room, User user) {
                holder[0].server().close();
                returned.countDown();
            }
        };
        try (Chat chat = Chat.open(fixture, builder -> builder.listener(closing))) {
            holder[0] = chat;
            ChatClient alice = chat.guest("alice");
            alice.enterAsync("lobby", 0, new Ears());
            fixture.await(alice.closed());
            fixture.settle("close returned", () -> returned.getCount() == 0);
            fixture.settle("the server is closed", () -> chat.server().connections() == 0);
        }
    }
}
