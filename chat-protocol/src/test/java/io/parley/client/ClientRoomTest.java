package io.parley.client;

import static io.parley.client.Script.codeOf;
import static io.parley.client.Script.message;
import static io.parley.client.Script.own;
import static io.parley.client.Script.says;
import static io.parley.client.Script.snapshot;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.codec.Bytes;
import io.parley.model.ErrorCode;
import io.parley.model.Tags;
import io.parley.testkit.chat.Ears;
import io.parley.wire.Ack;
import io.parley.wire.Bye;
import io.parley.wire.ClientFrame;
import io.parley.wire.Failed;
import io.parley.wire.Goaway;
import io.parley.wire.HistoryPage;
import io.parley.wire.Join;
import io.parley.wire.Joined;
import io.parley.wire.Leave;
import io.parley.wire.Left;
import io.parley.wire.Ok;
import io.parley.wire.Ping;
import io.parley.wire.Pong;
import io.parley.wire.Read;
import io.parley.wire.Rejected;
import io.parley.wire.RoomClosed;
import io.parley.wire.Say;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A client in its rooms, against a server that follows a script. */
class ClientRoomTest {
    private final Ears ears = new Ears();

    private static List<CompletableFuture<Receipt>> say(Script script, ChatRoom room, int count) {
        List<CompletableFuture<Receipt>> receipts = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            receipts.add(room.say("no " + i));
        }
        script.network.run();
        return receipts;
    }

    @Test
    void saysNoMoreAtOnceThanTheServerAllows() {
        Script script = Script.open();
        ChatRoom room = script.enter(0, ears);
        List<CompletableFuture<Receipt>> receipts = say(script, room, 10);
        assertThat(says(script.server.take())).extracting(Say::cid).containsExactly(1L, 2L, 3L, 4L);
        assertThat(says(script.tell(own(1, 1)))).extracting(Say::cid).containsExactly(5L);
        assertThat(says(script.tell(new Ack(3, Script.ROOM, 5))))
                .as("the lowest without an outcome is 2")
                .isEmpty();
        assertThat(says(script.tell(new Rejected(2, ErrorCode.MUTED, "quiet", 0))))
                .extracting(Say::body)
                .containsExactly("no 6", "no 7");
        assertThat(receipts.get(0)).isCompletedWithValue(new Receipt(1));
        assertThat(codeOf(receipts.get(1))).isEqualTo(ErrorCode.MUTED);
        assertThat(receipts.get(2)).isCompletedWithValue(new Receipt(5));
        assertThat(receipts.subList(3, 10)).noneMatch(CompletableFuture::isDone);
        script.server.abort();
        script.network.run();
        for (int i = 3; i < 10; i++) {
            assertThat(codeOf(receipts.get(i))).isEqualTo(i < 7 ? ErrorCode.UNKNOWN_OUTCOME : 0);
        }
    }

    @Test
    void tooMuchWaitingIsRefused() {
        Script script = Script.open();
        ChatRoom room = script.enter(0, ears);
        List<CompletableFuture<Receipt>> receipts = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            receipts.add(room.say("x".repeat(1_000)));
        }
        script.network.run();
        List<CompletableFuture<Receipt>> refused =
                receipts.stream().filter(CompletableFuture::isDone).toList();
        assertThat(refused).hasSizeBetween(500, 800).allMatch(one -> codeOf(one) == ErrorCode.OVERLOADED);
    }

    @Test
    void outcomesOfOthersAndOfNobodyAreIgnored() {
        Script script = Script.open();
        ChatRoom room = script.enter(0, ears);
        List<CompletableFuture<Receipt>> receipts = say(script, room, 1);
        script.tell(message(1), new Ack(9, Script.ROOM, 3), new Rejected(8, ErrorCode.MUTED, "", 0), own(2, 77));
        assertThat(receipts.get(0)).isNotDone();
        script.tell(own(3, 1), own(3, 1), new Ack(1, Script.ROOM, 9));
        assertThat(receipts.get(0)).isCompletedWithValue(new Receipt(3));
        assertThat(ears.seqs()).containsExactly(1L, 2L, 3L);
    }

    @Test
    void framesOfUnknownRoomsAreIgnored() {
        Script script = Script.open();
        script.enter(0, ears);
        script.tell(
                new io.parley.wire.Message(99, 1, 1, 1, 1, Script.BOB, "y", Tags.NONE),
                new RoomClosed(99, ErrorCode.KICKED, ""),
                new Left(500, 99),
                new Ok(500),
                new Failed(500, ErrorCode.BAD_REQUEST, "", 0),
                message(1));
        assertThat(ears.lines()).containsExactly("bob: no 1");
    }

    @Test
    void aRequestWithoutAnswerTimesOut() {
        Script script = Script.open();
        ChatRoom room = script.enter(0, ears);
        CompletableFuture<ChatRoom> entering = script.client().enterAsync("attic", 0, ears);
        CompletableFuture<?> bans = room.restrictions(0, 10);
        for (int i = 0; i < 5; i++) {
            assertThat(entering).isNotDone();
            script.tell(new Ping(i));
            script.network.advance(Duration.ofSeconds(14));
        }
        assertThat(codeOf(entering)).isEqualTo(ErrorCode.TIMEOUT);
        assertThat(codeOf(bans)).isEqualTo(ErrorCode.TIMEOUT);
        assertThat(script.closed).isNotDone();
    }

    @Test
    void aReplyOfTheWrongKindFailsTheRequestAndEndsTheConnection() {
        Script script = Script.open();
        CompletableFuture<ChatRoom> entering = script.client().enterAsync("attic", 0, ears);
        script.network.run();
        Join join = (Join) script.server.take().get(0);
        script.tell(new Ok(join.id()));
        assertThat(script.closed.join().code()).isEqualTo(ErrorCode.MALFORMED);
        assertThat(entering).isDone();
    }

    @Test
    void aMalformedPageFailsTheRequestAndEndsTheConnection() {
        Script script = Script.open();
        ChatRoom room = script.enter(0, ears);
        CompletableFuture<HistoryResult> page = room.historyBefore(0, 10);
        script.network.run();
        long id = Script.history(script.server.take()).id();
        script.tell(new HistoryPage(id, Script.ROOM, Script.EPOCH, 1, 10, false, Bytes.fromHex("400000")));
        assertThat(script.closed.join().code()).isEqualTo(ErrorCode.MALFORMED);
        assertThat(page).isDone();
    }

    @Test
    void pingIsAnsweredAndSilenceIsNot() {
        Script script = Script.open();
        assertThat(script.tell(new Ping(77))).containsExactly(new Pong(77));
        List<ClientFrame> sent = script.advance(Duration.ofSeconds(58));
        assertThat(sent).isNotEmpty().allMatch(Ping.class::isInstance);
        script.network.advance(Duration.ofSeconds(4));
        assertThat(script.closed.join().code()).isEqualTo(ErrorCode.IDLE);
    }

    @Test
    void failedWithoutIdEndsIt() {
        Script script = Script.open();
        ChatRoom room = script.enter(0, ears);
        List<CompletableFuture<Receipt>> receipts = say(script, room, 6);
        script.tell(new Failed(0, ErrorCode.REMOVED, "enough", 0));
        assertThat(script.closed.join().code()).isEqualTo(ErrorCode.REMOVED);
        assertThat(codeOf(receipts.get(0))).isEqualTo(ErrorCode.UNKNOWN_OUTCOME);
        assertThat(codeOf(receipts.get(5))).isEqualTo(ErrorCode.REMOVED);
        assertThat(ears.lines()).containsExactly("closed " + ErrorCode.REMOVED);
    }

    @Test
    void byeOfTheServerEndsIt() {
        Script script = Script.open();
        script.tell(new Bye("good night"));
        assertThat(script.closed.join()).hasMessage("good night");
    }

    @Test
    void malformedFramesEndItAndNothingHangs() {
        Script script = Script.open();
        ChatRoom room = script.enter(0, ears);
        List<CompletableFuture<Receipt>> receipts = say(script, room, 2);
        CompletableFuture<?> bans = room.restrictions(0, 10);
        script.network.run();
        script.server.sendBytes(new byte[] {0x60, 0, 0, 1, (byte) 0x80});
        script.network.run();
        assertThat(script.closed.join().code()).isEqualTo(ErrorCode.MALFORMED);
        assertThat(receipts).allMatch(CompletableFuture::isCompletedExceptionally);
        assertThat(codeOf(bans)).isEqualTo(ErrorCode.MALFORMED);
    }

    @Test
    void goawayLetsFinishAndCloses() {
        Script script = Script.open();
        ChatRoom room = script.enter(0, ears);
        List<CompletableFuture<Receipt>> receipts = say(script, room, 6);
        script.server.take();
        assertThat(says(script.tell(new Goaway(5_000, 1_000, 1_000, "maintenance"))))
                .isEmpty();
        assertThat(script.closed).isNotDone();
        CompletableFuture<Receipt> oneMore = room.say("one more");
        script.network.run();
        assertThat(codeOf(oneMore)).isEqualTo(ErrorCode.GOING_AWAY);
        script.tell(own(1, 1), own(2, 2), own(3, 3), own(4, 4));
        assertThat(script.closed).isNotDone();
        List<ClientFrame> last = script.tell(own(5, 5), own(6, 6));
        assertThat(last).hasSize(1).hasOnlyElementsOfType(Bye.class);
        assertThat(receipts).allMatch(CompletableFuture::isDone).noneMatch(CompletableFuture::isCompletedExceptionally);
        script.server.close();
        script.network.run();
        assertThat(script.closed.join().code()).isEqualTo(ErrorCode.GOING_AWAY);
        assertThat(ears.seqs()).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
    }

    @Test
    void byeIsSaidOnClosingAndAServerThatDoesNotEndIsCut() {
        Script script = Script.open();
        script.client().closeAsync();
        script.network.run();
        assertThat(script.server.take()).containsExactly(new Bye(""));
        // The peer's transport has ended the stream in order; the peer itself ends when it notices.
        assertThat(script.server.isOver()).isTrue();
        script.network.advance(Duration.ofSeconds(6));
        assertThat(script.closed.join().code()).isEqualTo(ChatException.NOT_CONNECTED);
    }

    @Test
    void leavingTellsTheEnd() {
        Script script = Script.open();
        ChatRoom room = script.enter(0, ears);
        CompletableFuture<?> leaving = room.leave();
        script.network.run();
        Leave leave = (Leave) script.server.take().get(0);
        script.tell(message(1), new Left(leave.id(), Script.ROOM), message(2));
        assertThat(leaving).isCompleted();
        assertThat(ears.lines()).containsExactly("bob: no 1", "closed " + ErrorCode.ROOM_GONE);
    }

    @Test
    void joinedAgainGoesOnWithTheNewListener() {
        Script script = Script.open();
        script.enter(0, ears);
        Ears second = new Ears();
        CompletableFuture<ChatRoom> entering = script.client().enterAsync("lobby", 0, second);
        script.network.run();
        Join join = (Join) script.server.take().get(0);
        script.tell(message(1), new Joined(join.id(), snapshot(1), false), message(2));
        assertThat(entering).isCompleted();
        assertThat(ears.seqs()).containsExactly(1L);
        assertThat(second.seqs()).containsExactly(2L);
    }

    @Test
    void tagsOverTheLimitAreRefusedBeforeTheyEndTheConnection() {
        Script script = Script.open();
        ChatRoom room = script.enter(0, ears);
        CompletableFuture<Receipt> receipt = room.say("x", Tags.of("blob", Bytes.of(new byte[200_000])));
        script.network.run();
        assertThat(script.server.take()).as("a frame over the server's limit").isEmpty();
        assertThat(codeOf(receipt)).isEqualTo(ErrorCode.TOO_LARGE);
    }

    // ---- what was read

    private static List<Long> reads(List<ClientFrame> frames) {
        return frames.stream()
                .filter(Read.class::isInstance)
                .map(frame -> ((Read) frame).seq())
                .toList();
    }

    private static Ok ok(Script script) {
        return script.server.take().stream()
                .filter(Read.class::isInstance)
                .map(frame -> new Ok(((Read) frame).id()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aMarkerThatMovesWithEachMessageIsToldOnceASecond() {
        Script script = Script.open();
        ChatRoom room = script.enter(0, ears);
        CompletableFuture<?> first = room.read(1);
        List<CompletableFuture<?>> others = new ArrayList<>();
        for (long seq = 2; seq <= 100; seq++) {
            others.add(room.read(seq));
        }
        others.add(room.read(50));
        script.network.run();
        Ok one = ok(script);
        script.tell(one);
        assertThat(first).isCompleted();
        assertThat(room.readSeq()).isEqualTo(1);
        script.network.advance(Duration.ofMillis(990));
        assertThat(reads(script.server.take())).isEmpty();
        assertThat(others).noneMatch(CompletableFuture::isDone);
        script.network.advance(Duration.ofMillis(20));
        Ok last = ok(script);
        script.tell(last);
        assertThat(others).allMatch(CompletableFuture::isDone);
        assertThat(room.readSeq()).isEqualTo(100);
        script.network.advance(Duration.ofSeconds(3));
        assertThat(reads(script.server.take())).isEmpty();
        room.read(101);
        script.network.run();
        assertThat(reads(script.server.take())).containsExactly(101L);
    }

    @Test
    void whatWasReadIsToldBeforeTheEnd() {
        Script script = Script.open();
        ChatRoom room = script.enter(0, ears);
        room.read(1);
        room.read(7);
        script.client().closeAsync();
        script.network.run();
        assertThat(reads(script.server.take())).containsExactly(1L, 7L);
    }

    @Test
    void aMarkerThatIsRefusedIsToldToAllWhoWait() {
        Script script = Script.open();
        ChatRoom room = script.enter(0, ears);
        CompletableFuture<?> first = room.read(1);
        script.network.run();
        script.tell(new Failed(ok(script).id(), ErrorCode.FORBIDDEN, "no", 0));
        CompletableFuture<?> second = room.read(2);
        CompletableFuture<?> third = room.read(3);
        script.network.advance(Duration.ofMillis(1_010));
        script.tell(new Failed(ok(script).id(), ErrorCode.FORBIDDEN, "no", 0));
        assertThat(List.of(first, second, third)).allMatch(CompletableFuture::isCompletedExceptionally);
    }
}
