package io.parley.journal;

import io.parley.model.Entry;
import io.parley.testkit.journal.WrappedJournal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** A journal in memory that several servers use one after the other, as if it were on a disk. It knows all commands. Any thread. */
public final class LastingJournal extends WrappedJournal {
    private final MemoryJournal memory;
    private final Map<Long, TreeMap<Long, KeptCommand>> commands = new TreeMap<>(); // by origin and cid; monitor
    private boolean dead; // monitor

    public LastingJournal() {
        this(MemoryJournal.withDefaults());
    }

    private LastingJournal(MemoryJournal memory) {
        super(memory);
        this.memory = memory;
    }

    /** What is asked from now on is neither done nor answered: the process has ended. */
    public synchronized void die() {
        dead = true;
    }

    public synchronized void live() {
        dead = false;
    }

    @Override
    public synchronized CompletableFuture<AppendResult> append(AppendRequest request) {
        if (dead) {
            return new CompletableFuture<>();
        }
        List<KeptCommand> known = new ArrayList<>();
        for (Entry.Sequenced entry : request.entries()) {
            KeptCommand one =
                    commands.getOrDefault(entry.origin(), new TreeMap<>()).get(entry.cid());
            if (one != null) {
                known.add(one);
            }
        }
        if (!known.isEmpty()) {
            return memory.open(request.room()).thenApply(now -> new AppendResult.Already(now, known));
        }
        return memory.append(request).thenApply(result -> {
            if (result instanceof AppendResult.Kept) {
                request.entries()
                        .forEach(one -> commands.computeIfAbsent(one.origin(), none -> new TreeMap<>())
                                .put(one.cid(), new KeptCommand(request.room(), one.origin(), one.cid(), one.seq())));
            }
            return result;
        });
    }

    @Override
    public synchronized CompletableFuture<Void> put(List<KeyValue> values) {
        return dead ? new CompletableFuture<>() : memory.put(values);
    }

    @Override
    public synchronized CompletableFuture<Void> forget(String room) {
        return dead ? new CompletableFuture<>() : memory.forget(room);
    }

    @Override
    public synchronized CompletableFuture<List<KeptCommand>> find(long origin, long from, int limit) {
        List<KeptCommand> all = List.copyOf(
                commands.getOrDefault(origin, new TreeMap<>()).tailMap(from).values());
        return CompletableFuture.completedFuture(all.subList(Math.max(0, all.size() - limit), all.size()));
    }

    @Override
    public boolean isLasting() {
        return true;
    }
}
