package io.parley.journal.jdbc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An SQLite database in a folder. Links and statements as in {@link Dialect}. */
final class Sqlite implements Dialect {
    private static final int OWNER_BYTES = 16;

    // Primary result codes of SQLite.
    private static final int IS_CORRUPT = 11;
    private static final int IS_FULL = 13;
    private static final int IS_NO_DATABASE = 26;

    private static final System.Logger LOG = System.getLogger(Sqlite.class.getName());

    private final Path folder;
    private final Path file;
    private final Durability durability;
    private final @Nullable FolderLock lock; // null for one that only reads what a server uses
    private final boolean fixed; // nobody writes to the file, and this user may not
    private final SqliteLinks links;
    private final SearchIndex index;
    private final Checkpoints checkpoints = new Checkpoints(this);
    private final byte[] owner = new byte[OWNER_BYTES];
    private @Nullable FolderMarks marks; // the opener's; null when they are no more needed

    private Sqlite(Path folder, Durability durability, @Nullable FolderLock lock, boolean fixed) {
        this.folder = folder;
        this.file = Folders.database(folder);
        this.durability = durability;
        this.lock = lock;
        this.fixed = fixed;
        this.links = new SqliteLinks(file, durability, fixed);
        this.index = new SqliteIndex(file.toString());
        new SecureRandom().nextBytes(owner);
    }

    /** Locks the folder, and looks at the log. Nothing is changed yet. */
    static Sqlite in(Path folder, Durability durability) {
        try {
            Folders.make(folder);
            FolderLock lock = FolderLock.of(Folders.lock(folder));
            try {
                Sqlite database = new Sqlite(folder, durability, lock, false);
                database.checkLog();
                Folders.makePrivate(database.file);
                return database;
            } catch (IOException | RuntimeException failed) {
                lock.close();
                throw failed;
            }
        } catch (IOException failed) {
            throw Folders.unusable(folder, failed);
        }
    }

    /**
     * A folder that is only read.
     *
     * @param idle keeps others out until {@link #unlock}; null if a server uses the folder. Without one the log is looked at
     */
    static Sqlite reading(Path folder, @Nullable FolderLock idle) throws IOException {
        boolean fixed =
                idle == null ? !Files.exists(Folders.lock(folder)) && !Files.isWritable(folder) : idle.isReading();
        Sqlite database = new Sqlite(folder, Durability.FULL, idle, fixed);
        try {
            database.checkLog();
            Path log = Folders.log(folder);
            if (fixed && Files.exists(log) && Files.size(log) > 0) {
                throw new JournalOpenException(
                        folder.toString(),
                        "messages are in " + log.getFileName()
                                + ", and who reads it must be able to write to the folder",
                        "Do this as the user of the server; or copy the whole folder to where you can write.",
                        null);
            }
            return database;
        } catch (IOException | RuntimeException failed) {
            database.unlock();
            throw failed;
        }
    }

    private void checkLog() throws IOException {
        if (lock != null) {
            checkLog(folder, lock.before());
        }
    }

    /** Refuses a log that is damaged, of a journal that ran so before. */
    static void checkLog(Path folder, Durability before) throws IOException {
        Path log = Folders.log(folder);
        String damage = before == Durability.FULL ? Wal.damage(log) : null;
        if (damage != null) {
            throw new JournalOpenException(
                    log.toString(),
                    damage,
                    "Copy the folder, and check the disk. Then restore a backup, or delete this file to go on"
                            + " without the messages that are only in it.",
                    null);
        }
    }

    @Override
    public String place() {
        return file.toString();
    }

    Path reserve() {
        return folder.resolve("parley.reserve");
    }

    @Override
    public boolean isShared() {
        return false;
    }

    // ---- connections

    @Override
    public Link writer() throws SQLException {
        return links.writer();
    }

    @Override
    public Link reader() throws SQLException {
        return links.reader();
    }

    /** Where this is; a mark is made for this start. */
    Place marks() throws IOException {
        FolderMarks made = FolderMarks.in(folder);
        marks = made;
        return made;
    }

    /** Makes this process the owner. */
    void own(Link link, Store store) throws SQLException {
        store.meta().put(link, MetaTable.OWNER, owner);
    }

    /** That is committed; from now on it is as durable as the options say. */
    void owns(Link link) throws IOException, SQLException {
        if (lock != null) {
            lock.write(durability);
        }
        links.start(link);
        FolderMarks made = marks;
        if (made != null) {
            marks = null;
            made.kept();
        }
        Folders.sync(folder); // the new file has a name
    }

    // ---- transactions

    @Override
    public void begin(Link link) throws SQLException {
        link.execute("begin immediate");
    }

    @Override
    public void beginReading(Link link) throws SQLException {
        link.execute("begin");
    }

    @Override
    public void commit(Link link) throws SQLException {
        link.execute("commit");
    }

    @Override
    public void guard(Link link, Store store) throws SQLException {
        if (!Arrays.equals(store.meta().get(link, MetaTable.OWNER), owner)) {
            throw new TakenOverException(place());
        }
    }

    @Override
    public void committed(Link link, long bytes) throws SQLException {
        checkpoints.committed(link, bytes);
    }

    @Override
    public boolean isLogLong() {
        return checkpoints.isBehind();
    }

    @Override
    public long freeBytes(Link link) throws SQLException {
        Long pages = link.one("pragma freelist_count", row -> row.getLong(1));
        Long size = link.one("pragma page_size", row -> row.getLong(1));
        return pages == null || size == null ? 0 : pages * size;
    }

    @Override
    public void relieve(Link link) throws SQLException {
        checkpoints.restart(link);
    }

    /** Statements cost little here. */
    @Override
    public List<AppendCall> together(Link link, Store store, List<AppendCall> calls) {
        return List.of();
    }

    @Override
    public List<String> integrity(Link link) throws SQLException {
        return link.all("pragma integrity_check(100)", row -> row.getString(1)).stream()
                .filter(words -> !words.equals("ok"))
                .map(words -> place() + ": " + words)
                .toList();
    }

    @Override
    public void backup(Store store, Path to) throws IOException, SQLException {
        try (Link link = fixed ? reader() : writer()) {
            SqliteBackup.write(link, store, to);
        }
    }

    @Override
    public void listen(Watchers watchers, Runnable takenOver) {
        // There are no other processes.
    }

    @Override
    public void appended(List<String> rooms) {
        // There is nobody to tell.
    }

    @Override
    public String forUpdate() {
        return "";
    }

    @Override
    public Fault fault(SQLException error) {
        return isDamage(error) ? Fault.DAMAGED : error.getErrorCode() == IS_FULL ? Fault.FULL : Fault.OTHER;
    }

    static boolean isDamage(SQLException error) {
        return error.getErrorCode() == IS_CORRUPT || error.getErrorCode() == IS_NO_DATABASE;
    }

    // ---- tables

    @Override
    public List<String> schema() {
        return List.of(
                "pragma application_id = " + SqliteChecks.APPLICATION,
                "create table meta (name text primary key, content blob not null, crc integer not null) strict",
                "create table room (id integer primary key autoincrement, key text not null unique, epoch integer not null,"
                        + " head integer not null, floor integer not null, bytes integer not null, last_id blob,"
                        + " state blob, state_crc integer not null, crc integer not null) strict",
                "create table entry (num integer primary key, room integer not null, seq integer not null, origin integer,"
                        + " cid integer, time integer not null, content blob not null, crc integer not null) strict",
                "create unique index entry_place on entry (room, seq)",
                "create unique index entry_command on entry (origin, cid)",
                "create table value (kind text not null, key text not null, content blob not null, crc integer not null,"
                        + " primary key (kind, key)) strict, without rowid",
                "create table forgotten (room integer primary key) strict");
    }

    @Override
    public SearchIndex index() {
        return index;
    }

    @Override
    public int schemaVersion(Link link) throws SQLException {
        Integer version = link.one("pragma user_version", row -> row.getInt(1));
        return version == null ? 0 : version;
    }

    @Override
    public void schemaVersion(Link link, int version) throws SQLException {
        link.execute("pragma user_version = " + version);
    }

    @Override
    public int insert(Link link, int room, List<EntryRow> entries) throws SQLException {
        PreparedStatement insert = link.prepare("insert into entry (room, seq, origin, cid, time, content, crc)"
                + " values (?, ?, ?, ?, ?, ?, ?) on conflict (origin, cid) do nothing");
        insert.setInt(1, room);
        for (EntryRow entry : entries) {
            boolean command = entry.origin() != 0;
            insert.setInt(1, room);
            insert.setLong(2, entry.seq());
            insert.setObject(3, command ? (Long) entry.origin() : null);
            insert.setObject(4, command ? (Long) entry.cid() : null);
            insert.setLong(5, entry.timeMillis());
            insert.setBytes(6, entry.content());
            insert.setInt(7, Sums.entry(room, entry));
            insert.addBatch();
        }
        return Arrays.stream(insert.executeBatch()).sum();
    }

    /** The last connection moves the log to the database and deletes it. Readers could not. */
    @Override
    public void close(boolean clean) {
        checkpoints.close();
        if (clean) {
            try (Link last = writer()) {
                last.execute("pragma wal_checkpoint(truncate)");
            } catch (SQLException stays) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "the log of " + file + " stays, to be read at the next start",
                        stays);
            }
        }
        unlock();
    }

    /** Lets others in. */
    void unlock() {
        try {
            if (marks != null) {
                marks.undo();
            }
            if (lock != null) {
                lock.close();
            }
        } catch (IOException gone) {
            LOG.log(System.Logger.Level.DEBUG, "the lock of " + folder + " was gone", gone);
        }
    }
}
