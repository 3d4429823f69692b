package io.parley.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.transport.memory.MemoryAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is here, and whose turn it is. */
class SessionsTest {
    private static final int TURNS = 4;

    private final ChatServer server = new Script().server;
    private final Sessions sessions = new Sessions();

    private ServerSession come() {
        ServerSession session = new ServerSession(server, new MemoryAddress("somebody"));
        sessions.add(session);
        return session;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 16, 17, 64})
    void fewHaveTheirTurnEachTime(int count) {
        Set<ServerSession> here = new HashSet<>();
        for (int i = 0; i < count; i++) {
            here.add(come());
        }
        for (int i = 0; i < 3; i++) {
            assertThat(sessions.turn(TURNS)).containsExactlyInAnyOrderElementsOf(here);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {65, 66, 67, 68, 1000})
    void aRoundHasEverybodyOnceAndThoseWhoCameTogetherInDifferentTurns(int count) {
        List<ServerSession> here = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            here.add(come());
        }
        for (int round = 0; round < 3; round++) {
            List<ServerSession> seen = new ArrayList<>();
            for (int i = 0; i < TURNS; i++) {
                List<ServerSession> turn = sessions.turn(TURNS);
                assertThat(turn).hasSizeBetween(count / TURNS, count / TURNS + 1);
                assertThat(turn).containsAnyElementsOf(here.subList(0, TURNS));
                seen.addAll(turn);
            }
            assertThat(seen).hasSize(count).containsExactlyInAnyOrderElementsOf(here);
        }
        assertThat(sessions.all()).containsExactlyElementsOf(here);
        assertThat(sessions.size()).isEqualTo(count);
    }

    @Test
    void whoHasGoneIsGoneOnce() {
        ServerSession one = come();
        ServerSession other = come();
        assertThat(sessions.remove(one)).isTrue();
        assertThat(sessions.remove(one)).isFalse();
        assertThat(sessions.all()).containsExactly(other);
        assertThat(sessions.remove(new ServerSession(server, new MemoryAddress("never here"))))
                .isFalse();
    }

    /** Others come and go between the turns: who stays has one in two rounds at the latest. */
    @Test
    void nobodyIsForgottenWhileOthersComeAndGo() {
        Random random = new Random(42);
        List<ServerSession> here = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            here.add(come());
        }
        for (int i = 0; i < 200; i++) {
            Set<ServerSession> staying = new HashSet<>(here);
            Set<ServerSession> seen = new HashSet<>();
            for (int turn = 0; turn < 2 * TURNS; turn++) {
                seen.addAll(sessions.turn(TURNS));
                for (int gone = random.nextInt(3); gone > 0; gone--) {
                    ServerSession one = here.remove(random.nextInt(here.size()));
                    staying.remove(one);
                    assertThat(sessions.remove(one)).isTrue();
                }
                for (int come = random.nextInt(3); come > 0; come--) {
                    here.add(come());
                }
            }
            assertThat(seen).containsAll(staying);
        }
        assertThat(sessions.all()).containsExactlyInAnyOrderElementsOf(here);
    }

    @Test
    void allCanGo() {
        List<ServerSession> here = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            here.add(come());
        }
        here.forEach(one -> assertThat(sessions.remove(one)).isTrue());
        assertThat(sessions.size()).isZero();
        assertThat(sessions.turn(TURNS)).isEmpty();
        come();
        assertThat(sessions.all()).hasSize(1);
    }
}
