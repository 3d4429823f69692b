package io.parley.journal.jdbc;

import io.parley.journal.AppendRequest;
import io.parley.journal.AppendResult;
import io.parley.journal.AppendResult.Already;
import io.parley.journal.AppendResult.Behind;
import io.parley.journal.AppendResult.Kept;
import io.parley.journal.KeptCommand;
import io.parley.journal.KeptRoom;
import io.parley.journal.KeyValue;
import io.parley.journal.NotKeptException;
import io.parley.journal.StateCodec;
import io.parley.model.Entry;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps entries. Its entries are encoded when it is made, by the caller's thread. */
final class AppendCall extends Call<AppendResult> {
    private static final int ROW_BYTES = 100; // of memory, besides the content

    private final byte[] id;
    private final AppendRequest request;
    private final List<EntryRow> rows;
    private final byte @Nullable [] state;
    private final int stateSum;
    private final long rowBytes;
    private @Nullable RoomRow after; // the room, if this was kept; writer only

    private AppendCall(AppendRequest request, List<EntryRow> rows, byte @Nullable [] state, long rowBytes, long bytes) {
        super(request.room(), rows.size(), bytes);
        this.id = RoomRow.bytes(request.id());
        this.request = request;
        this.rows = rows;
        this.state = state;
        this.stateSum = Sums.state(state);
        this.rowBytes = rowBytes;
    }

    static AppendCall of(AppendRequest request) {
        List<EntryRow> rows = request.entries().stream().map(EntryRow::of).toList();
        byte[] state = request.stateAfter() == null ? null : StateCodec.encode(request.stateAfter());
        long rowBytes = rows.stream().mapToLong(row -> row.content().length).sum();
        long bytes = rowBytes
                + (long) ROW_BYTES * rows.size()
                + (state == null ? 0 : state.length)
                + PutCall.bytes(request.values());
        return new AppendCall(request, rows, state, rowBytes, bytes);
    }

    @Override
    AppendResult perform(Store store, Link link) throws SQLException {
        after = null;
        while (true) {
            RoomRow room = store.open(link, request.room());
            if (room.isLast(id)) {
                return new Kept(room.floor());
            }
            boolean upToDate = room.head() == request.expectedHead();
            if (upToDate && !isFrugal()) {
                if (store.entries().insert(link, room.number(), rows)) {
                    return keep(store, link, room);
                }
                link.execute(Writer.UNDO);
                room = store.open(link, request.room()); // its making may have been undone
            }
            List<KeptCommand> known = store.entries().kept(link, rows);
            KeptRoom now = room.opened(store.history(), store.rooms().state(link, room));
            if (!known.isEmpty()) {
                return new Already(now, List.copyOf(known));
            }
            if (!upToDate) {
                return new Behind(now);
            }
            if (isFrugal()) {
                throw new NotKeptException(Space.FULL);
            }
            if (store.entries().deleteForgotten(link, rows) == 0) {
                throw new SQLException("entries were refused, but their commands are not kept");
            }
        }
    }

    private Kept keep(Store store, Link link, RoomRow room) throws SQLException {
        store.values().put(link, request.values());
        RoomRow next = next(room);
        store.rooms().write(link, next, state);
        after = next;
        return new Kept(next.floor());
    }

    // ---- for a dialect that carries out many together

    /** Whether it can be carried out without more questions: it fits, and brings nothing but entries. */
    boolean follows(RoomRow room) {
        return !isFrugal()
                && state == null
                && !hasValues()
                && room.head() == request.expectedHead()
                && !room.isLast(id);
    }

    List<EntryRow> rows() {
        return rows;
    }

    /** The room with this in it. */
    RoomRow next(RoomRow room) {
        return room.appended(id, rows.size(), rowBytes, state == null ? room.stateSum() : stateSum);
    }

    /** It was carried out, and the room is so now. */
    void carriedOut(RoomRow next) {
        after = next;
        settle(new Kept(next.floor()));
    }

    // ----

    @Override
    @Nullable
    AppendResult settled(Store store, Link link) throws SQLException {
        RoomRow room = store.rooms().find(link, request.room());
        return room != null && room.isLast(id) ? new Kept(room.floor()) : null;
    }

    /**
     * Messages and topics are not; acts of moderation, settings and deletions of values are. What comes with an act of moderation is
     * vital as well: the first command of a session brings the session.
     */
    @Override
    boolean isVital() {
        List<Entry.Sequenced> entries = request.entries();
        return entries.stream().noneMatch(one -> one instanceof Entry.Message || one instanceof Entry.TopicChanged)
                && (entries.stream().anyMatch(one -> one instanceof Entry.Moderated)
                        || request.values().stream().map(KeyValue::value).noneMatch(value -> value != null));
    }

    @Override
    boolean hasValues() {
        return !request.values().isEmpty();
    }

    @Override
    Object identity() {
        return request.id();
    }

    /** The room after this, if this was kept by this call. */
    @Nullable
    RoomRow after() {
        return after;
    }

    /** How many bytes were added to the room. */
    long rowBytes() {
        return rowBytes;
    }
}
