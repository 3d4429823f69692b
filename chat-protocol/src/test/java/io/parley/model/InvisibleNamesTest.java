package io.parley.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Characters that count as letters or marks and cannot be seen. */
class InvisibleNamesTest {
    private static final NamePolicy NAMES = NamePolicy.standard();

    @ParameterizedTest
    @ValueSource(
            ints = {
                0x034f, // combining grapheme joiner
                0x115f, 0x1160, 0x3164, 0xffa0, // Hangul fillers
                0x17b4, 0x17b5, // Khmer inherent vowels
                0x180b, 0x180c, 0x180d, 0x180f, // Mongolian variation selectors
                0xfe00, 0xfe0e, 0xfe0f, // variation selectors
                0xe0100, 0xe01ef, // and more of them
            })
    void cannotBeInAName(int point) {
        String invisible = Character.toString(point);
        for (String name : new String[] {invisible, "a" + invisible, "a" + invisible + "b"}) {
            assertThatThrownBy(() -> NAMES.user(name)).isInstanceOf(RoomException.class);
            assertThatThrownBy(() -> NAMES.room(name)).isInstanceOf(RoomException.class);
        }
    }

    @Test
    void theGreatSharpSIsASharpS() {
        String key = NAMES.user("gross").key();
        assertThat(NAMES.user("gro\u00df").key()).isEqualTo(key);
        assertThat(NAMES.user("GRO\u1e9e").key()).isEqualTo(key);
    }
}
