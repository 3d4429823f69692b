package io.parley.server;

import io.parley.log.Chunk;
import io.parley.model.Entry;
import io.parley.model.EntryPage;
import io.parley.model.RoomException;
import io.parley.model.RoomException.Reason;
import io.parley.room.Subscription;
import io.parley.wire.FrameDecoder;
import io.parley.wire.ServerFrame;
import io.parley.wire.Wire;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a bot reads one subscription: a piece at a time, at its own pace. What has fallen out of the window it reads from the
 * room's history. The bot's listening thread, except where a method says so.
 */
final class BotReading {
    private static final int RUN_BYTES = 8 << 10;
    private static final int PAGE = 100; // entries

    /** Who has it read, and is told of what is read. The listening thread, where nothing else is said. */
    interface Owner {
        /** Runs a task on the listening thread, behind others. Any thread. */
        void execute(Runnable task);

        /** Whether nothing is told any more. Any thread. */
        boolean isSilent();

        void tell(BotRoom room, Entry entry);

        void missed(BotRoom room, long from, long to);

        /** All is read. */
        void done(BotReading reading);
    }

    private final Owner owner;
    private final BotRoom room;
    private final Subscription subscription;
    private final FrameDecoder<ServerFrame> decoder = FrameDecoder.ofServerFrames(Wire.MAX_PAYLOAD_BYTES);

    @Nullable
    BotReading successor; // of the same room, joined anew; begins when this is done

    BotReading(Owner owner, BotRoom room, Subscription subscription) {
        this.owner = owner;
        this.room = room;
        this.subscription = subscription;
        subscription.attach(this);
    }

    BotRoom room() {
        return room;
    }

    /** Why the membership ended; null if the bot left, or joined anew. */
    @Nullable
    RoomException cause() {
        return subscription.endCause();
    }

    /** There is something to read. Any thread; once, as long as the reading is asleep. */
    void wake() {
        owner.execute(this::read);
    }

    /** Reads on a little. */
    void read() {
        if (room.isOver() || owner.isSilent()) {
            finish();
            return;
        }
        Chunk run = subscription.prepare(RUN_BYTES);
        if (run != null) {
            int length = subscription.remaining();
            List<Entry> entries = decode(ByteBuffer.wrap(run.array(), subscription.offset(), length));
            subscription.advance(run, length);
            entries.forEach(this::tell);
            wake();
        } else if (subscription.isLost()) {
            Subscription.Gap gap = subscription.skip();
            fetch(gap.from(), gap.to());
        } else if (subscription.isEnded()) {
            finish();
        } else if (!subscription.sleep()) {
            wake();
        }
    }

    private List<Entry> decode(ByteBuffer bytes) {
        List<Entry> entries = new ArrayList<>();
        for (ServerFrame frame = decoder.next(bytes); frame != null; frame = decoder.next(bytes)) {
            entries.add(NativeEncoding.entry(frame));
        }
        return entries;
    }

    private void tell(Entry entry) {
        if (!room.isOver() && !owner.isSilent()) {
            owner.tell(room, entry);
        }
    }

    private void finish() {
        subscription.close();
        owner.done(this);
    }

    // ---- what has fallen out of the window

    /** Reads from the history what is missing, then goes on. */
    private void fetch(long from, long to) {
        if (from > to || room.isOver() || owner.isSilent()) {
            read();
        } else if (isHistoryGone()) {
            owner.missed(room, from, to);
            read();
        } else {
            subscription
                    .room()
                    .history(from - 1, to + 1, PAGE)
                    .whenComplete((page, error) -> owner.execute(() -> fetched(page, from, to)));
        }
    }

    /** Whether another room may have the name by now, with a history of its own. */
    private boolean isHistoryGone() {
        RoomException cause = cause();
        return cause != null && cause.reason() == Reason.ROOM_GONE;
    }

    private void fetched(@Nullable EntryPage page, long from, long to) {
        List<Entry.Sequenced> entries = page == null || isHistoryGone() ? List.of() : page.entries();
        long next = from;
        for (Entry.Sequenced entry : entries) {
            if (entry.seq() < next || entry.seq() > to) {
                continue;
            }
            missed(next, entry.seq() - 1);
            tell(NativeEncoding.shown(entry));
            next = entry.seq() + 1;
        }
        if (next == from) { // no more of it is kept
            missed(from, to);
            next = to + 1;
        }
        fetch(next, to);
    }

    private void missed(long from, long to) {
        if (from <= to && !room.isOver() && !owner.isSilent()) {
            owner.missed(room, from, to);
        }
    }
}
