package io.parley.journal.jdbc;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Drops a room. Its number is noted as forgotten, and its entries are deleted in slices; the last slice answers the call. A new
 * room of the same key may be opened meanwhile.
 */
final class ForgetCall extends Call<@Nullable Void> {
    private final Sweep sweep;
    private @Nullable RoomRow room; // null if there is none; writer, then answers

    ForgetCall(String room, Sweep sweep) {
        super(room, 1, room.length());
        this.sweep = sweep;
    }

    @Override
    @Nullable
    Void perform(Store store, Link link) throws SQLException {
        RoomRow found = store.rooms().lock(link, lane());
        room = found;
        if (found != null) {
            store.rooms().delete(link, found);
            sweep.note(link, found.number());
        }
        return null;
    }

    @Override
    boolean hasValues() {
        return false;
    }

    @Override
    boolean isVital() {
        return true;
    }

    @Override
    void answer() {
        RoomRow gone = room;
        if (isFailed() || gone == null) {
            super.answer();
        } else {
            done().complete(null);
            sweep.await(gone.number(), super::answer);
        }
    }

    /** The room that was forgotten, if there was one. */
    @Nullable
    RoomRow room() {
        return room;
    }
}
