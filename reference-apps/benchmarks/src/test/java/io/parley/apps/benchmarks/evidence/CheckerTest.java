package io.parley.apps.benchmarks.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CheckerTest {
    private static final long ANN = 1;
    private static final long BOB = 2;

    private final List<Said> saidByAnn = new ArrayList<>();
    private final List<Said> saidByBob = new ArrayList<>();
    private final List<Evidence.Shown> right = new ArrayList<>();

    /** Ann says three messages and bob two; all are acknowledged. */
    @BeforeEach
    void talk() {
        say(saidByAnn, "ann", ANN);
        say(saidByBob, "bob", BOB);
        say(saidByAnn, "ann", ANN);
        say(saidByBob, "bob", BOB);
        say(saidByAnn, "ann", ANN);
    }

    private void say(List<Said> all, String name, long author) {
        Said next = new Said(all.size(), name + " " + all.size());
        all.add(next);
        right.add(new Evidence.Shown(right.size() + 1, author, next.text()));
        next.acknowledged(right.size());
    }

    /** What is found when bob is shown something else than ann. */
    private Map<Checker.Wrong, Integer> found(Consumer<List<Evidence.Shown>> fault) {
        List<Evidence.Shown> shown = new ArrayList<>(right);
        fault.accept(shown);
        Checker checker = Checker.of(List.of(
                new Evidence("room", "ann", ANN, saidByAnn, right),
                new Evidence("room", "bob", BOB, saidByBob, shown)));
        Map<Checker.Wrong, Integer> wrong = new TreeMap<>(checker.counts());
        wrong.values().removeIf(count -> count == 0);
        assertThat(checker.isClean()).isEqualTo(wrong.isEmpty());
        assertThat(checker.examples())
                .hasSize(wrong.values().stream().mapToInt(Integer::intValue).sum());
        return wrong;
    }

    @Test
    void whatIsRightIsClean() {
        assertThat(found(shown -> {})).isEmpty();
    }

    @Test
    void aLostMessageIsFound() {
        assertThat(found(shown -> shown.remove(2))).isEqualTo(Map.of(Checker.Wrong.LOST, 1));
    }

    @Test
    void aMessageWithoutAnOutcomeThatOneMemberMissesIsFound() {
        saidByAnn.get(1).failed(true);
        assertThat(found(shown -> shown.remove(2))).isEqualTo(Map.of(Checker.Wrong.PARTLY_SHOWN, 1));
    }

    @Test
    void aDoubledMessageIsFound() {
        assertThat(found(shown -> shown.add(3, shown.get(2)))).isEqualTo(Map.of(Checker.Wrong.DOUBLED, 1));
    }

    @Test
    void aMessageThatWasKeptTwiceIsFound() {
        assertThat(found(shown -> shown.add(new Evidence.Shown(6, BOB, "bob 1"))))
                .isEqualTo(Map.of(Checker.Wrong.DOUBLED, 1));
    }

    @Test
    void messagesInAnotherOrderAreFound() {
        assertThat(found(shown -> Collections.swap(shown, 2, 3))).isEqualTo(Map.of(Checker.Wrong.REORDERED, 1));
    }

    @Test
    void messagesOfOneAuthorInAnotherOrderAreFound() {
        assertThat(found(shown -> {
                    shown.set(2, new Evidence.Shown(3, ANN, "ann 2"));
                    shown.set(4, new Evidence.Shown(5, ANN, "ann 1"));
                }))
                .isEqualTo(Map.of(
                        Checker.Wrong.OUT_OF_TURN, 1, Checker.Wrong.WRONG_RECEIPT, 2, Checker.Wrong.DIFFERENT, 2));
    }

    @Test
    void anInventedMessageIsFound() {
        assertThat(found(shown -> shown.add(new Evidence.Shown(6, ANN, "ann 3"))))
                .isEqualTo(Map.of(Checker.Wrong.INVENTED, 1));
    }

    @Test
    void aMessageUnderAnotherAuthorIsInvented() {
        assertThat(found(shown -> shown.add(new Evidence.Shown(6, BOB, "ann 1"))))
                .isEqualTo(Map.of(Checker.Wrong.INVENTED, 1));
    }

    @Test
    void aFailedMessageThatIsShownIsFound() {
        saidByAnn.get(2).failed(false);
        assertThat(found(shown -> {})).isEqualTo(Map.of(Checker.Wrong.FAILED_BUT_SHOWN, 1));
    }

    @Test
    void aMessageOfUnknownOutcomeMayBeShownAndIsCounted() {
        saidByAnn.get(2).failed(true);
        assertThat(found(shown -> {})).isEmpty();
        assertThat(Checker.unknownShown(List.of(new Evidence("room", "ann", ANN, saidByAnn, right))))
                .isEqualTo(1);
    }

    @Test
    void whatIsNotShownToAnybodyNeedsAnOutcomeOnly() {
        Said last = new Said(3, "ann 3");
        last.failed(false);
        saidByAnn.add(last);
        assertThat(found(shown -> {})).isEmpty();
    }
}
