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
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 15, 16, 17, 100})
    void aRoundHasEverybodyOnce(int count) {
        Set<ServerSession> here = new HashSet<>();
        for (int i = 0; i < count; i++) {
            here.add(come());
        }
        for (int round = 0; round < 3; round++) {
            List<ServerSession> seen = new ArrayList<>();
            int turns = 0;
            while (seen.size() < count) {
                List<ServerSession> turn = sessions.turn(TURNS);
                assertThat(turn).isNotEmpty();
                seen.addAll(turn);
                turns++;
            }
            assertThat(turns).isLessThanOrEqualTo(TURNS);
            assertThat(seen).hasSize(count).containsExactlyInAnyOrderElementsOf(here);
        }
        assertThat(sessions.all()).containsExactlyInAnyOrderElementsOf(here);
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

    /** Others come and go between the turns: who stays still has one in every round. */
    @Test
    void nobodyIsMissedWhileOthersComeAndGo() {
        Random random = new Random(42);
        List<ServerSession> here = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            here.add(come());
        }
        for (int round = 0; round < 500; round++) {
            Set<ServerSession> staying = new HashSet<>(here);
            Set<ServerSession> seen = new HashSet<>();
            int begun = sessions.size();
            for (int left = begun; left > 0; ) {
                List<ServerSession> turn = sessions.turn(TURNS);
                seen.addAll(turn);
                int gone = random.nextInt(3);
                for (int i = 0; i < gone && here.size() > 10; i++) {
                    ServerSession one = here.remove(random.nextInt(here.size()));
                    staying.remove(one);
                    assertThat(sessions.remove(one)).isTrue();
                }
                for (int i = random.nextInt(3); i > 0; i--) {
                    here.add(come());
                }
                left = sessions.due();
            }
            assertThat(seen).containsAll(staying);
        }
        assertThat(sessions.all()).containsExactlyInAnyOrderElementsOf(here);
    }
}
