package io.parley.gateway;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.room.Hub;
import io.parley.transport.memory.MemoryAddress;
import io.parley.transport.memory.MemoryNetwork;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is here, and whose turn it is. */
class AttachmentsTest {
    private static final int TURNS = 4;

    private final Connections connections =
            ByteGateway.connections(Hub.builder().build(), MemoryNetwork.seeded(7));
    private final Attachments attachments = new Attachments();

    private Attachment attachment(MemoryAddress from) {
        return (Attachment)
                requireNonNull(connections.acceptor(new ByteGateway()).accept(from));
    }

    private Attachment come() {
        Attachment attachment = attachment(new MemoryAddress("somebody"));
        attachments.add(attachment);
        return attachment;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 16, 17, 64})
    void fewHaveTheirTurnEachTime(int count) {
        Set<Attachment> here = new HashSet<>();
        for (int i = 0; i < count; i++) {
            here.add(come());
        }
        for (int i = 0; i < 3; i++) {
            assertThat(attachments.turn(TURNS)).containsExactlyInAnyOrderElementsOf(here);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {65, 66, 67, 68, 1000})
    void aRoundHasEverybodyOnceAndThoseWhoCameTogetherInDifferentTurns(int count) {
        List<Attachment> here = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            here.add(come());
        }
        for (int round = 0; round < 3; round++) {
            List<Attachment> seen = new ArrayList<>();
            for (int i = 0; i < TURNS; i++) {
                List<Attachment> turn = attachments.turn(TURNS);
                assertThat(turn).hasSizeBetween(count / TURNS, count / TURNS + 1);
                assertThat(turn).containsAnyElementsOf(here.subList(0, TURNS));
                seen.addAll(turn);
            }
            assertThat(seen).hasSize(count).containsExactlyInAnyOrderElementsOf(here);
        }
        assertThat(attachments.all()).containsExactlyElementsOf(here);
        assertThat(attachments.size()).isEqualTo(count);
    }

    @Test
    void whoHasGoneIsGoneOnce() {
        Attachment one = come();
        Attachment other = come();
        assertThat(attachments.remove(one)).isTrue();
        assertThat(attachments.remove(one)).isFalse();
        assertThat(attachments.all()).containsExactly(other);
        assertThat(attachments.remove(attachment(new MemoryAddress("never here"))))
                .isFalse();
    }

    /** Others come and go between the turns: who stays has one in two rounds at the latest. */
    @Test
    void nobodyIsForgottenWhileOthersComeAndGo() {
        Random random = new Random(42);
        List<Attachment> here = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            here.add(come());
        }
        for (int i = 0; i < 200; i++) {
            Set<Attachment> staying = new HashSet<>(here);
            Set<Attachment> seen = new HashSet<>();
            for (int turn = 0; turn < 2 * TURNS; turn++) {
                seen.addAll(attachments.turn(TURNS));
                for (int gone = random.nextInt(3); gone > 0; gone--) {
                    Attachment one = here.remove(random.nextInt(here.size()));
                    staying.remove(one);
                    assertThat(attachments.remove(one)).isTrue();
                }
                for (int come = random.nextInt(3); come > 0; come--) {
                    here.add(come());
                }
            }
            assertThat(seen).containsAll(staying);
        }
        assertThat(attachments.all()).containsExactlyInAnyOrderElementsOf(here);
    }

    @Test
    void allCanGo() {
        List<Attachment> here = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            here.add(come());
        }
        here.forEach(one -> assertThat(attachments.remove(one)).isTrue());
        assertThat(attachments.size()).isZero();
        assertThat(attachments.turn(TURNS)).isEmpty();
        come();
        assertThat(attachments.all()).hasSize(1);
    }
}
