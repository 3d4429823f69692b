package io.parley.sequencer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.model.RoomException;
import io.parley.model.RoomException.Reason;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class KnownCidsTest {
    /** Where a command was ordered. */
    record Placed(int room, long seq) {}

    /** A command that is judged, some numbers before the next one, and whether its entry is kept. */
    record Step(int back, int room, boolean kept) {}

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Integer> back = Arbitraries.of(0, 0, 0, 1, 2, 3, 5, 9, 20, 40);
        return back.flatMap(b -> Arbitraries.integers()
                        .between(1, 3)
                        .flatMap(room -> Arbitraries.of(true, true, true, false).map(kept -> new Step(b, room, kept))))
                .list()
                .ofMaxSize(150);
    }

    /** It answers as a map of all commands does, for those that a client may repeat. */
    @Property
    void knowsTheLastCommands(@ForAll("steps") List<Step> steps, @ForAll @IntRange(min = 1, max = 33) int window) {
        KnownCids known = new KnownCids(window);
        Map<Long, Placed> all = new HashMap<>();
        long next = 1;
        long highest = 0;
        long seq = 0;
        for (Step step : steps) {
            long cid = Math.max(1, next - step.back());
            next = Math.max(next, cid + 1);
            Object expected = expected(all, cid, step.room(), highest, window);
            assertThat(judged(known, cid, step.room())).as("cid %d", cid).isEqualTo(expected);
            if (expected.equals(0L) && cid > highest - window) {
                known.placed(cid, step.room(), ++seq);
                highest = Math.max(highest, cid);
                if (step.kept()) {
                    all.put(cid, new Placed(step.room(), seq));
                } else {
                    known.forget(cid);
                }
            }
        }
    }

    private static Object expected(Map<Long, Placed> all, long cid, int room, long highest, int window) {
        Placed there = all.get(cid);
        if (cid > highest) {
            return 0L;
        }
        if (cid <= highest - window || (there != null && there.room() != room)) {
            return Reason.UNKNOWN_OUTCOME;
        }
        if (there != null) {
            return there.seq();
        }
        boolean later = all.entrySet().stream()
                .anyMatch(one -> one.getKey() > cid && one.getValue().room() == room);
        return later ? Reason.NOT_SAID : (Object) 0L;
    }

    private static Object judged(KnownCids known, long cid, int room) {
        try {
            return known.judge(cid, room);
        } catch (RoomException no) {
            return no.reason();
        }
    }

    @Test
    void numbersLeaveNoneOut() {
        KnownCids known = new KnownCids(8);
        assertThat(known.read(2)).isFalse();
        assertThat(known.read(0)).isFalse();
        assertThat(known.read(-1)).isFalse();
        assertThat(known.read(1)).isTrue();
        assertThat(known.read(1)).as("a repetition").isTrue();
        assertThat(known.read(3)).isFalse();
        assertThat(known.read(Long.MAX_VALUE)).isFalse();
        assertThat(known.next()).isEqualTo(2);
    }

    /** A client that sends one number to two rooms at once: both judge it before either orders it. */
    @Test
    void oneNumberIsInOneRoom() {
        KnownCids known = new KnownCids(64);
        assertThat(known.judge(1, 1)).isZero();
        assertThat(known.judge(1, 2)).isZero();
        known.placed(1, 2, 7);
        assertThatThrownBy(() -> known.placed(1, 1, 9))
                .isInstanceOfSatisfying(
                        RoomException.class, why -> assertThat(why.reason()).isEqualTo(Reason.UNKNOWN_OUTCOME));
        assertThat(known.find(1)).isEqualTo(7);
        assertThat(known.find(1, 1)).isZero();
    }
}
