package io.parley.apps.benchmarks.storage;

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

/** A journal whose calls meet faults. Any thread. */
final class FaultyJournal implements Journal {
    private final Journal real;
    private volatile Faults faults = Faults.NONE;

    FaultyJournal(Journal real) {
        this.real = real;
    }

    /** What calls meet from now on. */
    void meet(Faults next) {
        faults = next;
    }

    @Override
    public CompletableFuture<KeptRoom> open(String room) {
        return faults.call(Faults.Kind.OPEN, () -> real.open(room));
    }

    @Override
    public CompletableFuture<AppendResult> append(AppendRequest request) {
        return faults.append(request, () -> real.append(request));
    }

    @Override
    public CompletableFuture<EntryPage> read(String room, long after, long before, int limit, int maxBytes) {
        return faults.call(Faults.Kind.READ, () -> real.read(room, after, before, limit, maxBytes));
    }

    @Override
    public CompletableFuture<EntryPage> search(String room, SearchQuery query) {
        return faults.call(Faults.Kind.READ, () -> real.search(room, query));
    }

    @Override
    public CompletableFuture<List<KeptCommand>> find(long origin, long from, int limit) {
        return faults.call(Faults.Kind.READ, () -> real.find(origin, from, limit));
    }

    @Override
    public CompletableFuture<List<String>> rooms(String after, int limit) {
        return faults.call(Faults.Kind.OPEN, () -> real.rooms(after, limit));
    }

    @Override
    public Watch watch(String room, Runnable hint) {
        return real.watch(room, hint);
    }

    @Override
    public void close(String room) {
        real.close(room);
    }

    @Override
    public CompletableFuture<@Nullable Void> forget(String room) {
        return real.forget(room);
    }

    @Override
    public CompletableFuture<@Nullable Void> put(List<KeyValue> values) {
        return faults.call(Faults.Kind.PUT, () -> real.put(values));
    }

    @Override
    public CompletableFuture<@Nullable Bytes> value(String kind, String key) {
        return faults.call(Faults.Kind.READ, () -> real.value(kind, key));
    }

    @Override
    public CompletableFuture<List<KeyValue>> values(String kind, String after, int limit) {
        return faults.call(Faults.Kind.OPEN, () -> real.values(kind, after, limit));
    }

    @Override
    public boolean isLasting() {
        return real.isLasting();
    }

    @Override
    public byte[] secret() {
        return real.secret();
    }

    @Override
    public void close() {
        real.close();
    }
}
