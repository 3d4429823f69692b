package io.parley.testkit.chat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.client.ChatClient;
import io.parley.client.ChatException;
import io.parley.client.ChatRoom;
import io.parley.client.ClientListener;
import io.parley.client.HistoryResult;
import io.parley.client.Receipt;
import io.parley.codec.Bytes;
import io.parley.gateway.GatewayOptions;
import io.parley.model.ErrorCode;
import io.parley.wire.Hello;
import io.parley.wire.ServerFrame;
import io.parley.wire.Wire;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How connections and servers end, and that each request has an outcome. */
public interface EndContract extends Opener {

    /** Closing twice is the same as closing once. */
    @Test
    default void closingIsIdempotent() {
        try (Chat chat = Chat.open(open())) {
            ChatClient alice = chat.guest("alice");
            ChatRoom room = chat.enter(alice, "lobby", new Ears());
            alice.close();
            alice.close();
            chat.fixture().await(alice.closeAsync());
            assertThat(chat.fixture().refusal(room.say("too late"))).isEqualTo(ChatException.NOT_CONNECTED);
            assertThat(chat.fixture().refusal(alice.enterAsync("attic", 0, new Ears())))
                    .isEqualTo(ChatException.NOT_CONNECTED);
            room.typing();
            chat.server().close();
            chat.server().close();
            assertThat(chat.server().connections()).isZero();
        }
    }

    /** What was sent before closing is delivered. */
    @Test
    default void whatWasSaidBeforeClosingIsSaid() {
        try (Chat chat = Chat.open(open())) {
            Ears ears = new Ears();
            chat.enter(chat.guest("bob"), "lobby", ears);
            ChatClient alice = chat.guest("alice");
            ChatRoom room = chat.enter(alice, "lobby", new Ears());
            for (int i = 0; i < 100; i++) {
                room.say("no " + i);
            }
            alice.close();
            chat.fixture().settle("alice left", () -> ears.heard("left alice"));
            assertThat(ears.count()).isEqualTo(100);
        }
    }

    /** A connection that is cut is gone soon, however much of what it sent is unread, and its name is free. */
    @Test
    default void aFloodDoesNotOutliveItsConnection() {
        ChatFixture fixture = open();
        try (Chat chat = Chat.open(
                fixture,
                builder -> builder.options(GatewayOptions.DEFAULT.toBuilder()
                        .requestsPerSecond(10)
                        .burstRequests(100)
                        .build()))) {
            Peer<ServerFrame> flooder = Peer.connect(fixture.transport(), chat.address());
            flooder.sendBytes(Wire.PREFACE.toArray())
                    .send(new Hello(1, 1, 0, "flood", Wire.GUEST, Bytes.of("mallory".getBytes(UTF_8)), Bytes.EMPTY));
            fixture.settle("logged in", () -> chat.server().hub().user("mallory") != null);
            byte[] flood = new byte[64 << 10];
            for (int i = 0; i < flood.length; i += Wire.HEADER_BYTES) {
                flood[i] = (byte) 0xFF; // an empty frame of a type that may be ignored
            }
            flooder.sendBytes(flood);
            fixture.settle("sent", () -> flooder.unsent() == 0);
            long cut = fixture.scheduler().nanoTime();
            flooder.abort();
            fixture.settle("gone", () -> chat.server().connections() == 0);
            assertThat(Duration.ofNanos(fixture.scheduler().nanoTime() - cut)).isLessThan(Duration.ofSeconds(5));
            assertThat(chat.server().hub().user("mallory")).isNull();
        }
    }

    /** Each request has an outcome when the connection is cut. */
    @Test
    default void everythingHasAnOutcomeWhenTheConnectionIsCut() {
        ChatFixture fixture = open();
        Cuttable way = new Cuttable(fixture.transport());
        HeldJournal journal = new HeldJournal();
        int inFlight = Chat.UNHURRIED.maxInFlight();
        try (Chat chat = Chat.open(fixture, builder -> builder.journal(journal))) {
            CompletableFuture<ChatException> why = new CompletableFuture<>();
            ChatClient alice = chat.client("alice")
                    .listener(new ClientListener() {
                        @Override
                        public void onClosed(ChatException reason) {
                            why.complete(reason);
                        }
                    })
                    .connect(way, chat.address());
            Ears ears = new Ears();
            ChatRoom room = chat.enter(alice, "lobby", ears);
            fixture.await(room.say("before"));
            journal.hold();
            List<CompletableFuture<Receipt>> says = new ArrayList<>();
            for (int i = 0; i < inFlight + 50; i++) {
                says.add(room.say("no " + i));
            }
            CompletableFuture<@Nullable Void> leaving = room.leave();
            CompletableFuture<ChatRoom> entering = alice.enterAsync("lobby", 0, new Ears());
            fixture.settle("the server has begun", journal::isAwaited);
            way.cut();
            fixture.await(alice.closed());
            for (int i = 0; i < says.size(); i++) {
                assertThat(fixture.refusal(says.get(i)))
                        .isEqualTo(i < inFlight ? ErrorCode.UNKNOWN_OUTCOME : ChatException.NOT_CONNECTED);
            }
            assertThat(fixture.refusal(leaving)).isEqualTo(ChatException.NOT_CONNECTED);
            assertThat(fixture.refusal(entering)).isEqualTo(ChatException.NOT_CONNECTED);
            assertThat(fixture.await(why).code()).isEqualTo(ChatException.NOT_CONNECTED);
            assertThat(ears.lines()).endsWith("closed 0");
            journal.release();
            fixture.settle("all is put away", () -> chat.server().hub().rooms().isEmpty());
        } finally {
            journal.release();
        }
    }

    /** Each request has an outcome wherever the connection is cut. */
    @Test
    default void everythingHasAnOutcomeWhenCutAnywhere() {
        ChatFixture fixture = open();
        try (Chat chat = Chat.open(fixture)) {
            for (int round = 0; round < 20; round++) {
                Cuttable way = new Cuttable(fixture.transport());
                ChatClient alice = chat.client("alice" + round).connect(way, chat.address());
                ChatRoom room = chat.enter(alice, "lobby", new Ears());
                List<CompletableFuture<Receipt>> says = new ArrayList<>();
                List<CompletableFuture<HistoryResult>> pages = new ArrayList<>();
                int most = 20 * round;
                for (int i = 0; i <= most; i++) {
                    says.add(room.say("no " + i));
                    pages.add(room.historyBefore(0, 5));
                }
                CompletableFuture<Receipt> middle = says.get(most / 2);
                middle.whenComplete((receipt, error) -> way.cut());
                fixture.await(alice.closed());
                for (CompletableFuture<Receipt> say : says) {
                    assertThat(say).isDone();
                    if (say.isCompletedExceptionally()) {
                        assertThat(fixture.refusal(say)).isIn(ErrorCode.UNKNOWN_OUTCOME, ChatException.NOT_CONNECTED);
                    }
                }
                assertThat(pages).allMatch(CompletableFuture::isDone);
            }
        }
    }

    /** A server shuts down in order. */
    @Test
    default void serverGoesAwayInOrder() {
        ChatFixture fixture = open();
        HeldJournal journal = new HeldJournal();
        try (Chat chat = Chat.open(fixture, builder -> builder.journal(journal))) {
            List<String> told = new CopyOnWriteArrayList<>();
            ClientListener listener = new ClientListener() {
                @Override
                public void onGoingAway(String reason, long reconnectAfterMillis) {
                    told.add("going away");
                }

                @Override
                public void onClosed(ChatException why) {
                    told.add("closed " + why.code());
                }
            };
            ChatClient alice = chat.guest("alice", listener);
            ChatClient idle = chat.guest("bob");
            Ears ears = new Ears();
            ChatRoom room = chat.enter(alice, "lobby", ears);
            journal.hold();
            CompletableFuture<Receipt> first = room.say("one");
            CompletableFuture<Receipt> second = room.say("two");
            fixture.settle("the server has begun", journal::isAwaited);
            CompletableFuture<@Nullable Void> down = chat.server().shutdown(Duration.ofSeconds(30));
            fixture.settle("told", () -> told.contains("going away"));
            assertThat(fixture.refusal(room.say("three"))).isEqualTo(ErrorCode.GOING_AWAY);
            fixture.await(idle.closed());
            assertThat(first).isNotDone();
            assertThat(down).isNotDone();
            journal.release();
            assertThat(fixture.await(first).seq()).isEqualTo(2);
            assertThat(fixture.await(second).seq()).isEqualTo(3);
            fixture.await(down);
            fixture.await(alice.closed());
            assertThat(told).containsExactly("going away", "closed " + ErrorCode.GOING_AWAY);
            assertThat(ears.texts()).containsExactly("one", "two");
        } finally {
            journal.release();
        }
    }

    /** A client that stays is cut at the deadline. */
    @Test
    default void whoDoesNotGoIsCutAtTheDeadline() {
        ChatFixture fixture = open();
        HeldJournal journal = new HeldJournal();
        try (Chat chat = Chat.open(fixture, builder -> builder.journal(journal))) {
            ChatClient alice = chat.guest("alice");
            ChatRoom room = chat.enter(alice, "lobby", new Ears());
            fixture.settle("alice owns it", () -> room.role() == io.parley.model.Role.OWNER);
            journal.hold();
            CompletableFuture<Receipt> never = room.say("one");
            fixture.settle("the server has begun", journal::isAwaited);
            CompletableFuture<@Nullable Void> down = chat.server().shutdown(Duration.ofMillis(100));
            fixture.await(down);
            assertThat(fixture.refusal(never)).isEqualTo(ErrorCode.UNKNOWN_OUTCOME);
            fixture.await(alice.closed());
            assertThat(chat.server().connections()).isZero();
        } finally {
            journal.release();
        }
    }

    /** Nobody connects after the shutdown. */
    @Test
    default void nobodyComesInAfterShutdown() {
        ChatFixture fixture = open();
        try (Chat chat = Chat.open(fixture)) {
            fixture.await(chat.server().shutdown(Duration.ofSeconds(1)));
            assertThat(fixture.refusal(chat.client("late").connectAsync(fixture.transport(), chat.address())))
                    .isEqualTo(ChatException.NOT_CONNECTED);
        }
    }
}
