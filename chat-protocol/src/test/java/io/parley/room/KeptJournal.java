package io.parley.room;

import io.parley.journal.Journal;
import io.parley.journal.MemoryJournal;
import io.parley.model.Entry;
import io.parley.model.EntryPage;
import io.parley.model.RoomState;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A journal that keeps all in another one in memory; what a test wants otherwise it overrides. */
class KeptJournal implements Journal {
    final MemoryJournal kept = MemoryJournal.withDefaults();

    @Override
    public byte[] secret() {
        return kept.secret();
    }

    @Override
    public CompletableFuture<Opened> open(String room) {
        return kept.open(room);
    }

    @Override
    public CompletableFuture<Long> append(String room, List<Entry.Sequenced> entries, RoomState stateAfter) {
        return kept.append(room, entries, stateAfter);
    }

    @Override
    public CompletableFuture<EntryPage> read(String room, long after, long before, int limit, int maxBytes) {
        return kept.read(room, after, before, limit, maxBytes);
    }

    @Override
    public void close(String room) {
        kept.close(room);
    }

    @Override
    public void forget(String room) {
        kept.forget(room);
    }
}
