package io.parley.apps.benchmarks.micro;

import io.parley.model.Tags;
import io.parley.model.UserItem;
import io.parley.model.UserKind;
import io.parley.wire.Frame;
import io.parley.wire.Message;
import io.parley.wire.Say;
import java.nio.ByteBuffer;

/** The messages that are measured: texts of 64 bytes, no tags. No state, for any thread. */
final class Samples {
    private static final long NEW_YEAR_2026 = 1_767_225_600_000L;

    private static final UserItem SOMEBODY = new UserItem(0x0FEDCBA987654321L, UserKind.GUEST, "somebody");

    private Samples() {}

    /** A text of 64 bytes: "ascii" in 64 characters, "greek" in 32 of two bytes each. */
    static String text(String kind) {
        return switch (kind) {
            case "ascii" -> "The quick brown fox jumps over the lazy dog, and over the cat...";
            case "greek" -> "αβγδεζηθικλμνξοπ".repeat(2);
            default -> throw new IllegalArgumentException("text of kind " + kind);
        };
    }

    static Say say(int number, String text) {
        return new Say(3, 1_000 + number, text, Tags.NONE);
    }

    static Message message(int number, String text) {
        return new Message(
                3, 1_000_000 + number, NEW_YEAR_2026 + number, 0x0123456789ABCDEFL, 77, SOMEBODY, text, Tags.NONE);
    }

    static byte[] bytes(Frame... frames) {
        ByteBuffer into = ByteBuffer.allocate(1 << 16);
        for (Frame frame : frames) {
            frame.encode(into);
        }
        byte[] bytes = new byte[into.flip().remaining()];
        into.get(bytes);
        return bytes;
    }
}
