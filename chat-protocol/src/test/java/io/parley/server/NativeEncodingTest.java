package io.parley.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import io.parley.codec.Bytes;
import io.parley.model.Entry;
import io.parley.model.Tags;
import io.parley.model.UserItem;
import io.parley.model.UserKind;
import io.parley.room.Hub;
import io.parley.room.Room;
import io.parley.wire.FrameDecoder;
import io.parley.wire.Message;
import io.parley.wire.Notice;
import io.parley.wire.ServerFrame;
import io.parley.wire.Wire;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Messages as the native door writes them: what they become, and what that costs. */
final class NativeEncodingTest {
    private static final int ROUNDS = 20_000;
    private static final Duration TO_COMPILE = Duration.ofSeconds(30);

    private static final UserItem SOMEBODY = new UserItem(-5, UserKind.GUEST, "somebody");

    private final Hub hub = Hub.builder().build();
    private final Room room = hub.room("lobby").join();
    private final ByteBuffer into = ByteBuffer.allocate(1024);

    private static Entry.Message message(Tags tags) {
        return new Entry.Message(7, 1_767_225_600_000L, -1, 77, SOMEBODY, "x".repeat(64), tags);
    }

    private @Nullable ServerFrame encoded(Room where, Entry entry) {
        new NativeEncoding().encode(where.ref(), entry, into.clear());
        return FrameDecoder.ofServerFrames(Wire.DEFAULT_MAX_FRAME).next(into.flip());
    }

    @Test
    void messageWithTagsKeepsThemInTheirOrder() {
        Tags wanted = Tags.of("b", Bytes.fromHex("0102")).with("a", Bytes.EMPTY);
        assertThat(encoded(room, message(wanted)))
                .isEqualTo(new Message(room.number(), 7, 1_767_225_600_000L, -1, 77, SOMEBODY, "x".repeat(64), wanted));
    }

    @Test
    void announcementIsANotice() {
        assertThat(encoded(hub.announcements(), message(Tags.NONE)))
                .isEqualTo(new Notice(1_767_225_600_000L, SOMEBODY, "x".repeat(64)));
    }

    /** Whatever the compiler makes of it; a second look is for what is allocated once. */
    @Test
    void messageIsWrittenWithoutAllocating() {
        assumeTrue(ManagementFactory.getThreadMXBean() instanceof ThreadMXBean, "a JVM that counts");
        NativeEncoding encoding = new NativeEncoding();
        Entry.Message message = message(Tags.NONE);
        List<Entry> others = List.of(
                new Entry.Typing(SOMEBODY),
                new Entry.Renamed("a", SOMEBODY),
                new Entry.TopicChanged(6, 0, 0, 0, SOMEBODY, "topic"));
        for (int i = 0; i < ROUNDS; i++) {
            encoding.encode(room.ref(), others.get(i % others.size()), into.clear());
        }
        long start = System.nanoTime();
        long least = Long.MAX_VALUE;
        while (least >= 8 && System.nanoTime() - start < TO_COMPILE.toNanos()) {
            long before = allocated();
            for (int i = 0; i < ROUNDS; i++) {
                encoding.encode(room.ref(), message, into.clear());
            }
            least = Math.min(least, (allocated() - before) / ROUNDS);
        }
        assertThat(least).isLessThan(8);
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }
}
