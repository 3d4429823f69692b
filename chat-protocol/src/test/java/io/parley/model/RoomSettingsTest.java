package io.parley.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.codec.ByteReader;
import io.parley.codec.Bytes;
import io.parley.codec.MalformedException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an owner can set: its values, and its bytes. */
class RoomSettingsTest {

    private static RoomSettings decode(String hex) {
        byte[] bytes = Bytes.fromHex(hex).toArray();
        ByteReader reader = new ByteReader();
        reader.over(bytes, 0, bytes.length);
        return RoomSettings.decode(reader);
    }

    private static String encode(RoomSettings settings) {
        ByteBuffer into = ByteBuffer.allocate(32);
        settings.encode(into);
        byte[] bytes = new byte[into.flip().remaining()];
        into.get(bytes);
        return Bytes.of(bytes).hex();
    }

    @ParameterizedTest
    @CsvSource({
        "03000000, false, false, 0, FULL",
        "03010000, true, false, 0, FULL",
        "03020500, false, true, 5, FULL",
        "03030501, true, true, 5, COUNT"
    })
    void theFirstNumberIsASetOfBits(String hex, boolean inviteOnly, boolean hidden, int limit, PresenceMode presence) {
        RoomSettings settings = decode(hex);
        assertThat(settings)
                .isEqualTo(RoomSettings.DEFAULT
                        .withInviteOnly(inviteOnly)
                        .withHidden(hidden)
                        .withMemberLimit(limit)
                        .withPresence(presence));
        assertThat(encode(settings)).isEqualTo(hex);
    }

    @Test
    void bitsOfALaterVersionAreIgnored() {
        assertThat(decode("03070000")).isEqualTo(decode("03030000"));
        assertThat(decode("07ffffffff070000")).isEqualTo(decode("03030000"));
        assertThatThrownBy(() -> decode("0481000000")).isInstanceOf(MalformedException.class);
    }

    @Test
    void eachChangeKeepsTheRest() {
        RoomSettings all = RoomSettings.DEFAULT
                .withHidden(true)
                .withInviteOnly(true)
                .withMemberLimit(7)
                .withPresence(PresenceMode.OFF);
        assertThat(all).isEqualTo(new RoomSettings(true, 7, PresenceMode.OFF, true));
        assertThat(all.withHidden(false)).isEqualTo(new RoomSettings(true, 7, PresenceMode.OFF));
        assertThat(all.withMemberLimit(-1).memberLimit()).isZero();
        assertThat(all).hasToString("ROOM_SETTINGS inviteOnly=true hidden=true memberLimit=7 presence=OFF");
    }
}
