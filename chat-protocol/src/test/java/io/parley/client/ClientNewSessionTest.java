package io.parley.client;

import static io.parley.client.Script.codeOf;
import static io.parley.client.Script.gap;
import static io.parley.client.Script.history;
import static io.parley.client.Script.message;
import static io.parley.client.Script.numbers;
import static io.parley.client.Script.only;
import static io.parley.client.Script.own;
import static io.parley.client.Script.page;
import static io.parley.client.Script.says;
import static io.parley.client.Script.snapshot;
import static io.parley.client.Script.welcome;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.model.ErrorCode;
import io.parley.model.Member;
import io.parley.model.People;
import io.parley.model.Role;
import io.parley.model.RoomKind;
import io.parley.model.RoomSettings;
import io.parley.model.Tags;
import io.parley.testkit.chat.Ears;
import io.parley.wire.Ack;
import io.parley.wire.ClientFrame;
import io.parley.wire.Direct;
import io.parley.wire.Failed;
import io.parley.wire.Join;
import io.parley.wire.Joined;
import io.parley.wire.Members;
import io.parley.wire.Opened;
import io.parley.wire.RoomClosed;
import io.parley.wire.RoomSnapshot;
import io.parley.wire.Say;
import io.parley.wire.Since;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Another session after a lost connection: rooms are entered anew, and nothing is said twice or in another order. */
class ClientNewSessionTest {
    private static final long NEXT = 43;

    private final List<String> told = new ArrayList<>();
    private final Ears heard = new Ears();
    private final RoomListener ears = new RoomListener() {
        @Override
        public void onMessage(Message message) {
            told.add(message.kind() + " " + message.seq());
            heard.onMessage(message);
        }

        @Override
        public void onLost(long fromSeq, long toSeq) {
            told.add("lost " + fromSeq + "-" + toSeq);
        }

        @Override
        public void onReset(long epoch) {
            told.add("reset " + epoch);
        }

        @Override
        public void onClosed(ChatException why) {
            told.add("closed " + why.code());
        }
    };
    private final Script script = Script.lasting();

    private ChatRoom enter(long head) {
        CompletableFuture<ChatRoom> entering = script.client().enterAsync("lobby", 0, ears);
        long id = only(Join.class, script.sent()).id();
        script.tell(new Joined(id, snapshot(head), false));
        return entering.join();
    }

    private List<CompletableFuture<Receipt>> say(ChatRoom room, int from, int to) {
        List<CompletableFuture<Receipt>> receipts = new ArrayList<>();
        for (int i = from; i <= to; i++) {
            receipts.add(room.say("say " + i));
        }
        script.sent();
        return receipts;
    }

    private static RoomSnapshot numbered(int number, long epoch, long head) {
        return new RoomSnapshot(
                number,
                RoomKind.ROOM,
                "lobby",
                epoch,
                head,
                1,
                "",
                Role.MEMBER,
                RoomSettings.DEFAULT,
                1,
                List.of(),
                0,
                0);
    }

    private static io.parley.wire.Message entry(int room, long seq, long origin, long cid) {
        return new io.parley.wire.Message(room, seq, 1, origin, cid, Script.ALICE, "x", Tags.NONE);
    }

    private static List<String> bodies(List<ClientFrame> frames) {
        return says(frames).stream().map(say -> say.cid() + " " + say.body()).toList();
    }

    @Test
    void roomsAreEnteredFromWhereTheyWere() {
        ChatRoom room = enter(10);
        script.tell(message(11));
        Join join = only(Join.class, script.restart(NEXT));
        assertThat(join.room()).isEqualTo("lobby");
        assertThat(join.since()).isEqualTo(new Since(Script.EPOCH, 11));
        script.tell(new Joined(join.id(), numbered(5, Script.EPOCH, 12), true), entry(5, 12, 9, 1), entry(5, 13, 9, 2));
        assertThat(told).containsExactly("LIVE 11", "CATCH_UP 12", "LIVE 13");
        room.say("by the new number");
        assertThat(only(Say.class, script.sent()).room()).isEqualTo(5);
        assertThat(script.client().origin()).isEqualTo(NEXT);
    }

    @Test
    void nobodyIsToldOfItselfUnderAnotherId() {
        Ears lines = new Ears();
        script.client().enterAsync("lobby", 0, lines);
        script.tell(new Joined(only(Join.class, script.sent()).id(), with(Script.ORIGIN, "bob"), false));
        Join join = only(Join.class, script.restart(NEXT));
        script.tell(new Joined(join.id(), with(NEXT, "zoe"), true));
        assertThat(lines.lines()).containsExactlyInAnyOrder("left bob", "joined zoe");
    }

    private static RoomSnapshot with(long self, String other) {
        return snapshot(
                0,
                1,
                Role.MEMBER,
                new Member(People.guest(self, "alice"), Role.MEMBER),
                new Member(People.guest(other.hashCode(), other), Role.MEMBER));
    }

    @Test
    void whatTheRoomHasIsDoneAndTheRestIsSaidAgainBeforeNewerWords() {
        ChatRoom room = enter(0);
        List<CompletableFuture<Receipt>> receipts = say(room, 1, 6);
        Join join = only(Join.class, script.restart(NEXT));
        List<CompletableFuture<Receipt>> newer = say(room, 7, 7);
        List<ClientFrame> sent = script.tell(
                new Joined(join.id(), numbered(5, Script.EPOCH, 3), true),
                entry(5, 1, Script.ORIGIN, 1),
                entry(5, 2, Script.ORIGIN, 2));
        assertThat(bodies(sent)).as("one entry of the backlog is still to come").isEmpty();
        assertThat(receipts.get(1)).isCompletedWithValue(new Receipt(2));
        sent = script.tell(entry(5, 3, 77, 3));
        assertThat(bodies(sent)).containsExactly("1 say 3", "2 say 4", "3 say 5", "4 say 6");
        sent = script.tell(entry(5, 4, NEXT, 1));
        assertThat(bodies(sent)).containsExactly("5 say 7");
        script.tell(new Ack(2, 5, 5), new Ack(3, 5, 6), new Ack(4, 5, 7), new Ack(5, 5, 8));
        assertThat(receipts).allMatch(CompletableFuture::isDone).noneMatch(CompletableFuture::isCompletedExceptionally);
        assertThat(newer.get(0)).isCompletedWithValue(new Receipt(8));
        assertThat(heard.messages()).extracting(Message::own).containsExactly(true, true, false, true);
    }

    @Test
    void whatWasOvertakenIsNotSaidAgain() {
        List<CompletableFuture<Receipt>> receipts = say(enter(0), 1, 3);
        Join join = only(Join.class, script.restart(NEXT));
        List<ClientFrame> sent =
                script.tell(new Joined(join.id(), numbered(5, Script.EPOCH, 1), true), entry(5, 1, Script.ORIGIN, 2));
        assertThat(bodies(sent)).containsExactly("1 say 3");
        assertThat(codeOf(receipts.get(0))).isEqualTo(ErrorCode.NOT_SAID);
        assertThat(receipts.get(1)).isCompletedWithValue(new Receipt(1));
    }

    @Test
    void whatLiesInAGapIsLookedFor() {
        List<CompletableFuture<Receipt>> receipts = say(enter(0), 1, 2);
        Join join = only(Join.class, script.restart(NEXT));
        List<ClientFrame> sent = script.tell(new Joined(join.id(), snapshot(20), true), gap(1, 20), message(21));
        sent = script.tell(page(history(sent).id(), 1, true, own(1, 1), message(2)));
        assertThat(bodies(sent)).isEmpty();
        sent = script.tell(page(history(sent).id(), 3, 20, 1, false));
        assertThat(bodies(sent)).containsExactly("1 say 2");
        assertThat(receipts.get(0)).isCompletedWithValue(new Receipt(1));
        assertThat(heard.seqs()).isEqualTo(numbers(1, 21));
    }

    @Test
    void whatMayHaveBeenLostWithAGapIsUnknown() {
        List<CompletableFuture<Receipt>> receipts = say(enter(0), 1, 2);
        Join join = only(Join.class, script.restart(NEXT));
        List<ClientFrame> sent = script.tell(new Joined(join.id(), snapshot(20), true), gap(1, 20));
        sent = script.tell(page(history(sent).id(), 10, 20, 10, false));
        assertThat(bodies(sent)).isEmpty();
        assertThat(receipts).allMatch(receipt -> codeOf(receipt) == ErrorCode.UNKNOWN_OUTCOME);
        assertThat(told).contains("lost 1-9");
    }

    @Test
    void withoutRecoveryTheOutcomeIsUnknownAndTheGapIsFilled() {
        ChatRoom room = enter(10);
        script.tell(message(11));
        List<CompletableFuture<Receipt>> receipts = say(room, 1, 5);
        Join join = only(Join.class, script.restart(NEXT));
        List<ClientFrame> sent = script.tell(new Joined(join.id(), snapshot(20), false), message(20));
        assertThat(receipts.subList(0, 4)).allMatch(receipt -> codeOf(receipt) == ErrorCode.UNKNOWN_OUTCOME);
        assertThat(bodies(sent)).as("it was never sent").containsExactly("1 say 5");
        long id = history(sent.stream()
                        .filter(io.parley.wire.History.class::isInstance)
                        .toList())
                .id();
        script.tell(page(id, 12, 20, 1, false), message(21));
        assertThat(heard.seqs()).isEqualTo(numbers(11, 21));
        assertThat(told).noneMatch(line -> line.startsWith("lost") || line.startsWith("reset"));
    }

    @Test
    void anotherEpochIsToldBeforeAnythingOfIt() {
        ChatRoom room = enter(10);
        script.tell(message(11));
        List<CompletableFuture<Receipt>> receipts = say(room, 1, 1);
        Join join = only(Join.class, script.restart(NEXT));
        script.tell(new Joined(join.id(), numbered(5, 99, 2), false), entry(5, 2, 8, 1), entry(5, 3, 8, 2));
        assertThat(told).containsExactly("LIVE 11", "reset 99", "HISTORY 2", "LIVE 3");
        assertThat(codeOf(receipts.get(0))).isEqualTo(ErrorCode.UNKNOWN_OUTCOME);
        assertThat(room.epoch()).isEqualTo(99);
        Join again = only(Join.class, restartLater());
        assertThat(again.since()).isEqualTo(new Since(99, 3));
    }

    private List<ClientFrame> restartLater() {
        script.server.abort();
        script.network.advance(Duration.ofSeconds(1));
        script.server.take();
        return script.tell(welcome(NEXT + 1, false));
    }

    @Test
    void aHeadBelowWhatWasReadIsAnotherRun() {
        enter(10);
        script.tell(message(11));
        Join join = only(Join.class, script.restart(NEXT));
        script.tell(new Joined(join.id(), snapshot(5), false), message(6));
        assertThat(told).containsExactly("LIVE 11", "reset " + Script.EPOCH, "LIVE 6");
    }

    @Test
    void aRefusedRoomIsClosed() {
        ChatRoom room = enter(0);
        List<CompletableFuture<Receipt>> receipts = say(room, 1, 5);
        CompletableFuture<?> page = room.page("", 10);
        Join join = only(Join.class, script.restart(NEXT));
        script.tell(new Failed(join.id(), ErrorCode.INVITE_ONLY, "by invitation", 0));
        assertThat(told).containsExactly("closed " + ErrorCode.INVITE_ONLY);
        assertThat(codeOf(receipts.get(0))).isEqualTo(ErrorCode.UNKNOWN_OUTCOME);
        assertThat(codeOf(receipts.get(4))).isEqualTo(ErrorCode.NOT_A_MEMBER);
        assertThat(codeOf(page)).isEqualTo(ErrorCode.NOT_A_MEMBER);
        assertThat(codeOf(say(room, 6, 6).get(0))).isEqualTo(ErrorCode.NOT_A_MEMBER);
    }

    @Test
    void aRoomThatIsUnavailableIsEnteredLater() {
        ChatRoom room = enter(0);
        say(room, 1, 1);
        Join join = only(Join.class, script.restart(NEXT));
        assertThat(script.tell(new Failed(join.id(), ErrorCode.UNAVAILABLE, "not now", 0)))
                .isEmpty();
        Join again = only(Join.class, script.advance(Duration.ofMillis(1_100)));
        assertThat(bodies(script.tell(new Joined(again.id(), snapshot(0), true))))
                .containsExactly("1 say 1");
    }

    @Test
    void requestsForARoomWaitUntilItIsEntered() {
        ChatRoom room = enter(0);
        CompletableFuture<?> page = room.page("", 10);
        script.sent();
        Join join = only(Join.class, script.restart(NEXT));
        Members asked = only(Members.class, script.tell(new Joined(join.id(), numbered(5, Script.EPOCH, 0), true)));
        assertThat(asked.room()).isEqualTo(5);
        assertThat(page).isNotDone();
    }

    /** The number of a closed room may be another's in the next session. */
    @Test
    void whatWasSentToARoomThatWasClosedIsNotSentToAnother() {
        ChatRoom room = enter(0);
        List<CompletableFuture<Receipt>> receipts = say(room, 1, 1);
        script.tell(new RoomClosed(Script.ROOM, ErrorCode.KICKED, "out"));
        assertThat(script.restart(NEXT)).isEmpty();
        assertThat(codeOf(receipts.get(0))).isEqualTo(ErrorCode.UNKNOWN_OUTCOME);
    }

    @Test
    void twoLossesInARow() {
        ChatRoom room = enter(0);
        List<CompletableFuture<Receipt>> receipts = say(room, 1, 2);
        only(Join.class, script.restart(NEXT));
        Join join = only(Join.class, restartLater());
        List<ClientFrame> sent =
                script.tell(new Joined(join.id(), numbered(5, Script.EPOCH, 1), true), entry(5, 1, Script.ORIGIN, 1));
        assertThat(bodies(sent)).containsExactly("1 say 2");
        assertThat(receipts.get(0)).isCompletedWithValue(new Receipt(1));
    }

    @Test
    void conversationsAreEnteredByTheIdOfTheOther() {
        CompletableFuture<ChatRoom> entering = script.client().directAsync(Script.BOB.id(), 0, ears);
        long id = only(Direct.class, script.sent()).id();
        RoomSnapshot first = conversation(9, 0);
        script.tell(new Joined(id, first, false));
        ChatRoom conversation = entering.join();
        Direct direct = only(Direct.class, script.restart(NEXT));
        assertThat(direct.user()).isEqualTo(Script.BOB.id());
        assertThat(direct.since()).isEqualTo(new Since(1, 0));
        script.tell(new Opened(conversation(12, 1)), entry(12, 1, 5, 1));
        assertThat(told).as("it comes with the answer").isEmpty();
        script.tell(new Joined(direct.id(), conversation(12, 1), true), entry(12, 1, 5, 1));
        assertThat(told).containsExactly("CATCH_UP 1");
        conversation.say("hello");
        assertThat(only(Say.class, script.sent()).room()).isEqualTo(12);
    }

    private static RoomSnapshot conversation(int number, long head) {
        return new RoomSnapshot(
                number,
                RoomKind.DIRECT,
                "bob",
                1,
                head,
                1,
                "",
                Role.MEMBER,
                RoomSettings.DEFAULT,
                1,
                List.of(),
                Script.BOB.id(),
                0);
    }
}
