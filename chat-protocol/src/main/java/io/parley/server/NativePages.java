package io.parley.server;

import io.parley.codec.Bytes;
import io.parley.gateway.ByteBatch;
import io.parley.gateway.Membership;
import io.parley.model.Entry;
import io.parley.model.EntryPage;
import io.parley.room.Encoding;
import io.parley.wire.HistoryPage;
import java.util.Arrays;
import java.util.List;

/** Pages of entries as frames: as much of a page as a frame holds. No state, for any thread. */
final class NativePages {
    private static final int HEADER = 64; // the most that a HISTORY_PAGE is longer than its entries

    private NativePages() {}

    /** A page of history. What is left out lies at its far end, where the next page begins. */
    static HistoryPage history(
            Encoding encoding, int mostBytes, long id, Membership room, EntryPage page, boolean upward) {
        Encoded all = Encoded.of(encoding, room, page.entries());
        int from = 0;
        int to = page.entries().size();
        while (to - from > 1 && all.length(from, to) > mostBytes - HEADER) {
            if (upward) {
                to--;
            } else {
                from++;
            }
        }
        boolean more = page.more() || to - from < page.entries().size();
        return frame(id, room, page.floor(), page.head(), more, all.part(from, to));
    }

    /** A page of what was found. What is left out are its oldest messages, and the next page begins with them. */
    static HistoryPage found(Encoding encoding, int mostBytes, long id, Membership room, EntryPage page) {
        Encoded all = Encoded.of(encoding, room, page.entries());
        int to = page.entries().size();
        while (to > 1 && all.length(0, to) > mostBytes - HEADER) {
            to--;
        }
        boolean whole = to == page.entries().size();
        long floor = whole ? page.floor() : page.entries().get(to - 1).seq();
        return frame(id, room, floor, page.head(), page.more() || !whole, all.part(0, to));
    }

    private static HistoryPage frame(long id, Membership room, long floor, long head, boolean more, Bytes entries) {
        return new HistoryPage(id, room.room().number(), room.epoch(), floor, head, more, entries);
    }

    /** Entries as bytes, and where each ends; the first end is the start of all. */
    private record Encoded(byte[] bytes, int[] ends) {
        static Encoded of(Encoding encoding, Membership room, List<Entry.Sequenced> entries) {
            ByteBatch frames = new ByteBatch();
            int[] ends = new int[entries.size() + 1];
            for (int i = 0; i < entries.size(); i++) {
                frames.add(encoding, room.room(), entries.get(i));
                ends[i + 1] = frames.length();
            }
            return new Encoded(frames.toBytes(), ends);
        }

        int length(int from, int to) {
            return ends[to] - ends[from];
        }

        Bytes part(int from, int to) {
            return Bytes.of(Arrays.copyOfRange(bytes, ends[from], ends[to]));
        }
    }
}
