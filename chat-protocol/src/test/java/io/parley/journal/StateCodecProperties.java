package io.parley.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.codec.MalformedException;
import io.parley.model.RoomState;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

/** What holds for every state as bytes, and for any bytes. */
class StateCodecProperties {
    @Property(tries = 1_000, seed = "20260101")
    void stateComesBack(@ForAll Random random) {
        RoomState state = new RandomEntries(random).state(100);
        RoomState back = StateCodec.decode(StateCodec.encode(state));
        assertThat(back).isEqualTo(state);
        assertThat(List.copyOf(back.roles().keySet()))
                .isEqualTo(List.copyOf(state.roles().keySet()));
        assertThat(List.copyOf(back.bans().keySet()))
                .isEqualTo(List.copyOf(state.bans().keySet()));
        assertThat(List.copyOf(back.mutes().keySet()))
                .isEqualTo(List.copyOf(state.mutes().keySet()));
        assertThat(List.copyOf(back.invited().keySet()))
                .isEqualTo(List.copyOf(state.invited().keySet()));
        assertThatThrownBy(() -> back.bans().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Property(tries = 1_000, seed = "20260101")
    void whatIsBehindTheKnownFieldsIsSkipped(@ForAll Random random, @ForAll @Size(max = 50) byte[] more) {
        RoomState state = new RandomEntries(random).state(4);
        byte[] bytes = StateCodec.encode(state);
        byte[] longer = Arrays.copyOf(bytes, bytes.length + more.length);
        System.arraycopy(more, 0, longer, bytes.length, more.length);
        assertThat(StateCodec.decode(longer)).isEqualTo(state);
    }

    @Property(tries = 100, seed = "20260101")
    void stateCutAnywhereIsMalformed(@ForAll Random random) {
        byte[] bytes = StateCodec.encode(new RandomEntries(random).state(4));
        int step = 1 + bytes.length / 1_000;
        for (int length = 0; length < bytes.length; length += 1 + random.nextInt(step)) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> StateCodec.decode(cut))
                    .as("%d of %d bytes", length, bytes.length)
                    .isExactlyInstanceOf(MalformedException.class);
        }
    }

    @Property(tries = 20_000, seed = "20260101")
    void anyBytesAreAStateOrMalformed(@ForAll @Size(max = 200) byte[] bytes) {
        isAStateOrMalformed(bytes);
    }

    /** Damage to a state gets deeper than any bytes do. */
    @Property(tries = 5_000, seed = "20260101")
    void damagedBytesAreAStateOrMalformed(@ForAll Random random) {
        byte[] bytes = StateCodec.encode(new RandomEntries(random).state(4));
        for (int i = random.nextInt(4); i >= 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        isAStateOrMalformed(bytes);
    }

    private static void isAStateOrMalformed(byte[] bytes) {
        RoomState state;
        try {
            state = StateCodec.decode(bytes);
        } catch (MalformedException expected) {
            return;
        }
        assertThat(StateCodec.decode(StateCodec.encode(state))).isEqualTo(state);
    }
}
