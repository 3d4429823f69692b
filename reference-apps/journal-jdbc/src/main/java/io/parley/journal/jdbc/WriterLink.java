package io.parley.journal.jdbc;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The writer's connection. After an error it is given up, and opened anew when it is needed. Writer only. */
final class WriterLink {
    private static final System.Logger LOG = System.getLogger(WriterLink.class.getName());

    private final Store store;
    private final Dialect dialect;
    private final Space space;
    private @Nullable Link link; // null after an error

    WriterLink(Store store, Link link, Space space) {
        this.store = store;
        this.dialect = store.dialect();
        this.link = link;
        this.space = space;
    }

    private Link open() throws SQLException {
        Link current = link;
        if (current == null) {
            try {
                current = dialect.writer();
            } catch (
                    JournalOpenException
                            refused) { // another server of the database, say, that loses what it has committed
                throw new SQLException(refused.getMessage(), refused);
            }
            link = current;
        }
        return current;
    }

    /**
     * Begins a transaction.
     *
     * @throws TakenOverException if this process must not write any more
     */
    Link begin() throws SQLException {
        Link current = open();
        dialect.begin(current);
        dialect.guard(current, store);
        return current;
    }

    /** A transaction was committed, of about so many bytes. */
    void committed(long bytes) {
        try {
            dialect.committed(open(), bytes);
        } catch (SQLException failed) {
            discard();
            LOG.log(System.Logger.Level.WARNING, "a checkpoint of " + dialect.place() + " failed", failed);
            if (dialect.fault(failed) == Fault.FULL) {
                relieve();
            }
        }
    }

    /** How many bytes are free inside the files of the database. */
    long freeBytes() {
        try {
            return dialect.freeBytes(open());
        } catch (SQLException unknown) {
            discard();
            return 0;
        }
    }

    /**
     * The disk is full. The reserve is given up, and the log is moved to the database: that needs no space where pages are only changed, and
     * makes some.
     *
     * @return whether there may be some space now, for what deletes or moderates
     */
    boolean relieve() {
        boolean freed = space.full();
        boolean moved = moveLog();
        if (freed && !moved) {
            LOG.log(System.Logger.Level.ERROR, "the reserve of {0} was not enough", dialect.place());
        }
        return freed || moved;
    }

    /** Moves the log to the database; false if that fails. */
    boolean moveLog() {
        try {
            dialect.relieve(open());
            return true;
        } catch (SQLException failed) {
            discard();
            LOG.log(System.Logger.Level.DEBUG, "the log of " + dialect.place() + " stays", failed);
            return false;
        }
    }

    /** Gives the connection up; what was not committed is undone. */
    void discard() {
        Link current = link;
        link = null;
        if (current != null) {
            current.discard();
        }
    }
}
