package io.parley.testkit.journal;

import io.parley.codec.Bytes;
import io.parley.journal.AppendRequest;
import io.parley.journal.AppendResult;
import io.parley.journal.Journal;
import io.parley.journal.KeptCommand;
import io.parley.journal.KeptRoom;
import io.parley.journal.KeyValue;
import io.parley.model.EntryPage;
import io.parley.model.SearchQuery;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A journal that asks another one; what is to be otherwise is overridden. Any thread. */
public class WrappedJournal implements Journal {
    private final Journal journal;

    /**
     * Wraps a journal.
     *
     * @param journal keeps everything
     */
    public WrappedJournal(Journal journal) {
        this.journal = journal;
    }

    @Override
    public CompletableFuture<KeptRoom> open(String room) {
        return journal.open(room);
    }

    @Override
    public CompletableFuture<AppendResult> append(AppendRequest request) {
        return journal.append(request);
    }

    @Override
    public CompletableFuture<EntryPage> read(String room, long after, long before, int limit, int maxBytes) {
        return journal.read(room, after, before, limit, maxBytes);
    }

    @Override
    public CompletableFuture<EntryPage> search(String room, SearchQuery query) {
        return journal.search(room, query);
    }

    @Override
    public CompletableFuture<List<KeptCommand>> find(long origin, long from, int limit) {
        return journal.find(origin, from, limit);
    }

    @Override
    public CompletableFuture<List<String>> rooms(String after, int limit) {
        return journal.rooms(after, limit);
    }

    @Override
    public Watch watch(String room, Runnable hint) {
        return journal.watch(room, hint);
    }

    @Override
    public void close(String room) {
        journal.close(room);
    }

    @Override
    public CompletableFuture<@Nullable Void> forget(String room) {
        return journal.forget(room);
    }

    @Override
    public CompletableFuture<@Nullable Void> put(List<KeyValue> values) {
        return journal.put(values);
    }

    @Override
    public CompletableFuture<@Nullable Bytes> value(String kind, String key) {
        return journal.value(kind, key);
    }

    @Override
    public CompletableFuture<List<KeyValue>> values(String kind, String after, int limit) {
        return journal.values(kind, after, limit);
    }

    @Override
    public boolean isLasting() {
        return journal.isLasting();
    }

    @Override
    public byte[] secret() {
        return journal.secret();
    }

    @Override
    public void close() {
        journal.close();
    }
}
