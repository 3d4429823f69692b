package io.parley.client;

import static io.parley.client.Script.codeOf;
import static io.parley.client.Script.gap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.model.Action;
import io.parley.model.ErrorCode;
import io.parley.model.RoomSettings;
import io.parley.model.Tags;
import io.parley.testkit.chat.Ears;
import io.parley.wire.Ack;
import io.parley.wire.ClientFrame;
import io.parley.wire.Configure;
import io.parley.wire.Configured;
import io.parley.wire.Moderate;
import io.parley.wire.Moderated;
import io.parley.wire.Rejected;
import io.parley.wire.RoomClosed;
import io.parley.wire.Say;
import io.parley.wire.ServerFrame;
import io.parley.wire.SetTopic;
import io.parley.wire.TopicChanged;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a client orders has one outcome, whatever it is: its own entry, an acknowledgement, or a refusal. */
class ClientCommandsTest {
    private static final int ROOM = Script.ROOM;

    /** Each kind of command, and the entry that it becomes. */
    enum Kind {
        SAY {
            @Override
            CompletableFuture<Receipt> order(ChatRoom room) {
                return room.say("hello");
            }

            @Override
            ClientFrame frame(long cid) {
                return new Say(ROOM, cid, "hello", Tags.NONE);
            }

            @Override
            ServerFrame entry(long seq, long origin, long cid) {
                return new io.parley.wire.Message(ROOM, seq, 1, origin, cid, Script.ALICE, "hello", Tags.NONE);
            }
        },
        SET_TOPIC {
            @Override
            CompletableFuture<Receipt> order(ChatRoom room) {
                return room.setTopic("tea");
            }

            @Override
            ClientFrame frame(long cid) {
                return new SetTopic(ROOM, cid, "tea");
            }

            @Override
            ServerFrame entry(long seq, long origin, long cid) {
                return new TopicChanged(ROOM, seq, 1, origin, cid, Script.ALICE, "tea");
            }
        },
        CONFIGURE {
            @Override
            CompletableFuture<Receipt> order(ChatRoom room) {
                return room.configure(RoomSettings.DEFAULT);
            }

            @Override
            ClientFrame frame(long cid) {
                return new Configure(ROOM, cid, RoomSettings.DEFAULT);
            }

            @Override
            ServerFrame entry(long seq, long origin, long cid) {
                return new Configured(ROOM, seq, 1, origin, cid, Script.ALICE, RoomSettings.DEFAULT);
            }
        },
        MODERATE {
            @Override
            CompletableFuture<Receipt> order(ChatRoom room) {
                return room.moderate(Action.BAN, Script.BOB.id(), Duration.ofSeconds(9), "spam");
            }

            @Override
            ClientFrame frame(long cid) {
                return new Moderate(ROOM, cid, Action.BAN.code(), Script.BOB.id(), 0, 9_000, "spam");
            }

            @Override
            ServerFrame entry(long seq, long origin, long cid) {
                int ban = Action.BAN.code();
                return new Moderated(ROOM, seq, 1, origin, cid, Script.ALICE, ban, Script.BOB, 0, 9_000, "spam");
            }
        },
        LIFT {
            @Override
            CompletableFuture<Receipt> order(ChatRoom room) {
                return room.lift(Action.UNBAN, 7, "sorry");
            }

            @Override
            ClientFrame frame(long cid) {
                return new Moderate(ROOM, cid, Action.UNBAN.code(), 0, 7, 0, "sorry");
            }

            @Override
            ServerFrame entry(long seq, long origin, long cid) {
                int unban = Action.UNBAN.code();
                return new Moderated(ROOM, seq, 1, origin, cid, Script.ALICE, unban, Script.BOB, 7, 0, "sorry");
            }
        };

        abstract CompletableFuture<Receipt> order(ChatRoom room);

        abstract ClientFrame frame(long cid);

        abstract ServerFrame entry(long seq, long origin, long cid);
    }

    private final Ears ears = new Ears();
    private final Script script = Script.open();
    private final ChatRoom room = script.enter(0, ears);

    private CompletableFuture<Receipt> order(Kind kind, long cid) {
        CompletableFuture<Receipt> receipt = kind.order(room);
        assertThat(script.sent()).containsExactly(kind.frame(cid));
        return receipt;
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void theOwnEntryIsTheOutcome(Kind kind) {
        CompletableFuture<Receipt> receipt = order(kind, 1);
        script.tell(kind.entry(1, Script.ORIGIN + 1, 1), kind.entry(2, Script.ORIGIN, 9));
        assertThat(receipt).as("another's entry, or of another command").isNotDone();
        script.tell(kind.entry(3, Script.ORIGIN, 1));
        assertThat(receipt).isCompletedWithValue(new Receipt(3));
        assertThat(ears.lines()).hasSize(3);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void anAcknowledgementIsTheOutcome(Kind kind) {
        CompletableFuture<Receipt> receipt = order(kind, 1);
        script.tell(new Ack(2, ROOM, 4));
        assertThat(receipt).isNotDone();
        script.tell(new Ack(1, ROOM, 5));
        assertThat(receipt).isCompletedWithValue(new Receipt(5));
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aRefusalIsTheOutcome(Kind kind) {
        CompletableFuture<Receipt> receipt = order(kind, 1);
        script.tell(new Rejected(1, ErrorCode.MUTED, "you are muted", 60_000));
        assertThat(codeOf(receipt)).isEqualTo(ErrorCode.MUTED);
        assertThat(receipt.handle((done, error) -> error).join())
                .isInstanceOfSatisfying(
                        ChatException.class,
                        why -> assertThat(why.retryAfterMillis()).isEqualTo(60_000));
        assertThat(order(kind, 2)).as("a refused command counts").isNotDone();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aLostConnectionLeavesTheOutcomeOpen(Kind kind) {
        CompletableFuture<Receipt> receipt = order(kind, 1);
        script.server.abort();
        script.network.run();
        assertThat(codeOf(receipt)).isEqualTo(ErrorCode.UNKNOWN_OUTCOME);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void theOutcomeIsKnownThoughTheEntryIsHeldBehindAGap(Kind kind) {
        CompletableFuture<Receipt> receipt = order(kind, 1);
        script.tell(gap(1, 20), kind.entry(21, Script.ORIGIN, 1), new RoomClosed(ROOM, ErrorCode.KICKED, "out"));
        assertThat(receipt).isCompletedWithValue(new Receipt(21));
    }

    @Test
    void allKindsShareOneCounterAndOneLimit() {
        List<CompletableFuture<Receipt>> receipts =
                List.of(Kind.values()).stream().map(kind -> kind.order(room)).toList();
        assertThat(script.sent())
                .containsExactly(
                        Kind.SAY.frame(1), Kind.SET_TOPIC.frame(2), Kind.CONFIGURE.frame(3), Kind.MODERATE.frame(4));
        assertThat(script.tell(new Rejected(2, ErrorCode.FORBIDDEN, "no", 0))).isEmpty();
        assertThat(script.tell(Kind.MODERATE.entry(1, Script.ORIGIN, 4))).isEmpty();
        assertThat(script.tell(Kind.SAY.entry(2, Script.ORIGIN, 1))).containsExactly(Kind.LIFT.frame(5));
        script.tell(Kind.CONFIGURE.entry(3, Script.ORIGIN, 3), Kind.LIFT.entry(4, Script.ORIGIN, 5));
        assertThat(receipts).allMatch(CompletableFuture::isDone);
        assertThat(receipts.get(4)).isCompletedWithValue(new Receipt(4));
    }

    @Test
    void aTextOverTheServersFrameIsNotSent() {
        String large = "x".repeat(200_000);
        assertThat(codeOf(room.setTopic(large))).isEqualTo(ErrorCode.TOO_LARGE);
        assertThat(codeOf(room.moderate(Action.KICK, 1, Duration.ZERO, large))).isEqualTo(ErrorCode.TOO_LARGE);
        assertThat(codeOf(room.lift(Action.UNMUTE, 1, large))).isEqualTo(ErrorCode.TOO_LARGE);
        assertThat(script.sent()).isEmpty();
        assertThat(order(Kind.SAY, 1)).as("no number was used up").isNotDone();
    }

    @Test
    void aRestrictionHasANumber() {
        assertThatThrownBy(() -> room.lift(Action.UNBAN, 0, "")).isInstanceOf(IllegalArgumentException.class);
        assertThat(script.sent()).isEmpty();
    }
}
