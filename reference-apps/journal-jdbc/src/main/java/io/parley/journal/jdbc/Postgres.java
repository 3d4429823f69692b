package io.parley.journal.jdbc;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL database. Several processes may write, unless it is opened for one; the row of a room is locked while one appends to it. The
 * tables are in the schema {@code parley}. Links and statements as in {@link Dialect}.
 */
final class Postgres implements Dialect {
    private static final long SCHEMA_LOCK = 0x7061726c6579L; // held while tables are made
    private static final String DISK_FULL = "53100";
    private static final String DAMAGED = "XX00"; // the beginning of two states

    private final String url;
    private final Properties properties = new Properties();
    private final PostgresHints hints = new PostgresHints(this);
    private final @Nullable PostgresOwner owner; // null if several processes may write

    Postgres(String url, String user, String password) {
        this(url, user, password, false);
    }

    private Postgres(String url, String user, String password, boolean alone) {
        this.url = url;
        this.owner = alone ? new PostgresOwner(this) : null;
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("ApplicationName", "parley");
        properties.setProperty("targetServerType", "primary"); // a standby may lag behind
        properties.setProperty("connectTimeout", "10"); // seconds
        properties.setProperty("socketTimeout", "60"); // seconds; longer than any statement takes
        properties.setProperty("tcpKeepAlive", "true");
    }

    /** A database that no other process that opens it so may use. */
    static Postgres exclusive(String url, String user, String password) {
        return new Postgres(url, user, password, true);
    }

    /** The address without what may be a password. */
    @Override
    public String place() {
        int query = url.indexOf('?');
        String place = query < 0 ? url : url.substring(0, query);
        int name = place.indexOf('@');
        return name < 0 ? place : "jdbc:postgresql://" + place.substring(name + 1);
    }

    @Override
    public boolean isShared() {
        return true;
    }

    // ---- connections

    /** A connection as the driver gives it. */
    Connection connect() throws SQLException {
        return DriverManager.getConnection(url, properties);
    }

    @Override
    public Link writer() throws SQLException {
        return session(PostgresSession::prepareToWrite);
    }

    private Link session(PostgresSession.Step step) throws SQLException {
        Link link = new Link(connect());
        try {
            PostgresSession.prepare(link);
            step.run(place(), link);
            return link;
        } catch (SQLException | RuntimeException failed) {
            link.discard();
            throw failed;
        }
    }

    @Override
    public Link reader() throws SQLException {
        return session((place, link) -> link.execute("set default_transaction_read_only = on"));
    }

    /** Keeps other processes out, if that is wanted; before anything is read. */
    void take() throws SQLException {
        if (owner != null) {
            owner.take();
        }
    }

    /** Makes this process the owner, if there is to be one. */
    void own(Link link, Store store) throws SQLException {
        if (owner != null) {
            owner.own(link, store);
        }
    }

    // ---- transactions

    @Override
    public void begin(Link link) throws SQLException {
        link.execute("begin isolation level read committed");
    }

    @Override
    public void beginReading(Link link) throws SQLException {
        link.execute("begin isolation level repeatable read read only");
    }

    @Override
    public void commit(Link link) throws SQLException {
        link.execute("commit");
    }

    @Override
    public void guard(Link link, Store store) throws SQLException {
        if (owner != null) {
            owner.guard(link, store);
        }
        byte[] history = store.meta().get(link, MetaTable.HISTORY);
        if (history == null) {
            throw new SQLException("the tables were emptied while this process used them");
        }
        store.history(ByteBuffer.wrap(history).getLong());
    }

    @Override
    public void committed(Link link, long bytes) {
        // Checkpoints are the server's business.
    }

    @Override
    public long freeBytes(Link link) {
        return 0; // not known
    }

    @Override
    public boolean isLogLong() {
        return false; // that is the database's own business
    }

    @Override
    public void relieve(Link link) {
        // There is no reserve.
    }

    @Override
    public String forUpdate() {
        return " for update";
    }

    @Override
    public Fault fault(SQLException error) {
        String state = String.valueOf(error.getSQLState());
        if (state.equals(DISK_FULL)) {
            return Fault.FULL;
        }
        return state.equals(DAMAGED + "1") || state.equals(DAMAGED + "2") ? Fault.DAMAGED : Fault.OTHER;
    }

    // ---- other processes

    @Override
    public void listen(Watchers watchers, Runnable takenOver) {
        if (owner == null) {
            hints.start(watchers);
        } else {
            owner.start(takenOver);
        }
    }

    @Override
    public void appended(List<String> rooms) {
        if (owner == null) {
            hints.appended(rooms);
        }
    }

    // ---- tables

    @Override
    public List<String> schema() {
        return List.of(
                "create table meta (name text primary key, content bytea not null, crc integer not null)",
                "create table room (id integer generated always as identity primary key,"
                        + " key text collate \"C\" not null unique, epoch bigint not null, head bigint not null,"
                        + " floor bigint not null, bytes bigint not null, last_id bytea, state bytea,"
                        + " state_crc integer not null, crc integer not null)",
                "create table entry (num bigint generated always as identity primary key, room integer not null,"
                        + " seq bigint not null, origin bigint, cid bigint, time bigint not null, content bytea not null,"
                        + " crc integer not null)",
                "create unique index entry_place on entry (room, seq)",
                "create unique index entry_command on entry (origin, cid)",
                "create table value (kind text collate \"C\" not null, key text collate \"C\" not null,"
                        + " content bytea not null, crc integer not null, primary key (kind, key))",
                "create table forgotten (room integer primary key)",
                "create table version (number integer not null)");
    }

    @Override
    public SearchIndex index() {
        return new PostgresIndex(place());
    }

    /** Within a transaction; until its end other processes wait here. */
    @Override
    public int schemaVersion(Link link) throws SQLException {
        link.execute("select pg_advisory_xact_lock(" + SCHEMA_LOCK + ")");
        link.execute("create schema if not exists parley");
        return versionThere(link);
    }

    /** The same without making anything. */
    int versionThere(Link link) throws SQLException {
        String table = link.one("select to_regclass('parley.version')::text", row -> row.getString(1));
        Integer version = table == null ? null : link.one("select number from version", row -> row.getInt(1));
        return version == null ? 0 : version;
    }

    @Override
    public void schemaVersion(Link link, int version) throws SQLException {
        link.execute("delete from version");
        link.update("insert into version values (?)", version);
    }

    @Override
    public int insert(Link link, int room, List<EntryRow> entries) throws SQLException {
        PostgresEntries columns = new PostgresEntries();
        columns.add(room, entries);
        return columns.insert(link);
    }

    @Override
    public List<AppendCall> together(Link link, Store store, List<AppendCall> calls) throws SQLException {
        return new PostgresGroup(link, store).append(calls);
    }

    @Override
    public List<String> integrity(Link link) {
        return List.of(); // the server has checksums of its own
    }

    @Override
    public void backup(Store store, Path to) {
        throw new UnsupportedOperationException(
                "a database of PostgreSQL is backed up with pg_dump --schema=parley, or with what backs up the server");
    }

    @Override
    public void close(boolean clean) {
        if (owner == null) {
            hints.close();
        } else {
            owner.close();
        }
    }

    /**
     * It cannot be used.
     *
     * @param may what the user must be allowed to do, in words
     */
    JournalOpenException cannotOpen(SQLException error, String may) {
        String words = String.valueOf(error.getMessage()).replace(url, place());
        String remedy = words.contains("No suitable driver")
                ? "Add org.postgresql:postgresql to the class path or module path."
                : "Check the address, the user and the password, and that the user " + may + ".";
        return new JournalOpenException(place(), words, remedy, error);
    }
}
