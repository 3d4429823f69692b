package io.parley.sequencer;

import io.parley.journal.AppendRequest;
import io.parley.journal.AppendResult;
import io.parley.journal.KeptCommand;
import io.parley.journal.KeptRoom;
import io.parley.journal.NotKeptException;
import io.parley.log.Faults;
import io.parley.model.Entry;
import io.parley.model.EntryPage;
import java.security.SecureRandom;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * How batches get into the journal, and what others have appended out of it. The room's mover, under no lock, except where a method
 * says otherwise.
 *
 * <p>A failure of the journal says nothing, except that nothing was kept if it says so: the same request is appended again
 * until it is known what has become of it. If another writer was faster, its entries are read and published first; then the
 * commands are judged anew, without those that turned out to be kept already.
 */
final class Keeping {

    /** Does what follows. The room's mover, under no lock. */
    interface Mover {
        /** Publishes a batch that was kept. */
        void kept(Batch batch, long floor);

        /** Refuses what is in a batch that was not kept. */
        void failed(Batch batch);

        /** Does what follows from a batch. */
        void over(Batch batch);

        /** Publishes what others have appended. */
        void adopt(EntryPage page);

        /** Judges commands, and has them kept; false if the journal has to answer first. */
        boolean turn(Batch batch);

        /** Becomes the mover again: the answer to a call has come. */
        void resume(JournalCall call, CompletableFuture<?> answer);
    }

    private static final long PROCESS = new SecureRandom().nextLong();
    private static final AtomicLong REQUESTS = new AtomicLong();

    private final RoomCore core;
    private final Outside room;
    private final RoomContext context;
    private final ReentrantLock lock; // the room's
    private final Mover mover;
    private boolean answersLater; // whether the journal has ever; the mover's
    private long now; // the time that was read last; the mover's
    private @Nullable JournalCall waiting; // lock
    private boolean busy; // somebody looks after what waits; lock

    Keeping(RoomCore core, Outside room, ReentrantLock lock, Mover mover) {
        this.core = core;
        this.room = room;
        this.context = core.context();
        this.lock = lock;
        this.mover = mover;
    }

    // ---- appending

    /** Has a batch kept; false if the journal has to answer first. */
    boolean keep(Batch batch) {
        AppendRequest request = core.request(batch, new UUID(PROCESS, REQUESTS.incrementAndGet()));
        Append call = answersLater ? new Append(batch, request) : null; // first: there may be no memory for it later
        CompletableFuture<AppendResult> answer = append(request);
        if (answer.isDone()) {
            return settle(call, batch, request, answer);
        }
        answersLater = true;
        return waitFor(call == null ? new Append(batch, request) : call, answer);
    }

    private CompletableFuture<AppendResult> append(AppendRequest request) {
        try {
            return Objects.requireNonNull(room.append(request));
        } catch (Throwable broken) {
            return Faults.failed(broken);
        }
    }

    /** An append that waits for its answer. */
    private final class Append extends JournalCall {
        private final AppendRequest request;

        Append(Batch batch, AppendRequest request) {
            super(batch, now());
            this.request = request;
        }

        @Override
        CompletableFuture<?> ask() {
            return append(request);
        }

        @Override
        @SuppressWarnings("unchecked") // it was asked above
        boolean settle(CompletableFuture<?> arrived) {
            return Keeping.this.settle(this, batch(), request, (CompletableFuture<AppendResult>) arrived);
        }
    }

    private boolean settle(
            @Nullable Append call, Batch batch, AppendRequest request, CompletableFuture<AppendResult> answer) {
        AppendResult result = null;
        try {
            result = answer.join();
        } catch (CompletionException | CancellationException failed) {
            if (failed.getCause() instanceof NotKeptException) {
                return failed(batch);
            }
            if (call == null || call.isFirst()) {
                Faults.report(failed);
            }
        }
        if (result instanceof AppendResult.Kept kept) {
            mover.kept(batch, kept.floor());
            return true;
        }
        if (result != null) {
            core.notKept();
        }
        if (result instanceof AppendResult.Behind behind) {
            return catchUp(batch, behind.now(), List.of());
        }
        if (result instanceof AppendResult.Already already) {
            return catchUp(batch, already.now(), already.commands());
        }
        return waitFor(call == null ? new Append(batch, request) : call, null);
    }

    private boolean failed(Batch batch) {
        core.notKept();
        mover.failed(batch);
        return true;
    }

    // ---- what others have appended

    private boolean catchUp(Batch batch, KeptRoom now, List<KeptCommand> known) {
        return now.epoch() == core.epoch() ? catchUp(batch, known) : reset(batch);
    }

    /** What the room knows of itself is worth nothing any more: it is closed, and whoever comes then opens it anew. */
    private boolean reset(Batch batch) {
        core.reset(batch);
        return failed(batch);
    }

    /** Reads what others have appended, then judges what is left of a batch; false if the journal has to answer first. */
    boolean catchUp(Batch batch, List<KeptCommand> known) {
        JournalCall call = new CatchUp(batch, known);
        CompletableFuture<?> page = call.ask();
        return page.isDone() ? call.settle(page) : waitFor(call, page);
    }

    /** A reading that waits for its page. */
    private final class CatchUp extends JournalCall {
        private final List<KeptCommand> known; // commands of the batch

        CatchUp(Batch batch, List<KeptCommand> known) {
            super(batch, now());
            this.known = known;
        }

        @Override
        CompletableFuture<?> ask() {
            try {
                return Objects.requireNonNull(room.read(core.head()));
            } catch (Throwable broken) {
                return Faults.failed(broken);
            }
        }

        @Override
        boolean settle(CompletableFuture<?> arrived) {
            EntryPage page = null;
            try {
                page = (EntryPage) arrived.join();
            } catch (CompletionException | CancellationException failed) {
                if (isFirst()) {
                    Faults.report(failed);
                }
            }
            if (page == null) {
                return waitFor(this, null);
            }
            List<Entry.Sequenced> entries = page.entries();
            if (!entries.isEmpty() && entries.get(0).seq() != core.head() + 1) {
                return reset(batch()); // what comes between was not read, and is not kept any more
            }
            mover.adopt(page);
            if (page.more()) {
                return catchUp(batch(), known);
            }
            Batch rest = core.again(batch(), known);
            mover.over(batch());
            return rest == null || mover.turn(rest);
        }
    }

    // ---- waiting

    /** The time. What the journal was asked for is waited for, even if the clock throws. */
    private long now() {
        try {
            now = context.nanos();
        } catch (Throwable broken) {
            Faults.report(broken);
        }
        return now;
    }

    /** Waits for an answer, or for the time to ask again; always false. */
    private boolean waitFor(JournalCall call, @Nullable CompletableFuture<?> answer) {
        long at = now();
        lock.lock();
        try {
            waiting = call;
            call.expect(answer, at);
        } finally {
            lock.unlock();
        }
        // Whatever these throw, the journal has been asked: the answer is waited for.
        Faults.safely(() -> room.waits(true));
        Faults.safely(() -> listen(call, answer));
        return false;
    }

    private void listen(JournalCall call, @Nullable CompletableFuture<?> answer) {
        if (answer != null) {
            // On another thread than the journal's, which all rooms wait for.
            // If it cannot be looked after now, the journal is asked again.
            Faults.whenDone(answer, (value, error) -> room.later(() -> arrived(call, answer)));
        }
    }

    private void arrived(JournalCall call, CompletableFuture<?> answer) {
        if (take(call, answer)) {
            mover.resume(call, answer);
        }
    }

    /** Whether the answer was waited for, and nobody looks after the call. */
    @SuppressWarnings("ReferenceEquality") // a call is itself
    private boolean take(JournalCall call, CompletableFuture<?> answer) {
        lock.lock();
        try {
            if (waiting != call || busy || !call.expects(answer)) {
                return false;
            }
            waiting = null;
        } finally {
            lock.unlock();
        }
        room.waits(false);
        return true;
    }

    /** Whether the room waits for the journal. Under the lock. */
    boolean isWaiting() {
        return waiting != null;
    }

    /** Begins to look after what waits; null if nothing does, or somebody else looks after it. */
    @Nullable
    JournalCall beginCare() {
        lock.lock();
        try {
            if (busy || waiting == null) {
                return null;
            }
            busy = true;
            return waiting;
        } finally {
            lock.unlock();
        }
    }

    /** Asks again what is due. Between {@link #beginCare} and {@link #endCare}. */
    void askAgain(JournalCall call) {
        long now = context.nanos();
        lock.lock();
        try {
            if (!call.isDue(now)) {
                return;
            }
            call.expect(null, now);
        } finally {
            lock.unlock();
        }
        CompletableFuture<?> answer = call.ask();
        lock.lock();
        try {
            call.expect(answer, now);
        } finally {
            lock.unlock();
        }
        listen(call, answer);
    }

    /** Ends that, and goes on if the answer has come meanwhile. */
    void endCare(JournalCall call) {
        CompletableFuture<?> answer;
        lock.lock();
        try {
            busy = false;
            answer = call.arrived();
        } finally {
            lock.unlock();
        }
        if (answer != null) {
            arrived(call, answer);
        }
    }
}
