package io.parley.journal.jdbc;

import io.parley.codec.Bytes;
import io.parley.journal.AppendRequest;
import io.parley.journal.AppendResult;
import io.parley.journal.Journal;
import io.parley.journal.KeptCommand;
import io.parley.journal.KeptRoom;
import io.parley.journal.KeyValue;
import io.parley.journal.NotKeptException;
import io.parley.model.EntryPage;
import io.parley.model.SearchQuery;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * A journal that lasts, in a database. Any thread may call it. Its futures complete on its own threads, where
 * what follows must not block or close it.
 *
 * <p>What is kept is bounded by {@link JdbcJournalOptions}. Calls that wait are bounded, too: while too many do, an append fails with a
 * {@link NotKeptException}. The same happens while the disk is full; a reserve file of 16 MiB is then given up, so that entries can
 * still be deleted and users be banned. When there is space again, the journal goes on by itself.
 */
public final class JdbcJournal implements Journal {
    private static final int MOST_CALLS = 20_000; // that wait
    private static final long MOST_BYTES = 64L << 20; // of them

    private static final int READERS = 2;
    private static final int SEARCHES = 1;

    private final Store store;
    private final byte[] secret;
    private final WriteQueue queue = new WriteQueue(MOST_CALLS, MOST_BYTES);
    private final ExecutorService answers;
    private final Sweep sweep;
    private final Watchers watchers = new Watchers();
    private final Readers readers;
    private final Readers searches; // of their own: who joins a room does not wait for them
    private final Tasks tasks = new Tasks();
    private final CompletableFuture<@Nullable Void> takenOver = new CompletableFuture<>();
    private final Writer writing;
    private final Thread writer;
    private final Indexing indexing;
    private final Thread indexer;

    JdbcJournal(Opening opening) {
        this.store = opening.store();
        this.secret = opening.secret();
        this.answers = opening.answers();
        this.sweep = opening.sweep();
        this.readers = new Readers(store.dialect(), READERS);
        this.searches = new Readers(store.dialect(), SEARCHES);
        Writer.Parts parts = new Writer.Parts(
                queue,
                answers,
                new Maintenance(sweep, opening.retention(), opening.indexing()),
                opening.space(),
                watchers,
                opening.clocks().nanoTime(),
                this::lose);
        this.writing = new Writer(store, opening.link(), parts);
        this.writer = Threads.daemon("writer", writing);
        this.indexing = opening.indexing();
        this.indexer = Threads.daemon("indexer", new Indexer(store, indexing, queue::wake));
        store.dialect().listen(watchers, this::lose);
        writer.start();
        indexer.start();
    }

    /**
     * Opens the journal of a folder with {@link JdbcJournalOptions#DEFAULT}.
     *
     * @param folder the folder, which is made for this user alone if it is not there; on a local disk
     * @return the journal, to be closed
     * @throws JournalOpenException if that is not possible
     */
    public static JdbcJournal sqlite(Path folder) {
        return sqlite(folder, JdbcJournalOptions.DEFAULT);
    }

    /**
     * Opens the journal of a folder. The database is the file {@code parley.db} there; the other files whose names begin with {@code
     * parley} belong to it.
     *
     * @param folder the folder, which is made for this user alone if it is not there; on a local disk
     * @param options the options
     * @return the journal, to be closed
     * @throws JournalOpenException if that is not possible
     */
    public static JdbcJournal sqlite(Path folder, JdbcJournalOptions options) {
        return Opening.sqlite(folder, options, Clocks.SYSTEM);
    }

    /**
     * Opens the journal of a PostgreSQL database. Its tables are in the schema {@code parley}, which is made if it is not there. Several
     * processes may have it open. Each append is synced: the durability of the options must be {@link Durability#FULL}.
     *
     * @param url the address, {@code jdbc:postgresql://host/database}
     * @param user who is to own the tables
     * @param password the password of that user
     * @param options the options
     * @return the journal, to be closed
     * @throws JournalOpenException if that is not possible
     */
    public static JdbcJournal postgres(String url, String user, String password, JdbcJournalOptions options) {
        return Opening.postgres(new Postgres(url, user, password), options, Clocks.SYSTEM);
    }

    /**
     * Opens the journal of a PostgreSQL database for this process alone: what one process holds in memory, and writes now and then, is not
     * overwritten by another. A second process that opens it in this way is refused. This process holds an advisory lock over a connection
     * of its own, which must not go through a pool that shares connections between transactions. If that connection is lost and another
     * process takes over, this one writes nothing more.
     *
     * @param url the address, {@code jdbc:postgresql://host/database}
     * @param user who is to own the tables
     * @param password the password of that user
     * @param options the options; as in {@link #postgres}
     * @return the journal, to be closed
     * @throws JournalOpenException if that is not possible; if another process has it open, it says which one
     */
    public static JdbcJournal exclusivePostgres(String url, String user, String password, JdbcJournalOptions options) {
        return Opening.postgres(Postgres.exclusive(url, user, password), options, Clocks.SYSTEM);
    }

    // ---- writing

    @Override
    public CompletableFuture<KeptRoom> open(String room) {
        String wrong = CallLimits.wrongKey(room);
        return wrong == null ? write(new OpenCall(room)) : wrong(wrong);
    }

    @Override
    public CompletableFuture<AppendResult> append(AppendRequest request) {
        String wrong = CallLimits.wrong(request);
        return wrong == null ? write(AppendCall.of(request)) : wrong(wrong);
    }

    @Override
    public CompletableFuture<@Nullable Void> forget(String room) {
        String wrong = CallLimits.wrongKey(room);
        return wrong == null ? write(new ForgetCall(room, sweep)) : wrong(wrong);
    }

    @Override
    public CompletableFuture<@Nullable Void> put(List<KeyValue> values) {
        String wrong = CallLimits.wrongValues(values);
        return wrong == null ? write(new PutCall(List.copyOf(values))) : wrong(wrong);
    }

    private <T> CompletableFuture<T> write(Call<T> call) {
        WriteQueue.Added added = queue.add(call);
        if (added != WriteQueue.Added.YES) {
            String why = added == WriteQueue.Added.FULL ? "too many calls wait" : "the journal is closed";
            call.refuse(why);
            call.answer();
        }
        return call.result();
    }

    private static <T> CompletableFuture<T> wrong(String what) {
        return CompletableFuture.failedFuture(new IllegalArgumentException(what));
    }

    // ---- reading

    @Override
    public CompletableFuture<EntryPage> read(String room, long after, long before, int limit, int maxBytes) {
        return read(queue.after(room), link -> {
            RoomRow found = store.rooms().find(link, room);
            return found == null
                    ? new EntryPage(List.of(), 1, 0, false)
                    : store.entries().page(link, found, after, before, limit, maxBytes);
        });
    }

    /**
     * {@inheritDoc}
     *
     * <p>An index is fed on a thread of its own. What it does not have yet is looked through. One search is done at a time.
     */
    @Override
    public CompletableFuture<EntryPage> search(String room, SearchQuery query) {
        Readers.Read<EntryPage> search = link -> JournalSearch.run(store, link, room, query, this::renewIndex);
        return read(searches, queue.after(room), search);
    }

    private void renewIndex() {
        indexing.damaged();
        queue.wake();
    }

    @Override
    public CompletableFuture<List<KeptCommand>> find(long origin, long from, int limit) {
        return read(queue.afterAll(), link -> store.entries().find(link, origin, from, limit));
    }

    @Override
    public CompletableFuture<List<String>> rooms(String after, int limit) {
        return read(queue.afterAll(), link -> List.copyOf(store.rooms().keys(link, after, limit)));
    }

    @Override
    public CompletableFuture<List<KeyValue>> values(String kind, String after, int limit) {
        return read(queue.afterAll(), link -> store.values().read(link, kind, after, limit));
    }

    @Override
    public CompletableFuture<@Nullable Bytes> value(String kind, String key) {
        return read(queue.afterAll(), link -> store.values().get(link, kind, key));
    }

    /** Reads when what was asked before is carried out. */
    private <T> CompletableFuture<T> read(@Nullable CompletableFuture<?> first, Readers.Read<T> read) {
        return read(readers, first, read);
    }

    private static <T> CompletableFuture<T> read(
            Readers by, @Nullable CompletableFuture<?> first, Readers.Read<T> read) {
        CompletableFuture<T> result = new CompletableFuture<>();
        if (first == null) {
            by.read(read, result);
        } else {
            first.whenComplete((done, never) -> Threads.safely(() -> by.read(read, result)));
        }
        return result;
    }

    // ---- keeping it safe

    /**
     * Writes all that is kept at this moment to a new file, on a thread of its own. Meanwhile the journal works, and its log grows by what is
     * written.
     *
     * <p>The copy is the {@code parley.db} of another folder, in which there must be no other file of a journal. Rooms have
     * other epochs there, since sequence numbers may be given again that were given after the copy. Do not copy the files of a
     * journal that is open in any other way.
     *
     * @param file where to write; in a folder that is there
     * @return completes when the file is complete and synced; fails with an {@link java.io.IOException} or a {@link
     *     java.sql.SQLException}, in PostgreSQL with an {@link UnsupportedOperationException}
     */
    public CompletableFuture<@Nullable Void> backup(Path file) {
        return tasks.run(() -> {
            store.dialect().backup(store, file);
            return null;
        });
    }

    /**
     * Reads every row and verifies it, on a thread of its own. Meanwhile the journal works, and its log grows by what is written.
     *
     * @return what was found; fails with a {@link java.sql.SQLException} if the database cannot be read
     */
    public CompletableFuture<CheckReport> check() {
        return tasks.run(() -> {
            try (Link link = store.dialect().reader()) {
                store.dialect().beginReading(link);
                return new Check(store, link).run();
            }
        });
    }

    @Override
    public Watch watch(String room, Runnable hint) {
        return watchers.add(room, hint);
    }

    @Override
    public void close(String room) {
        // Rooms that are in use are treated like others.
    }

    @Override
    public boolean isLasting() {
        return true;
    }

    @Override
    public byte[] secret() {
        return secret.clone();
    }

    // ---- the end

    /**
     * Tells when another process has taken over the journal. This one then writes nothing more, and all calls that write fail. A program
     * whose journal it is should end.
     *
     * @return completes then, on a thread of the journal, where what follows must not block or close it; else never
     */
    public CompletableFuture<@Nullable Void> takenOver() {
        return takenOver.copy();
    }

    /** The number of the last entry of a room that is indexed; for tests. */
    CompletableFuture<Long> indexed(String room) {
        return read(null, link -> {
            RoomRow found = store.rooms().find(link, room);
            return found == null ? 0 : store.positions().of(link, found.number());
        });
    }

    /** Indexes no more; for measurements. */
    void stopIndexing() {
        indexing.close();
    }

    private void lose() {
        takenOver.complete(null);
    }

    /** Ends as if the process was killed; for tests. */
    void crash() {
        writing.crash();
        end(false);
    }

    @Override
    public void close() {
        end(true);
    }

    private void end(boolean clean) {
        indexing.close();
        boolean first = queue.close();
        Threads.await(writer);
        Threads.await(indexer);
        answers.shutdown();
        Threads.await(answers);
        readers.close();
        searches.abandon();
        tasks.close();
        if (first) {
            store.dialect().close(clean);
        }
    }
}
