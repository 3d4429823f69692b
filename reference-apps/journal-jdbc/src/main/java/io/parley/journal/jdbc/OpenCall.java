package io.parley.journal.jdbc;

import io.parley.journal.KeptRoom;
import java.sql.SQLException;

/** Opens a room's record, or begins one. */
final class OpenCall extends Call<KeptRoom> {

    OpenCall(String room) {
        super(room, 1, room.length());
    }

    @Override
    KeptRoom perform(Store store, Link link) throws SQLException {
        RoomRow room = store.rooms().open(link, lane());
        return room.opened(store.history(), store.rooms().state(link, room));
    }

    /** A room that is there can be opened, whatever the disk has. */
    @Override
    boolean isVital() {
        return true;
    }
}
