package io.parley.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.codec.Bytes;
import io.parley.journal.MemoryJournal;
import io.parley.model.EntryPage;
import io.parley.model.Tags;
import io.parley.testkit.chat.Peer;
import io.parley.testkit.journal.WrappedJournal;
import io.parley.wire.History;
import io.parley.wire.HistoryPage;
import io.parley.wire.Message;
import io.parley.wire.RoomSnapshot;
import io.parley.wire.Say;
import io.parley.wire.ServerFrame;
import io.parley.wire.Wire;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Pages of history whose entries are more tags than text. */
class ServerPageTest {
    private static final int MESSAGES = 200; // of a KiB: more than a frame holds
    private static final Tags LARGE = Tags.of("trace", Bytes.of(new byte[1_000]));

    /** A journal that gives more than it is asked for. */
    private static final class Generous extends WrappedJournal {
        Generous() {
            super(MemoryJournal.withDefaults());
        }

        @Override
        public CompletableFuture<EntryPage> read(String room, long after, long before, int limit, int maxBytes) {
            return super.read(room, after, before, limit, 4 * maxBytes);
        }
    }

    private final Script script = new Script(builder -> builder.journal(new Generous()));
    private final Peer<ServerFrame> peer = script.guest("alice");
    private final RoomSnapshot room;

    ServerPageTest() {
        script.room("lobby");
        room = script.join(peer, "lobby").snapshot();
        for (int cid = 1; cid <= MESSAGES; cid++) {
            peer.send(new Say(room.room(), cid, "", LARGE));
            assertThat(script.run(peer)).hasOnlyElementsOfType(Message.class);
        }
    }

    private HistoryPage page(long after, long before) {
        peer.send(new History(9, room.room(), room.epoch(), after, before, MESSAGES));
        List<ServerFrame> answer = script.run(peer);
        assertThat(answer).singleElement().isInstanceOf(HistoryPage.class);
        assertThat(answer.get(0).toBytes()).hasSizeBetween(100_000, Wire.HEADER_BYTES + Wire.DEFAULT_MAX_FRAME);
        return (HistoryPage) answer.get(0);
    }

    private static List<Long> numbers(HistoryPage page) {
        return page.decodeEntries(Wire.DEFAULT_MAX_FRAME).stream()
                .map(frame -> ((Message) frame).seq())
                .toList();
    }

    private static List<Long> fromTo(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }

    @Test
    void aPageUpwardsLeavesTheNewestToTheNext() {
        HistoryPage first = page(0, History.ABSENT);
        List<Long> eldest = numbers(first);
        assertThat(first.more()).isTrue();
        assertThat(eldest).isEqualTo(fromTo(1, eldest.size()));
        assertThat(numbers(page(History.ABSENT, eldest.size() + 2L))).endsWith(eldest.size() + 1L);
    }

    @Test
    void aPageDownwardsLeavesTheEldestToTheNext() {
        HistoryPage first = page(History.ABSENT, History.ABSENT);
        List<Long> newest = numbers(first);
        assertThat(first.more()).isTrue();
        assertThat(newest).isEqualTo(fromTo(MESSAGES - newest.size() + 1L, MESSAGES));
    }
}
