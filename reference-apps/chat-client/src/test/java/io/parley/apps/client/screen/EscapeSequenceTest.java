package io.parley.apps.client.screen;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where escape sequences end. */
class EscapeSequenceTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u001B[99~",
                "\u001B[1;7Z",
                "\u001B[?62;1;6c",
                "\u001B[[A",
                "\u001B[<35;10;20M",
                "\u001B[27;5;13~",
                "\u001BOP",
                "\u001BO5P",
                "\u001BO1;5P",
                "\u001B]11;rgb:1e1e/1e1e/1e1e\u0007",
                "\u001B]11;rgb:1e1e/1e1e/1e1e\u001B\\",
                "\u001BP>|tmux 3.4\u001B\\",
                "\u001B_Gi=1;OK\u001B\\",
                "\u001Bj",
                "\u001B\u001B[A"
            })
    void aSequenceIsReadToItsEndAndNoFurther(String sequence) {
        for (int begun = 1; begun < sequence.length(); begun++) {
            Deque<Integer> left = new ArrayDeque<>();
            (sequence.substring(begun) + "text").codePoints().forEach(left::add);
            String read =
                    EscapeSequence.read(sequence.substring(0, begun), millis -> left.isEmpty() ? -1 : left.remove());
            assertThat(read).isEqualTo(sequence);
            assertThat(left).hasSize(4);
        }
    }

    @Test
    void whatNeverEndsIsBounded() {
        assertThat(EscapeSequence.read("\u001B]", millis -> 'x')).hasSize(4_096);
        assertThat(EscapeSequence.read("\u001B", millis -> -1)).isEqualTo("\u001B");
        assertThat(EscapeSequence.read("\u001B[1;", millis -> -1)).isEqualTo("\u001B[1;");
    }

    @Test
    void theBeginningsOfSequencesAreNoKeys() {
        assertThat(EscapeSequence.beginnings(Set.of("\u001B[1;5C", "\u001B[1", "x", "\u001Ba", "\u001BP")))
                .contains("\u001B", "\u001B[", "\u001B[1;", "\u001B[1;5", "\u001BP", "\u001B]")
                .doesNotContain("\u001B[1", "x", "\u001Ba", "\u001B[1;5C");
    }
}
