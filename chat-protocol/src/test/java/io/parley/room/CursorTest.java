package io.parley.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.log.Chunk;
import io.parley.log.LogProbe;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One cursor in one log: runs and gaps. */
class CursorTest {
    private final TestHub test = TestHub.create();
    private Peer alice;
    private Peer bob;
    private Reader speaker;
    private Reader reader;
    private Subscription cursor;

    @BeforeEach
    void joinBoth() {
        test.room("lobby");
        alice = test.guest("alice");
        bob = test.guest("bob");
        speaker = alice.join("lobby");
        reader = bob.join("lobby");
        cursor = reader.subscription();
        test.pass(1_000);
        test.hub.tick();
        reader.read();
    }

    private void say(int count, int padding) {
        for (int i = 0; i < count; i++) {
            speaker.say("-".repeat(padding)).seq();
        }
    }

    private static String run(Subscription cursor) {
        return new String(prepared(cursor, 1).array(), cursor.offset(), cursor.remaining(), StandardCharsets.UTF_8);
    }

    private static Chunk prepared(Subscription cursor, int maxBytes) {
        Chunk run = cursor.prepare(maxBytes);
        assertThat(run).isNotNull();
        return run;
    }

    private int entryLength() {
        prepared(cursor, 1);
        return cursor.remaining();
    }

    @Test
    void hasNothingToReadAtFirst() {
        assertThat(cursor.prepare(100)).isNull();
        assertThat(cursor.isLost()).isFalse();
        assertThat(cursor.isEnded()).isFalse();
        assertThat(cursor.hasRun()).isFalse();
        assertThat(cursor.lastSeq()).isZero();
        assertThat(cursor.remaining()).isZero();
        assertThatThrownBy(() -> cursor.advance(LogProbe.chunk(8), 1)).isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 49, 50, 51, 100, 149, 1_000, Integer.MAX_VALUE})
    void runsEndWhereEntriesEnd(int maxBytes) {
        say(60, 40); // "#n alice: " + 40 + newline: 50 or 51 bytes
        long last = 0;
        for (Chunk chunk = cursor.prepare(maxBytes); chunk != null; chunk = cursor.prepare(maxBytes)) {
            String run = new String(chunk.array(), cursor.offset(), cursor.remaining(), StandardCharsets.UTF_8);
            assertThat(run).startsWith("#" + (last + 1) + " ").endsWith("-\n");
            int entries = (int) run.chars().filter(c -> c == '\n').count();
            assertThat(run.length() <= maxBytes || entries == 1).isTrue();
            last += entries;
            cursor.advance(chunk, cursor.remaining());
            assertThat(cursor.lastSeq()).isEqualTo(last);
            assertThat(cursor.hasRun()).isFalse();
        }
        assertThat(last).isEqualTo(60);
    }

    @Test
    void prepareKeepsTheRunUnderWay() {
        say(2, 10);
        Chunk run = prepared(cursor, 1_000);
        int length = cursor.remaining();
        say(5, 10);
        cursor.advance(run, 1);
        assertThat(cursor.prepare(1_000)).isSameAs(run);
        assertThat(cursor.remaining()).isEqualTo(length - 1);
        assertThat(cursor.lastSeq()).isZero();
    }

    @Test
    void shortenEndsTheRunAtTheNextEntry() {
        say(3, 20);
        int length = entryLength();
        for (int read = 0; read <= 3 * length; read++) {
            Reader one = test.guest("reader" + read).join("lobby");
            Subscription fresh = one.subscription();
            long before = test.hub.rooms().get(0).head();
            say(3, 20); // numbers of one digit become two: measure again
            Chunk chunk = prepared(fresh, 1 << 15);
            String run = new String(chunk.array(), fresh.offset(), fresh.remaining(), StandardCharsets.UTF_8);
            List<Integer> ends = ends(run);
            int taken = Math.min(read, run.length() - 1);
            if (taken > 0) {
                fresh.advance(chunk, taken);
            }
            fresh.shorten();
            int next = ends.stream().filter(end -> end >= taken).findFirst().orElseThrow();
            assertThat(fresh.hasRun()).isEqualTo(next > taken);
            if (next > taken) {
                assertThat(fresh.remaining()).isEqualTo(next - taken);
                fresh.advance(chunk, next - taken);
            }
            assertThat(fresh.hasRun()).isFalse();
            assertThat(fresh.lastSeq()).isEqualTo(before + numbered(run.substring(0, next)));
            one.leave();
        }
    }

    private static List<Integer> ends(String run) {
        List<Integer> ends = new ArrayList<>(List.of(0));
        for (int i = 0; i < run.length(); i++) {
            if (run.charAt(i) == '\n') {
                ends.add(i + 1);
            }
        }
        return ends;
    }

    private static long numbered(String text) {
        return text.lines().filter(line -> line.startsWith("#")).count();
    }

    @Test
    void shortenWithoutARunDoesNothing() {
        say(1, 10);
        cursor.shorten();
        assertThat(cursor.hasRun()).isFalse();
        assertThat(reader.read()).hasSize(1);
    }

    @Test
    void whatFellOutOfTheWindowIsReportedExactly() {
        say(400, 40);
        cursor.advance(prepared(cursor, 1), cursor.remaining());
        assertThat(LogProbe.dropOldest(cursor)).isTrue();
        assertThat(LogProbe.dropOldest(cursor)).isTrue();
        assertThat(cursor.prepare(1)).isNull();
        assertThat(cursor.isLost()).isTrue();
        assertThat(cursor.isEnded()).isFalse();
        Subscription.Gap gap = cursor.skip();
        assertThat(gap.from()).isEqualTo(2);
        assertThat(cursor.isLost()).isFalse();
        assertThat(cursor.lastSeq()).isEqualTo(gap.to());
        assertThat(gap.snapshot().head()).isEqualTo(400);
        assertThat(gap.snapshot().memberCount()).isEqualTo(2);
        List<String> rest = reader.read();
        assertThat(rest.get(0)).startsWith("#" + (gap.to() + 1) + " ");
        assertThat(rest).hasSize((int) (400 - gap.to()));
    }

    @Test
    void aWholeWindowCanFallOut() {
        say(10, 10);
        assertThat(LogProbe.dropOldest(cursor)).isTrue();
        assertThat(reader.read()).containsExactly("GAP 1-10");
        say(1, 1);
        assertThat(reader.read()).containsExactly("#11 alice: -");
    }

    @Test
    void onlyUnnumberedEntriesLostIsAnEmptyGap() {
        speaker.room().typing(alice.user());
        assertThat(LogProbe.dropOldest(cursor)).isTrue();
        assertThat(reader.read()).containsExactly("GAP 1-0");
    }

    @Test
    void aRunBegunIsFinishedThoughTheWindowMovedOn() {
        say(5, 40);
        Chunk chunk = prepared(cursor, 120);
        int length = cursor.remaining();
        String whole = new String(chunk.array(), cursor.offset(), length, StandardCharsets.UTF_8);
        cursor.advance(chunk, 3);
        assertThat(LogProbe.dropOldest(cursor)).isTrue();
        say(5, 40);
        assertThat(cursor.prepare(120)).isSameAs(chunk);
        assertThat(run(cursor)).isEqualTo(whole.substring(3));
        cursor.advance(chunk, length - 3);
        assertThat(cursor.lastSeq()).isEqualTo(numbered(whole));
        List<String> rest = reader.read();
        assertThat(rest.get(0)).isEqualTo("GAP " + (numbered(whole) + 1) + "-5");
        assertThat(rest.get(1)).startsWith("#6 ");
        assertThat(rest).hasSize(6);
    }

    @Test
    void shortenAcrossEvictionEndsAtTheEntry() {
        say(5, 40);
        Chunk chunk = prepared(cursor, 1_000);
        cursor.advance(chunk, 3);
        assertThat(LogProbe.dropOldest(cursor)).isTrue();
        cursor.shorten();
        cursor.advance(chunk, cursor.remaining());
        assertThat(cursor.lastSeq()).isEqualTo(1);
        assertThat(reader.read()).containsExactly("GAP 2-5");
    }

    @Test
    void keepsWhatItsOwnerAttached() {
        assertThat(cursor.attachment()).isNull();
        Object mine = new Object();
        cursor.attach(mine);
        assertThat(cursor.attachment()).isSameAs(mine);
    }
}
