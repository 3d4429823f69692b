package io.parley.transport.nio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The transitions of a connection, every pair of states. */
class NioStateTest {
    /** The drawing in NioState, but for those to CLOSED. */
    private static final Set<String> ALLOWED = Set.of(
            "CONNECTING HANDSHAKING",
            "HANDSHAKING OPEN",
            "OPEN DRAINING",
            "DRAINING DRAINING_INPUT_ENDED",
            "DRAINING ENDING",
            "DRAINING_INPUT_ENDED ENDING_INPUT_ENDED",
            "ENDING ENDING_INPUT_ENDED",
            "ENDING AWAITING_PEER");

    static Stream<Arguments> pairs() {
        return Stream.of(NioState.values())
                .flatMap(from -> Stream.of(NioState.values()).map(to -> Arguments.of(from, to)));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void changesAsDrawnAndInNoOtherWay(NioState from, NioState to) {
        boolean allowed =
                to == NioState.CLOSED ? from != NioState.CLOSED : ALLOWED.contains(from.name() + " " + to.name());
        assertThat(from.canBecome(to)).isEqualTo(allowed);
        LoopEntry entry = entryIn(from);
        if (allowed) {
            entry.moveTo(to);
            assertThat(entry.state()).isEqualTo(to);
        } else {
            assertThatThrownBy(() -> entry.moveTo(to))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage(from + " cannot become " + to);
            assertThat(entry.state()).isEqualTo(from);
        }
    }

    @ParameterizedTest
    @EnumSource(NioState.class)
    void eventsLeadToStatesThatAreAllowed(NioState state) {
        if (state.isReading()) {
            assertThat(state.canBecome(state.afterInputEnd())).isTrue();
            assertThat(state.afterInputEnd().isReading()).isFalse();
        }
        if (state.afterDrain() != state) {
            assertThat(state.canBecome(state.afterDrain())).isTrue();
            assertThat(state.afterDrain().isEnding()).isTrue();
        }
        if (state.isEnding()) {
            assertThat(state.canBecome(state.afterOutputEnd())).isTrue();
            assertThat(state.isWriting()).isFalse();
        }
        if (state.isReading() || state.isWriting() || state.isEnding()) {
            assertThat(state.isEstablished()).isTrue();
        }
    }

    /** An entry that has come to a state by the shortest way. */
    private static LoopEntry entryIn(NioState goal) {
        Deque<List<NioState>> ways = new ArrayDeque<>(List.of(List.of(NioState.CONNECTING)));
        while (true) {
            List<NioState> way = ways.remove();
            NioState last = way.get(way.size() - 1);
            if (last == goal) {
                LoopEntry entry = new LoopEntryTest.Entry();
                way.subList(1, way.size()).forEach(entry::moveTo);
                return entry;
            }
            for (NioState next : NioState.values()) {
                if (last.canBecome(next)) {
                    List<NioState> longer = new ArrayList<>(way);
                    longer.add(next);
                    ways.add(longer);
                }
            }
        }
    }
}
