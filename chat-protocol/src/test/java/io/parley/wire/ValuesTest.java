package io.parley.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.codec.Bytes;
import io.parley.model.Action;
import io.parley.model.ErrorCode;
import io.parley.model.PresenceMode;
import io.parley.model.Role;
import io.parley.model.RoomKind;
import io.parley.model.Tags;
import io.parley.model.UserKind;
import io.parley.model.Verdict;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ValuesTest {
    private static final Bytes ONE = Bytes.fromHex("01");
    private static final Bytes TWO = Bytes.fromHex("0202");

    @Test
    void bytesAreTheirContent() {
        byte[] array = {1, (byte) 0xFF};
        Bytes bytes = Bytes.of(array);
        array[0] = 9;
        bytes.toArray()[0] = 9;
        assertThat(bytes).isEqualTo(Bytes.fromHex("01FF")).hasSameHashCodeAs(Bytes.fromHex("01ff"));
        assertThat(bytes).isNotEqualTo(ONE).isNotEqualTo("01ff");
        assertThat(bytes.hex()).isEqualTo("01ff");
        assertThat(bytes.length()).isEqualTo(2);
        assertThat(bytes.asReadOnlyBuffer()).isEqualTo(ByteBuffer.wrap(new byte[] {1, -1}));
        assertThat(bytes.asReadOnlyBuffer().isReadOnly()).isTrue();
        assertThat(Bytes.of(new byte[0])).isSameAs(Bytes.EMPTY);
        assertThatThrownBy(() -> Bytes.fromHex("0")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Bytes.fromHex("0x")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void atMost32BytesArePrinted() {
        assertThat(Bytes.of(new byte[32])).hasToString("00".repeat(32));
        assertThat(Bytes.of(new byte[33])).hasToString("00".repeat(32) + "..+1");
    }

    @Test
    void tagsKeepTheirOrderAndTheLastValue() {
        Tags tags = Tags.of("b", ONE).with("a", ONE).with("b", TWO);
        assertThat(tags.names()).containsExactly("b", "a");
        assertThat(tags.get("b")).isEqualTo(TWO);
        assertThat(tags.get("c")).isNull();
        assertThat(tags.size()).isEqualTo(2);
        assertThat(tags)
                .isEqualTo(Tags.of("b", TWO).with("a", ONE))
                .hasSameHashCodeAs(Tags.of("b", TWO).with("a", ONE));
        assertThat(tags).isNotEqualTo(Tags.of("a", ONE).with("b", TWO)).isNotEqualTo(Tags.NONE);
        assertThat(tags.isEmpty()).isFalse();
        assertThat(Tags.NONE.isEmpty()).isTrue();
        assertThat(tags).hasToString("\"b\"=0202 \"a\"=01");
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1", "127, 0", "128, 127", "16383, 128", "16384, 16384", "2097152, 3"})
    void encodedBytesIsWhatTagsTake(int name, int value) {
        Tags tags = Tags.of("é".repeat(name), Bytes.of(new byte[value])).with("x", ONE);
        int without = new Say(1, 1, "", Tags.NONE).toBytes().length;
        assertThat(tags.encodedBytes()).isEqualTo(new Say(1, 1, "", tags).toBytes().length - without);
        assertThat(Tags.NONE.encodedBytes()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "-1, UNKNOWN",
        "0, UNKNOWN",
        "99, UNKNOWN",
        "100, RETRY",
        "199, RETRY",
        "200, REFUSED",
        "299, REFUSED",
        "300, RECONNECT",
        "399, RECONNECT",
        "400, BANNED",
        "499, BANNED",
        "500, UNKNOWN"
    })
    void verdictIsTheRanges(int code, Verdict verdict) {
        assertThat(ErrorCode.verdict(code)).isEqualTo(verdict);
    }

    @Test
    void namesOfOpenSets() throws IllegalAccessException {
        for (var field : ErrorCode.class.getFields()) {
            assertThat(ErrorCode.name(field.getInt(null))).isEqualTo(field.getName());
        }
        assertThat(ErrorCode.name(199)).isEqualTo("CODE_199");
    }

    @Test
    void anActionOfALaterVersionKeepsItsNumber() {
        Moderate later = new Moderate(1, 2, 99, 7, 0, 0, "");
        assertThat(later.action()).isEqualTo(Action.OTHER);
        assertThat(later.toString()).contains("action=ACTION_99");
        for (Action action : Action.values()) {
            assertThat(Action.of(action.code())).isEqualTo(action);
        }
        assertThat(List.of(Action.of(-1), Action.of(11), Action.of(99))).containsOnly(Action.OTHER);
    }

    @Test
    void unknownCodesOfEnumsHaveADefault() {
        for (Role role : Role.values()) {
            assertThat(Role.of(role.code())).isEqualTo(role);
        }
        for (RoomKind kind : RoomKind.values()) {
            assertThat(RoomKind.of(kind.code())).isEqualTo(kind);
        }
        for (PresenceMode mode : PresenceMode.values()) {
            assertThat(PresenceMode.of(mode.code())).isEqualTo(mode);
        }
        for (UserKind kind : UserKind.values()) {
            assertThat(UserKind.of(kind.code())).isEqualTo(kind);
        }
        assertThat(List.of(Role.of(3), RoomKind.of(3), PresenceMode.of(3), UserKind.of(3)))
                .containsExactly(Role.MEMBER, RoomKind.ROOM, PresenceMode.FULL, UserKind.GUEST);
    }
}
