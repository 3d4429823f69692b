package io.parley.client;

import static io.parley.client.Script.gap;
import static io.parley.client.Script.history;
import static io.parley.client.Script.message;
import static io.parley.client.Script.numbers;
import static io.parley.client.Script.own;
import static io.parley.client.Script.page;
import static io.parley.client.Script.snapshot;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.codec.Bytes;
import io.parley.model.ErrorCode;
import io.parley.model.Tags;
import io.parley.testkit.chat.Ears;
import io.parley.wire.Ack;
import io.parley.wire.ClientFrame;
import io.parley.wire.Failed;
import io.parley.wire.History;
import io.parley.wire.Join;
import io.parley.wire.Joined;
import io.parley.wire.Limits;
import io.parley.wire.RoomClosed;
import io.parley.wire.Since;
import io.parley.wire.Welcome;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/**
 * How a client fills gaps: every number once and ascending, or told as lost.
 *
 * <p>(A little over 300 lines, since all of it is one story.)
 */
class ClientGapTest {
    private final Ears ears = new Ears();

    private List<String> losses() {
        return ears.lines().stream().filter(line -> line.startsWith("lost")).toList();
    }

    @Test
    void fillsAGapOfSeveralPagesWithLiveEntriesInBetween() {
        Script script = Script.open();
        script.enter(10, ears);
        History first = history(script.tell(message(11), gap(12, 500), message(501)));
        assertThat(first.after()).isEqualTo(11);
        assertThat(first.before()).isEqualTo(501);
        assertThat(first.epoch()).isEqualTo(Script.EPOCH);
        assertThat(ears.seqs()).containsExactly(11L);
        History second = history(script.tell(message(502), page(first.id(), 12, 211, 1, true), message(503)));
        assertThat(ears.seqs()).isEqualTo(numbers(11, 211));
        assertThat(second.after()).isEqualTo(211);
        History third = history(script.tell(page(second.id(), 212, 300, 1, true)));
        assertThat(script.tell(message(504), page(third.id(), 301, 500, 1, false), message(505)))
                .isEmpty();
        assertThat(ears.seqs()).isEqualTo(numbers(11, 505));
        assertThat(losses()).isEmpty();
    }

    @Test
    void aHoleWithoutAWordIsFilledToo() {
        Script script = Script.open();
        script.enter(10, ears);
        History asked = history(script.tell(message(11), message(15)));
        assertThat(asked.after()).isEqualTo(11);
        assertThat(asked.before()).isEqualTo(15);
        script.tell(page(asked.id(), 12, 14, 1, false));
        assertThat(ears.seqs()).isEqualTo(numbers(11, 15));
    }

    @Test
    void whatComesTwiceIsToldOnce() {
        Script script = Script.open();
        script.enter(10, ears);
        assertThat(script.tell(message(11), message(12), message(11), message(12), message(13)))
                .isEmpty();
        assertThat(ears.seqs()).isEqualTo(numbers(11, 13));
    }

    @Test
    void aSecondGapWhileFilling() {
        Script script = Script.open();
        script.enter(10, ears);
        History first = history(script.tell(message(11), gap(12, 100), message(101), message(102)));
        assertThat(script.tell(gap(103, 200), message(201))).isEmpty();
        History second = history(script.tell(page(first.id(), 12, 100, 1, false)));
        assertThat(second.after()).isEqualTo(100);
        assertThat(second.before()).isEqualTo(201);
        script.tell(page(second.id(), 101, 200, 1, false));
        assertThat(ears.seqs()).isEqualTo(numbers(11, 201));
        assertThat(losses()).isEmpty();
    }

    @Test
    void belowTheFloorIsLostOnceAndExactly() {
        Script script = Script.open();
        script.enter(10, ears);
        History first = history(script.tell(message(11), gap(12, 100), message(101)));
        script.tell(page(first.id(), 60, 100, 60, false));
        assertThat(ears.lines()).contains("lost 12-59");
        assertThat(losses()).hasSize(1);
        assertThat(ears.lines().indexOf("lost 12-59")).isLessThan(ears.lines().indexOf("bob: no 60"));
        assertThat(ears.seqs()).startsWith(11L, 60L).endsWith(100L, 101L).hasSize(43);
    }

    @Test
    void allOfItMayBeLost() {
        Script script = Script.open();
        script.enter(10, ears);
        History first = history(script.tell(message(11), gap(12, 100), message(101)));
        assertThat(script.tell(page(first.id(), 90_000, false))).isEmpty();
        assertThat(losses()).containsExactly("lost 12-100");
        assertThat(ears.seqs()).containsExactly(11L, 101L);
    }

    @Test
    void theFloorMayRiseBetweenPages() {
        Script script = Script.open();
        script.enter(10, ears);
        History first = history(script.tell(message(11), gap(12, 500), message(501)));
        History second = history(script.tell(page(first.id(), 12, 211, 1, true)));
        script.tell(page(second.id(), 400, 500, 400, false));
        assertThat(losses()).containsExactly("lost 212-399");
        assertThat(ears.seqs()).hasSize(200 + 1 + 101 + 1).endsWith(501L);
    }

    /** The first answer is empty because the floor rose above what was asked; the second gap is still there to be had. */
    @Test
    void anEmptyPageLosesOnlyWhatWasAskedFor() {
        Script script = Script.open();
        script.enter(10, ears);
        History first = history(script.tell(message(11), gap(12, 100), message(101)));
        script.tell(gap(102, 300), message(301));
        List<ClientFrame> next = script.tell(page(first.id(), 150, false));
        assertThat(losses()).doesNotContain("lost 12-300");
        History second = history(next);
        assertThat(second.before()).isEqualTo(301);
        script.tell(page(second.id(), 150, 300, 150, false));
        assertThat(ears.seqs()).startsWith(11L, 150L).endsWith(301L).hasSize(153);
    }

    @Test
    void triesAgainWhenTheServerSaysSo() {
        Script script = Script.open();
        script.enter(10, ears);
        History first = history(script.tell(message(11), gap(12, 100), message(101)));
        assertThat(script.tell(new Failed(first.id(), ErrorCode.UNAVAILABLE, "not now", 3_000)))
                .isEmpty();
        assertThat(script.advance(Duration.ofMillis(2_900))).isEmpty();
        History second = history(script.advance(Duration.ofMillis(200)));
        assertThat(second.after()).isEqualTo(11);
        script.tell(page(second.id(), 12, 100, 1, false));
        assertThat(ears.seqs()).isEqualTo(numbers(11, 101));
    }

    @Test
    void goesOnWhenTheServerRefusesForGood() {
        Script script = Script.open();
        script.enter(10, ears);
        History first = history(script.tell(message(11), gap(12, 100), message(101)));
        script.tell(new Failed(first.id(), ErrorCode.BAD_REQUEST, "never", 0), message(102));
        script.advance(Duration.ofSeconds(5));
        assertThat(losses()).containsExactly("lost 12-100");
        assertThat(ears.seqs()).containsExactly(11L, 101L, 102L);
    }

    @Test
    void theEndOfTheConnectionLosesNothing() {
        Script script = Script.open();
        script.enter(10, ears);
        history(script.tell(message(11), gap(12, 100), message(101)));
        script.tell(new Failed(0, ErrorCode.IDLE, "nothing was heard", 0));
        script.server.abort();
        script.network.run();
        assertThat(script.closed).isCompleted();
        assertThat(losses()).isEmpty();
        assertThat(ears.seqs()).containsExactly(11L);
    }

    @Test
    void theEndOfTheStayLosesNothingAndIsTheLastWord() {
        Script script = Script.open();
        script.enter(10, ears);
        History asked = history(script.tell(message(11), gap(12, 100), message(101)));
        script.tell(
                new RoomClosed(Script.ROOM, ErrorCode.KICKED, "out"),
                page(asked.id(), 12, 60, 1, true),
                new Failed(asked.id() + 1, ErrorCode.NOT_A_MEMBER, "you are out", 0));
        script.advance(Duration.ofSeconds(5));
        assertThat(losses()).isEmpty();
        assertThat(ears.seqs()).containsExactly(11L);
        assertThat(ears.lines()).last().asString().startsWith("closed");
    }

    @Test
    void whoseStayIsRefusedHasNothingLost() {
        Script script = Script.open();
        script.enter(10, ears);
        History asked = history(script.tell(message(11), gap(12, 100), message(101)));
        script.tell(new Failed(asked.id(), ErrorCode.NOT_A_MEMBER, "you are out", 0));
        script.tell(new RoomClosed(Script.ROOM, ErrorCode.KICKED, "out"));
        assertThat(losses()).isEmpty();
        assertThat(ears.seqs()).containsExactly(11L);
    }

    @Test
    void aPageThatDoesNotGoOnIsNotAskedForAgain() {
        Script script = Script.open();
        script.enter(10, ears);
        History asked = history(script.tell(message(11), gap(12, 100), message(101)));
        assertThat(script.tell(page(asked.id(), 1, true, message(5)))).isEmpty();
        assertThat(losses()).containsExactly("lost 12-100");
        assertThat(ears.seqs()).containsExactly(11L, 101L);
    }

    @Test
    void overTheBoundHeldTopicsAreFetchedAgain() {
        Script script = Script.open();
        script.enter(10, ears);
        History asked = history(script.tell(message(11), gap(12, 20)));
        String topic = "x".repeat(50_000);
        for (int seq = 21; seq <= 50; seq++) { // over a mebibyte as it is held
            script.tell(Script.topic(seq, topic));
        }
        History rest = history(script.tell(page(asked.id(), 12, 20, 1, false)));
        assertThat(rest.after()).isEqualTo(20);
        assertThat(rest.before()).isGreaterThan(30);
    }

    @Test
    void historyTakesWhatTheServerTakes() {
        Script script = new Script();
        Limits large = new Limits(1 << 20, 500_000, 1_000, Script.IN_FLIGHT, 200, 10, 30_000);
        script.tell(new Welcome(1, 0, Script.ORIGIN, Bytes.EMPTY, false, Script.ALICE, large, "script"));
        script.server.take();
        ChatRoom room = script.enter(10, ears);
        CompletableFuture<HistoryResult> result = room.historyBefore(0, 10);
        script.network.run();
        History asked = history(script.server.take());
        String text = "x".repeat(200_000);
        script.tell(page(
                asked.id(),
                1,
                false,
                new io.parley.wire.Message(Script.ROOM, 10, 1, 1, 1, Script.BOB, text, Tags.NONE)));
        assertThat(result).isCompleted();
        assertThat(result.join().messages()).extracting(Message::text).containsExactly(text);
    }

    @Test
    void overTheBoundHeldEntriesAreFetchedAgain() {
        Script script = Script.open();
        script.enter(10, ears);
        History asked = history(script.tell(message(11), gap(12, 100)));
        String large = "x".repeat(1_000);
        long last = 100;
        for (int i = 0; i < 1_500; i++) { // over a mebibyte as it is held
            last++;
            script.server.send(new io.parley.wire.Message(1, last, 1, 1, 1, Script.BOB, large, Tags.NONE));
        }
        script.network.run();
        assertThat(script.server.take()).isEmpty();
        long next = 12;
        for (int pages = 0; asked != null && pages < 20; pages++) {
            assertThat(asked.after()).isEqualTo(next - 1);
            long to = Math.min(asked.before() - 1, next + 199);
            List<ClientFrame> answer = script.tell(page(asked.id(), next, to, 1, to < asked.before() - 1));
            next = to + 1;
            asked = answer.isEmpty() ? null : history(answer);
        }
        assertThat(ears.seqs()).isEqualTo(numbers(11, last));
        assertThat(losses()).isEmpty();
    }

    @Test
    void ownMessagesThatAreHeldStillHaveTheirOutcomeWhenTheRoomEnds() {
        Script script = Script.open();
        ChatRoom room = script.enter(10, ears);
        CompletableFuture<Receipt> receipt = room.say("mine");
        script.network.run();
        History asked = history(script.tell(message(11), gap(12, 100)).stream()
                .filter(History.class::isInstance)
                .toList());
        script.tell(own(101, 1), new RoomClosed(Script.ROOM, ErrorCode.KICKED, "out"));
        script.tell(new Failed(asked.id(), ErrorCode.NOT_A_MEMBER, "you are out", 0));
        assertThat(receipt).isCompletedWithValue(new Receipt(101));
    }

    @Test
    void aGapOfUnnumberedEntriesAloneAsksForNothing() {
        Script script = Script.open();
        script.enter(10, ears);
        assertThat(script.tell(message(11), gap(12, 11), message(12))).isEmpty();
        assertThat(ears.seqs()).isEqualTo(numbers(11, 12));
        assertThat(losses()).isEmpty();
    }

    @Test
    void acknowledgedMessagesAreHeardFromHistory() {
        Script script = Script.open();
        ChatRoom room = script.enter(10, ears);
        CompletableFuture<Receipt> receipt = room.say("mine");
        script.network.run();
        script.server.take();
        History asked = history(script.tell(new Ack(1, Script.ROOM, 12), gap(11, 20), message(21)));
        assertThat(receipt).isCompletedWithValue(new Receipt(12));
        script.tell(page(asked.id(), 1, true, message(11), own(12, 1)));
        script.tell(page(asked.id() + 1, 13, 20, 1, false));
        assertThat(ears.seqs()).isEqualTo(numbers(11, 21));
        assertThat(ears.messages().get(1).own()).isTrue();
    }

    @Test
    void resumingWithAGapFillsItFromThePointGiven() {
        Script script = Script.open();
        CompletableFuture<ChatRoom> entering = script.client().resumeAsync("lobby", Script.EPOCH, 50, ears);
        script.network.run();
        Join join = (Join) script.server.take().get(0);
        assertThat(join.since()).isEqualTo(new Since(Script.EPOCH, 50));
        History asked = history(script.tell(new Joined(join.id(), snapshot(200), true), gap(51, 100), message(101)));
        assertThat(entering).isCompleted();
        assertThat(asked.after()).isEqualTo(50);
        script.tell(page(asked.id(), 51, 100, 1, false));
        assertThat(ears.seqs()).isEqualTo(numbers(51, 101));
    }
}
