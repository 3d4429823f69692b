package io.parley.room;

import io.parley.journal.KeyValue;
import io.parley.log.Faults;
import io.parley.model.RoomKind;
import io.parley.model.UserAddress;
import io.parley.sequencer.Contacts;
import io.parley.sequencer.KnownCids;
import io.parley.sequencer.RoomContext.Place;
import io.parley.sequencer.SessionRecord;
import io.parley.sequencer.StoredSession;
import io.parley.sequencer.StoredSession.Membership;
import io.parley.sequencer.StoredSession.Peer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Stores sessions in the journal, so that a token is good after a restart. Any thread.
 *
 * <p>A session is stored with its first command that is kept, or when it is ten seconds old. Changes follow within a second: a
 * session may come back as it was a second before. The token that it is given next is stored with the one it has, so nothing
 * waits for the journal when a session comes back.
 */
final class SessionStore {
    private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long UNANSWERED_NANOS = TimeUnit.SECONDS.toNanos(10); // then it is written again
    private static final int AT_ONCE = 256; // values

    private final HubContext context;
    private final Rooms rooms;
    private final Sessions sessions;
    private final ConcurrentLinkedQueue<Stored> young = new ConcurrentLinkedQueue<>(); // who came first is first
    private final ConcurrentLinkedQueue<Stored> changed = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<KeyValue> ended = new ConcurrentLinkedQueue<>(); // to be removed
    private final AtomicReference<@Nullable Write> writing = new AtomicReference<>();
    private volatile boolean open; // what was stored is back
    private long last; // when it was looked at; the ticker's

    SessionStore(HubContext context, Rooms rooms, Sessions sessions) {
        this.context = context;
        this.rooms = rooms;
        this.sessions = sessions;
        this.last = context.nanos();
    }

    /** One session that is stored. */
    private final class Stored implements SessionRecord.Storage {
        private final LastingSession session;
        private final long since;
        private final AtomicBoolean queued = new AtomicBoolean();

        Stored(LastingSession session, long since) {
            this.session = session;
            this.since = since;
        }

        SessionRecord record() {
            return session.participant().outliving();
        }

        @Override
        public KeyValue value() {
            return image(session).value();
        }

        @Override
        public void gone() {
            ended.add(new KeyValue(
                    StoredSession.KIND, StoredSession.key(session.participant().origin()), null));
        }

        @Override
        public void soon() {
            if (queued.compareAndSet(false, true)) {
                changed.add(this);
            }
        }
    }

    /** A session begins, or was stored by an earlier process. Perhaps under the lock of the sessions. */
    void begin(LastingSession session, long now, boolean known) {
        Stored one = new Stored(session, now);
        one.record().storeIn(one, known);
        if (!known) {
            young.add(one);
        }
    }

    /** A session is over. Perhaps under the lock of the sessions. */
    void end(LastingSession session) {
        SessionRecord record = session.participant().outliving();
        record.end(); // first: who gives it to the journal looks at it afterwards
        if (record.isGiven()) {
            ended.add(new KeyValue(
                    StoredSession.KIND, StoredSession.key(session.participant().origin()), null));
        }
    }

    private StoredSession image(LastingSession session) {
        LastingParticipant participant = session.participant();
        User user = participant.user();
        KnownCids cids = participant.outliving().cids();
        List<Membership> memberships = new ArrayList<>();
        for (OpenRoom room : rooms.find(user.rooms())) {
            if (room.held(participant) != null) {
                memberships.add(membership(room.place(), user));
            }
        }
        return new StoredSession(
                participant.origin(),
                user.item(),
                user.account(),
                user.addressKey(),
                participant.address().map(UserAddress::toString).orElse(""),
                user.cameMillis(),
                session.attributes(),
                session.isEncrypted(),
                cids.window(),
                cids.next() - 1,
                sessions.tokens(session),
                user.isGuest() ? user.directs().contacts() : Contacts.OPEN, // an account's are the account's
                memberships);
    }

    private static Membership membership(Place<User> place, User user) {
        if (place.kind() != RoomKind.DIRECT) {
            return new Membership(place.key(), place.ref().name(), List.of());
        }
        User other = place.pair().get(place.pair().get(0).id() == user.id() ? 1 : 0);
        return new Membership(place.key(), "", List.of(new Peer(other.item(), other.account())));
    }

    // ---- writing

    /** All that was stored before is back: what is here is stored from now on. */
    void open() {
        open = true;
    }

    /** A write that is under way. */
    private final class Write {
        private final long since = context.nanos();
        private final List<KeyValue> removed = new ArrayList<>();
        private final List<SessionRecord.Image> images = new ArrayList<>();
        private final CompletableFuture<Integer> done = new CompletableFuture<>();

        /** Takes what is to be written. */
        List<KeyValue> take() {
            List<KeyValue> values = new ArrayList<>();
            for (KeyValue one = ended.poll(); one != null; one = values.size() < AT_ONCE ? ended.poll() : null) {
                removed.add(one);
                values.add(one);
            }
            int most = AT_ONCE - values.size();
            List<Stored> some = new ArrayList<>(); // all before the first image: a session is in it once
            for (Stored one = changed.poll(); one != null; one = some.size() < most ? changed.poll() : null) {
                some.add(one);
            }
            for (Stored one : some) {
                one.queued.set(false);
                SessionRecord.Image image = one.record().image();
                if (image != null) {
                    images.add(image);
                    values.add(image.value());
                }
            }
            return values;
        }

        /** It has come to an end, or is given up: what comes of it afterwards says nothing. */
        void over(int kept) {
            if (writing.compareAndSet(this, null)) {
                if (kept == 0) {
                    ended.addAll(removed);
                    images.forEach(image -> image.session().store());
                } else {
                    images.forEach(SessionRecord.Image::kept);
                }
                done.complete(kept);
            }
        }
    }

    /** Stores what has changed, now and then. The ticker. */
    void tick() {
        if (!open) {
            return;
        }
        long now = context.nanos();
        Write under = writing.get();
        if (under != null && now - under.since >= UNANSWERED_NANOS) {
            under.over(0);
        }
        if (now - last >= EVERY_NANOS) {
            last = now;
            for (Stored one = young.peek();
                    one != null && now - one.since >= Sessions.YOUNG_NANOS;
                    one = young.peek()) {
                young.remove(one);
                if (!one.record().isGiven()) {
                    one.record().store();
                }
            }
            write();
        }
    }

    /** Stores all that has changed. Completes when that is done, or has failed. */
    CompletableFuture<@Nullable Void> flush() {
        if (!open || (changed.isEmpty() && ended.isEmpty() && writing.get() == null)) {
            return CompletableFuture.completedFuture(null);
        }
        return write().thenCompose(some -> some > 0 ? flush() : CompletableFuture.completedFuture(null));
    }

    /** Stores some of what has changed; completes with how much that is, 0 if it has failed. */
    private CompletableFuture<Integer> write() {
        Write next = new Write();
        while (!writing.compareAndSet(null, next)) {
            Write under = writing.get();
            if (under != null) {
                return under.done;
            }
        }
        try {
            List<KeyValue> values = next.take();
            if (values.isEmpty()) {
                next.over(0);
            } else {
                Faults.whenDone(context.journal().put(values), (none, error) -> {
                    if (error != null) {
                        Faults.reportSeldom("sessions could not be kept", error);
                    }
                    next.over(error == null ? values.size() : 0);
                });
            }
        } catch (Throwable broken) {
            Faults.report(broken);
            next.over(0);
        }
        return next.done;
    }
}
