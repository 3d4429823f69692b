package io.parley.journal.jdbc;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A database that fails when a test wants it. Tests set the faults; the writer looks at them. */
final class FaultyDialect implements Dialect {
    /** What happens at a commit that has written something. */
    enum AtCommit {
        NOTHING,
        /** The disk is full, and nothing is committed. */
        FULL,
        /** The disk is full of the log, until that is moved; however often. */
        FULL_OF_LOG,
        /** It fails, and nothing is committed. */
        FAIL_BEFORE,
        /** It is committed, and fails all the same. */
        FAIL_AFTER
    }

    private final Dialect real;
    private volatile AtCommit atCommit = AtCommit.NOTHING;
    private final AtomicInteger failures = new AtomicInteger(); // how many more
    private volatile boolean failBegin;
    private volatile CountDownLatch held = new CountDownLatch(0); // transactions wait for it
    private volatile Long refused = null; // an insert with this origin fails
    private long changes; // before the transaction; writer only
    private boolean indexes; // the transaction adds to the index, and meets no fault of others; writer only
    private volatile boolean indexFull;
    private volatile boolean indexRefused;

    FaultyDialect(Dialect real) {
        this.real = real;
    }

    void atCommit(AtCommit fault, int times) {
        failures.set(times);
        atCommit = fault;
    }

    void failBegin(boolean fail) {
        failBegin = fail;
    }

    /** Transactions wait until the result is counted down. */
    CountDownLatch hold() {
        held = new CountDownLatch(1);
        return held;
    }

    /** Whether the index finds the disk full. */
    void indexFull(boolean full) {
        indexFull = full;
    }

    /** Whether the index has found it full. */
    boolean wasIndexRefused() {
        return indexRefused;
    }

    void refuseOrigin(long origin) {
        refused = origin;
    }

    private static long changes(Link link) throws SQLException {
        Long changes = link.one("select total_changes()", row -> row.getLong(1));
        return changes == null ? 0 : changes;
    }

    @Override
    public void begin(Link link) throws SQLException {
        try {
            held.await();
        } catch (InterruptedException ended) {
            throw new SQLException(ended);
        }
        if (failBegin) {
            throw new SQLException("cannot begin", "", 10);
        }
        real.begin(link);
        changes = changes(link);
        indexes = false;
    }

    @Override
    public void commit(Link link) throws SQLException {
        AtCommit fault = atCommit;
        if (!Thread.currentThread().getName().endsWith("writer")
                || fault == AtCommit.NOTHING
                || indexes
                || changes(link) == changes) {
            real.commit(link);
            return;
        }
        if (fault == AtCommit.FULL_OF_LOG) {
            throw new SQLException("full", "", 13);
        }
        if (failures.decrementAndGet() <= 0) {
            atCommit = AtCommit.NOTHING;
        }
        if (fault == AtCommit.FAIL_AFTER) {
            real.commit(link);
        }
        throw fault == AtCommit.FULL
                ? new SQLException("full", "", 13)
                : new SQLException("input/output error", "", 10);
    }

    @Override
    public int insert(Link link, int room, List<EntryRow> entries) throws SQLException {
        for (EntryRow entry : entries) {
            if (Long.valueOf(entry.origin()).equals(refused)) {
                throw new SQLException("cannot insert", "", 1);
            }
        }
        return real.insert(link, room, entries);
    }

    @Override
    public String place() {
        return real.place();
    }

    @Override
    public boolean isShared() {
        return real.isShared();
    }

    @Override
    public Link writer() throws SQLException {
        return real.writer();
    }

    @Override
    public Link reader() throws SQLException {
        return real.reader();
    }

    @Override
    public void beginReading(Link link) throws SQLException {
        real.beginReading(link);
    }

    @Override
    public void guard(Link link, Store store) throws SQLException {
        real.guard(link, store);
    }

    @Override
    public void committed(Link link, long bytes) throws SQLException {
        real.committed(link, bytes);
    }

    @Override
    public boolean isLogLong() {
        return real.isLogLong();
    }

    @Override
    public long freeBytes(Link link) throws SQLException {
        return real.freeBytes(link);
    }

    @Override
    public void relieve(Link link) throws SQLException {
        real.relieve(link);
        if (atCommit == AtCommit.FULL_OF_LOG) {
            atCommit = AtCommit.NOTHING;
        }
    }

    @Override
    public List<AppendCall> together(Link link, Store store, List<AppendCall> calls) throws SQLException {
        return real.together(link, store, calls);
    }

    @Override
    public List<String> integrity(Link link) throws SQLException {
        return real.integrity(link);
    }

    @Override
    public void backup(Store store, Path to) throws IOException, SQLException {
        real.backup(store, to);
    }

    @Override
    public void listen(Watchers watchers, Runnable takenOver) {
        real.listen(watchers, takenOver);
    }

    @Override
    public void appended(List<String> rooms) {
        real.appended(rooms);
    }

    @Override
    public String forUpdate() {
        return real.forUpdate();
    }

    @Override
    public Fault fault(SQLException error) {
        return real.fault(error);
    }

    @Override
    public List<String> schema() {
        return real.schema();
    }

    @Override
    public SearchIndex index() {
        return new FaultyIndex(real.index(), () -> {
            indexes = true;
            if (indexFull) {
                indexRefused = true;
                throw new SQLException("full", "", 13);
            }
        });
    }

    @Override
    public int schemaVersion(Link link) throws SQLException {
        return real.schemaVersion(link);
    }

    @Override
    public void schemaVersion(Link link, int version) throws SQLException {
        real.schemaVersion(link, version);
    }

    @Override
    public void close(boolean clean) {
        real.close(clean);
    }
}
