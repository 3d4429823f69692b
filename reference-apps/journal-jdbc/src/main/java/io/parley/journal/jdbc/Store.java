package io.parley.journal.jdbc;

import java.sql.SQLException;

/** The tables of a database, and what the writer knows of them. */
final class Store {
    private static final System.Logger LOG = System.getLogger(Store.class.getName());

    private final Dialect dialect;
    private final RoomTable rooms;
    private final EntryTable entries;
    private final ValueTable values;
    private final MetaTable meta;
    private final PositionTable positions = new PositionTable();
    private final Heads heads = new Heads(); // writer only
    private long history; // writer only

    Store(Dialect dialect) {
        this.dialect = dialect;
        this.rooms = new RoomTable(dialect);
        this.entries = new EntryTable(dialect);
        this.values = new ValueTable(dialect.place());
        this.meta = new MetaTable(dialect.place());
    }

    Dialect dialect() {
        return dialect;
    }

    RoomTable rooms() {
        return rooms;
    }

    EntryTable entries() {
        return entries;
    }

    ValueTable values() {
        return values;
    }

    MetaTable meta() {
        return meta;
    }

    PositionTable positions() {
        return positions;
    }

    /** What the writer has seen. */
    Heads heads() {
        return heads;
    }

    /** Finds a room to change it, or makes it. If it was set back, it has another epoch from now on. Writer only. */
    RoomRow open(Link link, String key) throws SQLException {
        RoomRow room = rooms.open(link, key);
        if (!heads.isBehind(room)) {
            return room;
        }
        LOG.log(
                System.Logger.Level.ERROR,
                "the room {0} of {1} has head {2}, which is less than before: acknowledged messages were lost",
                key,
                dialect.place(),
                room.head());
        heads.forget(room);
        return rooms.renew(link, room);
    }

    /** A random number that is part of every epoch: with another one all rooms have other epochs. */
    long history() {
        return history;
    }

    void history(long read) {
        history = read;
    }
}
