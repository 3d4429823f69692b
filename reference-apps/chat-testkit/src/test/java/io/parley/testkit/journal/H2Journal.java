package io.parley.testkit.journal;

import io.parley.codec.Bytes;
import io.parley.codec.MalformedException;
import io.parley.journal.AppendRequest;
import io.parley.journal.AppendResult;
import io.parley.journal.DamagedException;
import io.parley.journal.EntryCodec;
import io.parley.journal.Journal;
import io.parley.journal.KeptCommand;
import io.parley.journal.KeptRoom;
import io.parley.journal.KeyValue;
import io.parley.journal.NotKeptException;
import io.parley.journal.StateCodec;
import io.parley.model.Entry;
import io.parley.model.EntryPage;
import io.parley.model.RoomState;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A journal in an H2 database, as an example of one that a user writes: in one file, short, and not fast. One thread with one
 * connection does everything; if the connection breaks, the journal fails until it is opened anew. Several writers may have the
 * database open.
 */
final class H2Journal implements Journal {
    private static final String[] SCHEMA = {
        "create table if not exists room(id int generated always as identity primary key, name varchar(300) not null unique,"
                + " epoch bigint not null, head bigint not null, state varbinary(1000000) not null, last uuid)",
        "create table if not exists entry(room int not null, seq bigint not null, origin bigint not null, cid bigint not null,"
                + " bytes varbinary(1000000) not null, primary key(room, seq), unique(origin, cid))",
        "create table if not exists keyed(kind varchar(50) not null, name varchar(300) not null,"
                + " bytes varbinary(65536) not null, primary key(kind, name))"
    };
    private static final String ROOM = "select id, epoch, head, state, last,"
            + " coalesce((select min(seq) from entry where room = r.id), head + 1) from room r where name = ?";
    private static final long POLL_MILLIS = 20;

    /** A row of the table of rooms. */
    private record Row(KeptRoom room, Object last) {}

    /** Reads one row of a result. */
    private interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    private final Connection db; // the journal's thread
    private final int keepEntries;
    private final byte[] secret;
    private final SecureRandom random = new SecureRandom();
    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1, task -> {
        Thread one = new Thread(task, "h2-journal");
        one.setDaemon(true);
        return one;
    });

    /** Opens a journal that keeps so many entries a room. The connection is the journal's from now on. */
    H2Journal(Connection db, int keepEntries) throws SQLException {
        this.db = db;
        this.keepEntries = keepEntries;
        db.setAutoCommit(false);
        for (String table : SCHEMA) {
            update(table);
        }
        byte[] fresh = new byte[32];
        random.nextBytes(fresh);
        update("insert into keyed select '', 'secret', ? where not exists(select 1 from keyed where kind = '')", fresh);
        secret = query("select bytes from keyed where kind = ''", row -> row.getBytes(1))
                .get(0);
        db.commit();
    }

    // ---- SQL

    /** Runs a transaction on the journal's thread. */
    private <T> CompletableFuture<T> ask(Callable<T> transaction) {
        try {
            return CompletableFuture.supplyAsync(() -> run(transaction), thread);
        } catch (RejectedExecutionException closed) {
            return CompletableFuture.failedFuture(new IllegalStateException("the journal is closed", closed));
        }
    }

    private <T> T run(Callable<T> transaction) {
        try {
            try {
                T result = transaction.call();
                db.commit();
                return result;
            } catch (Exception failed) {
                db.rollback();
                throw failed;
            }
        } catch (Exception failed) {
            throw new CompletionException(failed);
        }
    }

    private <T> List<T> query(String sql, Reader<T> reader, Object... args) throws SQLException {
        try (PreparedStatement statement = prepare(sql, args);
                ResultSet rows = statement.executeQuery()) {
            List<T> all = new ArrayList<>();
            while (rows.next()) {
                all.add(reader.read(rows));
            }
            return all;
        }
    }

    private void update(String sql, Object... args) throws SQLException {
        try (PreparedStatement statement = prepare(sql, args)) {
            statement.executeUpdate();
        }
    }

    private PreparedStatement prepare(String sql, Object... args) throws SQLException {
        PreparedStatement statement = db.prepareStatement(sql);
        for (int i = 0; i < args.length; i++) {
            statement.setObject(i + 1, args[i]);
        }
        return statement;
    }

    // ---- rooms

    /** Finds a room; null if there is none. */
    private Row find(String room, String lock) throws SQLException {
        return query(ROOM + lock, H2Journal::row, room).stream().findFirst().orElse(null);
    }

    private static Row row(ResultSet row) throws SQLException {
        RoomState state = StateCodec.decode(row.getBytes(4));
        return new Row(
                new KeptRoom(row.getInt(1), row.getLong(2), row.getLong(3), row.getLong(6), state), row.getObject(5));
    }

    /** Finds a room, or begins it, and keeps others from changing it until the end of the transaction. */
    private Row lock(String room) throws SQLException {
        update(
                "merge into room using (values(?)) as v(n) on name = n when not matched then"
                        + " insert(name, epoch, head, state) values(n, ?, 0, ?)",
                room,
                random.nextLong(),
                StateCodec.encode(RoomState.EMPTY));
        return find(room, " for update");
    }

    @Override
    public CompletableFuture<KeptRoom> open(String room) {
        return ask(() -> lock(room).room());
    }

    @Override
    public CompletableFuture<List<String>> rooms(String after, int limit) {
        return ask(() -> query(
                "select name from room where name > ? order by name limit ?", row -> row.getString(1), after, limit));
    }

    @Override
    public void close(String room) {}

    @Override
    public CompletableFuture<Void> forget(String room) {
        return ask(() -> {
            update("delete from entry where room = (select id from room where name = ?)", room);
            update("delete from room where name = ?", room);
            return null;
        });
    }

    // ---- entries

    @Override
    public CompletableFuture<AppendResult> append(AppendRequest request) {
        return ask(() -> {
            Row row = lock(request.room());
            KeptRoom now = row.room();
            if (request.id().equals(row.last())) {
                return new AppendResult.Kept(now.floor());
            }
            List<KeptCommand> known = new ArrayList<>();
            for (Entry.Sequenced entry : request.entries()) {
                known.addAll(commands("origin = ? and cid = ?", entry.origin(), entry.cid()));
            }
            if (!known.isEmpty()) {
                return new AppendResult.Already(now, known);
            }
            if (now.head() != request.expectedHead()) {
                return new AppendResult.Behind(now);
            }
            try {
                return keep(now, request);
            } catch (SQLException failed) { // nothing is committed, and nothing was kept before
                throw new NotKeptException(failed.getMessage());
            }
        });
    }

    private AppendResult keep(KeptRoom now, AppendRequest request) throws SQLException {
        for (Entry.Sequenced entry : request.entries()) {
            update(
                    "insert into entry values(?, ?, ?, ?, ?)",
                    now.number(),
                    entry.seq(),
                    entry.origin(),
                    entry.cid(),
                    EntryCodec.encode(entry));
        }
        keep(request.values());
        RoomState state = request.stateAfter() == null ? now.state() : request.stateAfter();
        update(
                "update room set head = ?, state = ?, last = ? where id = ?",
                request.head(),
                StateCodec.encode(state),
                request.id(),
                now.number());
        update("delete from entry where room = ? and seq <= ?", now.number(), request.head() - keepEntries);
        return new AppendResult.Kept(Math.max(now.floor(), request.head() - keepEntries + 1));
    }

    @Override
    public CompletableFuture<EntryPage> read(String room, long after, long before, int limit, int maxBytes) {
        return ask(() -> {
            Row row = find(room, "");
            return row == null
                    ? new EntryPage(List.of(), 1, 0, false)
                    : page(row.room(), after, before, limit, maxBytes);
        });
    }

    private EntryPage page(KeptRoom now, long after, long before, int limit, int maxBytes) throws SQLException {
        boolean up = after != NONE;
        List<byte[]> found = query(
                "select bytes from entry where room = ? and seq > ? and seq < ? and seq <= ? order by seq "
                        + (up ? "asc" : "desc") + " limit ?",
                row -> row.getBytes(1),
                now.number(),
                after,
                before == NONE ? Long.MAX_VALUE : before,
                now.head(),
                limit + 1L);
        List<Entry.Sequenced> entries = new ArrayList<>();
        int bytes = 0;
        for (byte[] one : found) {
            bytes += one.length;
            if (entries.size() == limit || (bytes > maxBytes && !entries.isEmpty())) {
                break;
            }
            entries.add(decode(one));
        }
        if (!up) {
            Collections.reverse(entries);
        }
        return new EntryPage(entries, now.floor(), now.head(), entries.size() < found.size());
    }

    private static Entry.Sequenced decode(byte[] bytes) {
        try {
            return EntryCodec.decode(bytes);
        } catch (MalformedException damaged) {
            throw new DamagedException("an entry in the database is damaged: restore a backup");
        }
    }

    @Override
    public CompletableFuture<List<KeptCommand>> find(long origin, long from, int limit) {
        return ask(() -> {
            List<KeptCommand> found =
                    commands("origin = ? and cid >= ? order by cid desc limit ?", origin, from, limit);
            Collections.reverse(found);
            return found;
        });
    }

    private List<KeptCommand> commands(String where, Object... args) throws SQLException {
        return query(
                "select r.name, origin, cid, seq from entry join room r on r.id = room where " + where,
                row -> new KeptCommand(row.getString(1), row.getLong(2), row.getLong(3), row.getLong(4)),
                args);
    }

    // ---- hints

    /** Looks at the room again and again. */
    @Override
    public Watch watch(String room, Runnable hint) {
        AtomicLong known = new AtomicLong(-1);
        Future<?> looking = thread.scheduleWithFixedDelay(
                () -> {
                    Row row = run(() -> find(room, ""));
                    long head = row == null ? 0 : row.room().head();
                    if (known.getAndSet(head) != head) {
                        hint.run();
                    }
                },
                POLL_MILLIS,
                POLL_MILLIS,
                TimeUnit.MILLISECONDS);
        return () -> looking.cancel(false);
    }

    // ---- values

    @Override
    public CompletableFuture<Void> put(List<KeyValue> values) {
        return ask(() -> {
            try {
                keep(values);
                return null;
            } catch (SQLException failed) {
                throw new NotKeptException(failed.getMessage());
            }
        });
    }

    private void keep(List<KeyValue> values) throws SQLException {
        for (KeyValue one : values) {
            if (one.value() == null) {
                update("delete from keyed where kind = ? and name = ?", one.kind(), one.key());
            } else {
                update(
                        "merge into keyed values(?, ?, ?)",
                        one.kind(),
                        one.key(),
                        one.value().toArray());
            }
        }
    }

    @Override
    public CompletableFuture<Bytes> value(String kind, String key) {
        return ask(() ->
                query(
                                "select bytes from keyed where kind = ? and name = ?",
                                row -> Bytes.of(row.getBytes(1)),
                                kind,
                                key)
                        .stream()
                        .findFirst()
                        .orElse(null));
    }

    @Override
    public CompletableFuture<List<KeyValue>> values(String kind, String after, int limit) {
        return ask(() -> query(
                "select name, bytes from keyed where kind = ? and name > ? order by name limit ?",
                row -> new KeyValue(kind, row.getString(1), Bytes.of(row.getBytes(2))),
                kind,
                after,
                limit));
    }

    // ---- the journal

    @Override
    public boolean isLasting() {
        return true;
    }

    @Override
    public byte[] secret() {
        return secret.clone();
    }

    @Override
    public void close() {
        thread.shutdown();
        try {
            thread.awaitTermination(1, TimeUnit.HOURS);
            db.close();
        } catch (InterruptedException | SQLException failed) {
            throw new IllegalStateException("the journal could not be closed", failed);
        }
    }
}
