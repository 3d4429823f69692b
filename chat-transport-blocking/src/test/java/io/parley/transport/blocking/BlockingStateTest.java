package io.parley.transport.blocking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.transport.Disconnect;
import io.parley.transport.Disconnect.Kind;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The transitions of a connection, every pair of states, and what races may meet. */
class BlockingStateTest {
    private static final List<BlockingState> ORDER = List.of(BlockingState.values());

    /** The drawing in BlockingState, but for those to ENDING. */
    private static final Set<String> ALLOWED = Set.of(
            "CONNECTING HANDSHAKING", "HANDSHAKING OPEN", "OPEN CLOSING", "CLOSING OUTPUT_ENDED", "ENDING CLOSED");

    private final Lifecycle lifecycle = new Lifecycle();

    static Stream<Arguments> pairs() {
        return ORDER.stream().flatMap(from -> ORDER.stream().map(to -> Arguments.of(from, to)));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void changesAsDrawnAndInNoOtherWay(BlockingState from, BlockingState to) {
        boolean allowed =
                to == BlockingState.ENDING ? !from.isEnded() : ALLOWED.contains(from.name() + " " + to.name());
        assertThat(from.canBecome(to)).isEqualTo(allowed);
        bringTo(from);
        if (allowed) {
            assertThat(lifecycle.tryMove(from, to)).isTrue();
            assertThat(lifecycle.state()).isEqualTo(to);
            assertThat(lifecycle.tryMove(from, to)).as("once more").isFalse();
        } else {
            assertThatThrownBy(() -> lifecycle.tryMove(from, to))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage(from + " cannot become " + to);
            assertThat(lifecycle.state()).isEqualTo(from);
        }
    }

    @ParameterizedTest
    @EnumSource(BlockingState.class)
    void aCloseTakesEffectWhenOpen(BlockingState state) {
        Map<BlockingState, BlockingState> after = new EnumMap<>(BlockingState.class);
        ORDER.forEach(same -> after.put(same, same));
        after.put(BlockingState.OPEN, BlockingState.CLOSING);
        bringTo(state);
        lifecycle.requestClose();
        assertThat(lifecycle.state()).isEqualTo(after.get(state));
    }

    @Test
    void aCloseBeforeItIsOpenWaits() {
        bringTo(BlockingState.HANDSHAKING);
        lifecycle.requestClose();
        assertThat(lifecycle.tryOpen()).isTrue();
        assertThat(lifecycle.state()).isEqualTo(BlockingState.CLOSING);
    }

    @Test
    void doesNotOpenWhatHasEnded() {
        bringTo(BlockingState.HANDSHAKING);
        assertThat(lifecycle.tryEnd(Disconnect.of(Kind.ABORTED))).isTrue();
        assertThat(lifecycle.tryOpen()).isFalse();
        assertThat(lifecycle.state()).isEqualTo(BlockingState.ENDING);
    }

    @Test
    void keepsTheFirstReason() {
        assertThat(lifecycle.tryEnd(Disconnect.of(Kind.ABORTED))).isTrue();
        assertThat(lifecycle.tryEnd(Disconnect.of(Kind.FAILED))).isFalse();
        assertThat(lifecycle.isEnded()).isTrue();
        assertThat(lifecycle.threadLeaves()).isTrue();
        assertThat(lifecycle.close().kind()).isEqualTo(Kind.ABORTED);
        assertThatThrownBy(lifecycle::close).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void closesAfterTheLastThread() {
        lifecycle.threadStarts();
        lifecycle.tryEnd(Disconnect.of(Kind.ABORTED));
        assertThat(lifecycle.threadLeaves()).isFalse();
        assertThatThrownBy(lifecycle::close).isInstanceOf(IllegalStateException.class);
        assertThat(lifecycle.state()).isEqualTo(BlockingState.ENDING);
        assertThat(lifecycle.threadLeaves()).isTrue();
        lifecycle.close();
        assertThat(lifecycle.state()).isEqualTo(BlockingState.CLOSED);
    }

    @Test
    void theThreadsWaitWhileItIsOpenAndThereIsNothingToDo() {
        bringTo(BlockingState.OPEN);
        lifecycle.pauseReads(true);
        assertThat(lifecycle.mayRead()).isFalse();
        assertThat(lifecycle.mayWrite()).isFalse();
        lifecycle.pauseReads(false);
        assertThat(lifecycle.mayRead()).isTrue();
        assertThat(lifecycle.requestWrite()).isTrue();
        assertThat(lifecycle.requestWrite()).isFalse();
        assertThat(lifecycle.mayWrite()).isTrue();
        lifecycle.clearWriteRequest();
        assertThat(lifecycle.mayWrite()).isFalse();
        lifecycle.pauseReads(true);
        lifecycle.requestClose();
        assertThat(lifecycle.mayRead()).isTrue();
        assertThat(lifecycle.mayWrite()).isTrue();
    }

    /** Brings the lifecycle to a state: those before ENDING follow one another. */
    private void bringTo(BlockingState goal) {
        if (goal.isEnded()) {
            lifecycle.tryMove(BlockingState.CONNECTING, BlockingState.ENDING);
            if (goal == BlockingState.CLOSED) {
                lifecycle.tryMove(BlockingState.ENDING, BlockingState.CLOSED);
            }
        } else {
            for (int n = 0; n < ORDER.indexOf(goal); n++) {
                lifecycle.tryMove(ORDER.get(n), ORDER.get(n + 1));
            }
        }
        assertThat(lifecycle.state()).isEqualTo(goal);
    }
}
