package io.parley.journal.jdbc;

/** The tables of a database. They have no state but the history, which only the writer uses. */
final class Store {
    private final Dialect dialect;
    private final RoomTable rooms;
    private final EntryTable entries;
    private final ValueTable values;
    private final MetaTable meta;
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

    /** A random number that is part of every epoch: with another one all rooms have other epochs. */
    long history() {
        return history;
    }

    void history(long read) {
        history = read;
    }
}
