package io.parley.journal.jdbc;

import io.parley.journal.KeptRoom;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Opens a room's record, or begins one. */
final class OpenCall extends Call<KeptRoom> {

    private @Nullable RoomRow after; // writer only

    OpenCall(String room) {
        super(room, 1, room.length());
    }

    @Override
    KeptRoom perform(Store store, Link link) throws SQLException {
        RoomRow room = store.open(link, lane());
        after = room;
        return room.opened(store.history(), store.rooms().state(link, room));
    }

    /** The room as it was found. */
    @Nullable
    RoomRow after() {
        return after;
    }

    /** A room that is there can be opened, whatever the disk has. */
    @Override
    boolean hasValues() {
        return false;
    }

    @Override
    boolean isVital() {
        return true;
    }
}
