package io.parley.journal.jdbc;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/** What differs between databases. Any thread may call it; a link belongs to one thread at a time. */
interface Dialect {

    /** What is opened, for people: a path or an address. */
    String place();

    /** Whether other processes may write, too. */
    boolean isShared();

    /** A new connection that writes. */
    Link writer() throws SQLException;

    /** A new connection that only reads. */
    Link reader() throws SQLException;

    /** Begins a transaction that writes. */
    void begin(Link link) throws SQLException;

    /** Begins a transaction that reads, and sees the same all the time. */
    void beginReading(Link link) throws SQLException;

    void commit(Link link) throws SQLException;

    /**
     * Makes sure, in a transaction of the writer, that this process may write, and reads the history.
     *
     * @throws TakenOverException if it may not
     */
    void guard(Link link, Store store) throws SQLException;

    /** The writer has committed about so many bytes, and holds no transaction. */
    void committed(Link link, long bytes) throws SQLException;

    /** Whether the log is long, and is being moved: what can wait adds nothing to it now. Writer only. */
    boolean isLogLong();

    /** How many bytes are free inside the files of the database. */
    long freeBytes(Link link) throws SQLException;

    /** Does with little new space what makes more of it; the writer holds no transaction. */
    void relieve(Link link) throws SQLException;

    /**
     * Begins to tell of appends by other processes.
     *
     * @param takenOver run, maybe, when another process has taken over; at most once
     */
    void listen(Watchers watchers, Runnable takenOver);

    /** Rooms were appended to; other processes are told. */
    void appended(List<String> rooms);

    /** The end of a statement that locks the rows that it selects. */
    String forUpdate();

    Fault fault(SQLException error);

    /** The statements that make the tables of version 1. */
    List<String> schema();

    /** The index of words, whose tables are not of version 1. */
    SearchIndex index();

    /** The version of the tables that are there, 0 if there are none. */
    int schemaVersion(Link link) throws SQLException;

    void schemaVersion(Link link, int version) throws SQLException;

    /**
     * Inserts entries of a room. One whose command is kept already is left out.
     *
     * @return how many were inserted
     */
    int insert(Link link, int room, List<EntryRow> entries) throws SQLException;

    /**
     * Carries out appends to different rooms together, as far as that is quicker.
     *
     * @return those that were carried out; the others are as they were
     */
    List<AppendCall> together(Link link, Store store, List<AppendCall> calls) throws SQLException;

    /** What the database itself finds damaged, in words. */
    List<String> integrity(Link link) throws SQLException;

    /** Writes all that is kept to a new file. */
    void backup(Store store, Path to) throws IOException, SQLException;

    /** Ends what belongs to the database as a whole, when all links are closed; not cleanly for tests of a crash. */
    void close(boolean clean);
}
