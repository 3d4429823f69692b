package io.parley.room;

import static java.util.Objects.requireNonNull;

import io.parley.journal.AppendRequest;
import io.parley.journal.AppendResult;
import io.parley.journal.Journal;
import io.parley.journal.KeptRoom;
import io.parley.journal.KeyValue;
import io.parley.log.Faults;
import io.parley.membership.JoinedRoom;
import io.parley.membership.RoomMember;
import io.parley.model.BacklogRequest;
import io.parley.model.Entry;
import io.parley.model.EntryPage;
import io.parley.model.HeldMembership;
import io.parley.model.Member;
import io.parley.model.RestrictionItem;
import io.parley.model.Role;
import io.parley.model.RoomException;
import io.parley.model.RoomException.Reason;
import io.parley.model.RoomItem;
import io.parley.model.RoomKind;
import io.parley.model.RoomPlan;
import io.parley.model.RoomRef;
import io.parley.model.RoomState;
import io.parley.model.SearchQuery;
import io.parley.model.Tags;
import io.parley.sequencer.Command;
import io.parley.sequencer.Outside;
import io.parley.sequencer.Permissions;
import io.parley.sequencer.RoomContext.Place;
import io.parley.sequencer.RoomCore;
import io.parley.sequencer.RoomCursor;
import io.parley.sequencer.RoomInfo;
import io.parley.sequencer.RoomParticipant;
import io.parley.sequencer.RoomUser;
import io.parley.sequencer.Rules;
import io.parley.sequencer.Sequencer;
import io.parley.sequencer.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A room in use. This is its outside: what is asked of it takes its place in the {@link Sequencer}, and happens in the {@link
 * RoomCore} in that order. Any thread.
 */
final class OpenRoom extends Subscription.Source {

    /** Told of what a room cannot do itself. Called under no lock. */
    interface Home {
        /** The room has presence to tell that must wait for the next tick. */
        void flushLater(OpenRoom room);

        /** The room has begun to wait for the journal, or has an answer. */
        void waits(OpenRoom room, boolean is);

        /** A conversation gives way to another. */
        void giveWay(RoomRef conversation);

        /** The room is not in use any more. Called once. */
        void closed(OpenRoom room, boolean forGood);
    }

    private final Place<User> place;
    private final long epoch;
    private final boolean lasts;
    private final HubContext context;
    private final Home home;
    private final ReentrantLock lock = new ReentrantLock();
    private final RoomCore core; // under the lock, except for what it says is not
    private final Sequencer sequencer;
    private volatile Journal.Watch watch = () -> {};
    private final CompletableFuture<Optional<Throwable>> over = new CompletableFuture<>(); // nobody waits for this one
    private final List<CompletableFuture<Optional<Throwable>>> waiting = new ArrayList<>(0); // for over; lock

    OpenRoom(
            Place<User> place,
            HubContext context,
            Home home,
            KeptRoom opened,
            @Nullable RoomInfo info,
            List<Outside.KeptMember> members) {
        this.place = place;
        this.epoch = opened.epoch();
        this.lasts = place.kind() != RoomKind.ANNOUNCEMENTS && context.journal().isLasting();
        this.context = context;
        this.home = home;
        this.core = new RoomCore(this, place, context.room(), lock, opened, info, members);
        this.sequencer = new Sequencer(core, this, lock);
    }

    private <T> T locked(Supplier<T> read) {
        lock.lock();
        try {
            return read.get();
        } finally {
            lock.unlock();
        }
    }

    Place<User> place() {
        return place;
    }

    // ---- what it is

    @Override
    public RoomRef ref() {
        return place.ref();
    }

    @Override
    public String name() {
        return place.name();
    }

    @Override
    public long epoch() {
        return epoch;
    }

    @Override
    public long head() {
        return core.head();
    }

    @Override
    public int memberCount() {
        return locked(core::memberCount);
    }

    @Override
    public RoomState state() {
        return locked(core::state);
    }

    @Override
    RoomUser operator() {
        return context.users().operator();
    }

    @Override
    <T> CompletableFuture<T> told(CompletableFuture<T> outcome) {
        return context.told(outcome);
    }

    // ---- what users ask for

    @Override
    void take(RoomParticipant sender, long cid, String body, Tags tags, Outcome outcome) {
        // Checked here: in the sequencer null would harm the room.
        Command say = new Command.Say(requireNonNull(body, "body"), requireNonNull(tags, "tags"));
        sequencer.take(new Task.Order(requireNonNull(sender, "sender"), cid, say, requireNonNull(outcome, "outcome")));
    }

    @Override
    void proceed() {
        sequencer.proceed();
    }

    @Override
    void order(RoomParticipant actor, long cid, Command command, Outcome outcome) {
        sequencer.submit(
                new Task.Order(requireNonNull(actor, "actor"), cid, command, requireNonNull(outcome, "outcome")));
    }

    @Override
    void order(Command command, Outcome outcome) {
        sequencer.submit(Task.Order.own(context.room(), command, outcome));
    }

    @Override
    CompletableFuture<Command.Target> target(String name) {
        return Finder.find(context, name);
    }

    @Override
    void typing(RoomUser user) {
        sequencer.submit(new Task.Pass(new Entry.Typing(user.item()), user));
    }

    @Override
    void leave(RoomCursor subscription, String text) {
        sequencer.submit(new Task.Leave(requireNonNull(subscription), requireNonNull(text), false));
    }

    @Override
    void resign(RoomCursor subscription) {
        sequencer.submit(new Task.Leave(requireNonNull(subscription), "", true));
    }

    /** Ends the membership of a user, one of whose sessions has no connection in the room. */
    void resign(Participant participant) {
        sequencer.submit(new Task.End(participant, true, true, ""));
    }

    @Override
    long read(RoomUser reader, long seq) {
        return locked(() -> {
            Outside.KeptMember moved = core.read(reader, seq);
            if (moved != null) {
                context.memberships().put(row(moved)); // in the order of the moves, and not behind a removal
            }
            return moved == null ? 0 : moved.readSeq();
        });
    }

    /** What there is to read for a user; completes with nothing if it is no member. */
    CompletableFuture<Optional<RoomCore.Standing>> standing(User reader) {
        CompletableFuture<Optional<RoomCore.Standing>> done = new CompletableFuture<>();
        sequencer.submit(core.standing(reader, done));
        return done;
    }

    /** The newest entries up to a number, or the oldest behind another. */
    CompletableFuture<EntryPage> page(long after, long head, int limit) {
        return read(after, head + 1, limit);
    }

    // ---- reading

    @Override
    CompletableFuture<EntryPage> history(RoomUser reader, long after, long before, int limit) {
        if (!isMember(reader)) {
            return CompletableFuture.failedFuture(Rules.notMember());
        }
        long published = head() + 1;
        long bound = before == Journal.NONE ? published : Math.min(before, published);
        return read(Math.min(after, head()), bound, Math.max(1, limit));
    }

    private CompletableFuture<EntryPage> read(long after, long before, int limit) {
        int most = Math.min(limit, context.options().pageEntries());
        try {
            return context.inTime(context.journal()
                    .read(place.key(), after, before, most, context.options().pageBytes()));
        } catch (RuntimeException | Error broken) {
            return Faults.failed(broken);
        }
    }

    @Override
    CompletableFuture<EntryPage> search(RoomUser reader, SearchQuery query) {
        if (!isMember(reader)) {
            return CompletableFuture.failedFuture(Rules.notMember());
        }
        return Searching.in(context, place.key(), head(), query);
    }

    boolean isMember(RoomUser user) {
        return locked(() -> core.isMember(user));
    }

    @Override
    List<Member> members(RoomUser reader, String after, int limit) {
        if (!isMember(reader)) {
            throw Rules.notMember();
        }
        return locked(() -> core.page(after, limit));
    }

    @Override
    List<RestrictionItem> restrictions(RoomUser reader, long after, int limit) {
        long now = context.steadyMillis();
        RoomState state = state();
        if (!isMember(reader)) {
            throw Rules.notMember();
        }
        if (Permissions.role(state, reader) == Role.MEMBER) {
            throw new RoomException(Reason.FORBIDDEN, "only a room's moderators and owners may see that");
        }
        return state.restrictions(now).stream()
                .filter(one -> one.number() > after)
                .limit(limit)
                .map(one -> one.item(now))
                .toList();
    }

    // ---- joining

    CompletableFuture<Opening> join(
            Participant participant, BacklogRequest backlog, @Nullable RoomException uncreated) {
        CompletableFuture<Task.Entered> entered = new CompletableFuture<>();
        return enter(new Task.Enter(participant, entered, uncreated, false), backlog);
    }

    /** Goes on with a membership; fails with NOT_A_MEMBER if there is none. */
    CompletableFuture<Opening> goOn(Participant participant, BacklogRequest backlog) {
        return enter(new Task.Enter(participant, new CompletableFuture<>(), null, true), backlog);
    }

    private CompletableFuture<Opening> enter(Task.Enter enter, BacklogRequest backlog) {
        sequencer.submit(enter);
        return enter.entered().thenCompose(joined -> Opening.read(joined, backlog, this::read));
    }

    /** A session of an earlier process is a member again; completes when that is so, or it is none any more. */
    CompletableFuture<@Nullable Void> restore(Participant participant) {
        CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
        sequencer.submit(new Task.Restore(participant, done));
        return done;
    }

    /** The place of a session, or null if it is no member. */
    @Nullable
    HeldMembership held(Participant participant) {
        return locked(() -> core.held(participant));
    }

    /**
     * Ends a session's membership.
     *
     * @param unsettled whether only if its connection has not gone on with it
     */
    void leave(Participant participant, boolean unsettled, String text) {
        sequencer.submit(new Task.End(participant, unsettled, false, text));
    }

    // ---- for the hub

    /** Whether whoever joins now creates the room. */
    boolean isNew() {
        return locked(core::isNew);
    }

    /** Whoever is muted in a room is seen there under one name. */
    void checkMayRename(User user) {
        Permissions.checkNotMuted(state(), user, context.steadyMillis());
    }

    void renamed(User user, String from) {
        sequencer.submit(new Task.Pass(new Entry.Renamed(from, user.item()), user));
    }

    /** Looks after a room that waits for the journal. */
    void lookAfter() {
        sequencer.tick();
    }

    /** Takes what ends the journal's hints. */
    void watch(Journal.Watch begun) {
        watch = begun;
        if (core.isOver()) { // meanwhile
            begun.close();
        }
    }

    void unwatch() {
        watch.close();
    }

    /** Somebody else has appended to the room. */
    void catchUp() {
        sequencer.submit(new Task.CatchUp());
    }

    void flush() {
        sequencer.submit(new Task.Flush());
    }

    @Override
    CompletableFuture<@Nullable Void> settled() {
        CompletableFuture<@Nullable Void> passed = new CompletableFuture<>();
        sequencer.submit(new Task.Mark(passed));
        return passed;
    }

    /** Ends the membership and the role of an account that is no more. */
    CompletableFuture<@Nullable Void> dismiss(long account, RoomException cause) {
        CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
        sequencer.submit(core.dismiss(account, cause, done));
        return done;
    }

    void shut(RoomException cause) {
        sequencer.submit(new Task.Close(cause, true));
    }

    /** The room in a list, or null if it is not to be shown to a user. */
    @Nullable
    RoomItem item(User viewer) {
        lock.lock();
        try {
            return core.item(viewer);
        } finally {
            lock.unlock();
        }
    }

    // ---- for the program

    /** Keeps the room in use without members, and without owners but the server. */
    CompletableFuture<Room> pinned() {
        CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
        sequencer.submit(core.pinning(done));
        return done.thenApply(owned -> this);
    }

    /** Makes the room as planned, if it is a new one. */
    CompletableFuture<Room> founded(RoomPlan plan, Command.@Nullable Target owner) {
        CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
        sequencer.submit(core.founding(plan, owner, done));
        return done.thenApply(founded -> this);
    }

    @Override
    public CompletableFuture<@Nullable Void> unpin() {
        CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
        if (place.kind() == RoomKind.ANNOUNCEMENTS) {
            done.completeExceptionally(stays());
            return done;
        }
        sequencer.submit(core.unpinning(done));
        return context.told(done);
    }

    @Override
    public CompletableFuture<@Nullable Void> close(String text) {
        return context.told(end(requireNonNull(text, "text"), false));
    }

    @Override
    public CompletableFuture<@Nullable Void> delete(String text) {
        return context.told(end(requireNonNull(text, "text"), true));
    }

    CompletableFuture<@Nullable Void> end(String text, boolean forGood) {
        try {
            Rules.checkText(text, context.options().maxTextBytes());
            if (place.kind() == RoomKind.ANNOUNCEMENTS) {
                throw stays();
            }
        } catch (RoomException no) {
            return CompletableFuture.failedFuture(no);
        }
        RoomException gone = text.isEmpty() ? RoomCore.gone() : new RoomException(Reason.ROOM_GONE, text);
        sequencer.submit(new Task.Close(gone, forGood));
        CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
        Faults.whenDone(over(), (fault, never) -> {
            if (!forGood || (core.isEnded() && fault.isEmpty())) {
                done.complete(null);
            } else if (core.isEnded()) {
                done.completeExceptionally(
                        new RoomException(Reason.UNAVAILABLE, "the history cannot be deleted at the moment"));
            } else {
                done.completeExceptionally(RoomCore.gone()); // it was closed before, and kept its history
            }
        });
        return done;
    }

    private static RoomException stays() {
        return new RoomException(Reason.FORBIDDEN, "the announcements stay as long as the server");
    }

    /**
     * Completes when the room is not in use any more, and can be opened anew; with a fault of the journal, if there was one.
     * Those who wait go on in the order in which they came.
     */
    CompletableFuture<Optional<Throwable>> over() {
        lock.lock();
        try {
            if (over.isDone()) {
                return over;
            }
            CompletableFuture<Optional<Throwable>> one = new CompletableFuture<>();
            waiting.add(one);
            return one;
        } finally {
            lock.unlock();
        }
    }

    /** The room is not in use any more, and is out of the hub's lists. */
    void ended(@Nullable Throwable fault) {
        List<CompletableFuture<Optional<Throwable>>> all;
        lock.lock();
        try {
            over.complete(Optional.ofNullable(fault));
            all = List.copyOf(waiting);
            waiting.clear();
        } finally {
            lock.unlock();
        }
        all.forEach(one -> one.complete(Optional.ofNullable(fault)));
    }

    // ---- for its inside

    @Override
    public boolean lasts() {
        return lasts;
    }

    @Override
    public CompletableFuture<AppendResult> append(AppendRequest request) {
        return place.kind() == RoomKind.ANNOUNCEMENTS
                ? CompletableFuture.completedFuture(
                        new AppendResult.Kept(request.head() + 1)) // there is no history to keep
                : context.journal().append(request);
    }

    @Override
    public CompletableFuture<EntryPage> read(long after) {
        return context.journal()
                .read(
                        place.key(),
                        after,
                        Journal.NONE,
                        context.options().pageEntries(),
                        context.options().pageBytes());
    }

    @Override
    public void later(Runnable act) {
        context.executor().execute(act);
    }

    @Override
    public void waits(boolean is) {
        home.waits(this, is);
    }

    @Override
    public void published(List<Entry.Sequenced> entries) {
        context.listener().onEntries(this, entries);
    }

    @Override
    public void joined(RoomUser user) {
        context.listener().onJoin(this, (User) user);
    }

    @Override
    public void left(RoomUser user) {
        context.listener().onLeave(this, (User) user);
    }

    @Override
    public void membership(Outside.KeptMember member) {
        User user = (User) member.user();
        RoomMember row = row(member);
        JoinedRoom.Peer peer = null;
        if (place.kind() == RoomKind.DIRECT) {
            User other = place.pair().get(place.pair().get(0).id() == user.id() ? 1 : 0);
            peer = new JoinedRoom.Peer(other.item(), other.account());
        }
        String name = place.kind() == RoomKind.DIRECT ? "" : place.name();
        context.memberships()
                .put(
                        new JoinedRoom(user.id(), place.kind(), number(), place.key(), name, member.unanswered(), peer),
                        row);
    }

    private RoomMember row(Outside.KeptMember member) {
        User user = (User) member.user();
        return new RoomMember(
                number(),
                user.id(),
                user.account(),
                user.name(),
                member.sinceMillis(),
                member.readSeq(),
                member.unanswered());
    }

    @Override
    public void membershipOver(RoomUser user) {
        context.memberships().remove(user.id(), place.kind(), number());
        context.users().release((User) user, place.ref());
    }

    @Override
    public List<KeyValue> removal(long user) {
        return context.memberships().removing(user, place.kind(), number());
    }

    /** The room is not in use any more: the accounts that are members and away need not be known for it. */
    void release() {
        locked(core::away).forEach(user -> context.users().release((User) user, place.ref()));
    }

    @Override
    public void flushLater() {
        home.flushLater(this);
    }

    @Override
    public void giveWay(RoomRef conversation) {
        home.giveWay(conversation);
    }

    @Override
    public void closed(boolean forGood) {
        home.closed(this, forGood);
    }

    // ---- for subscriptions

    @Override
    Subscription.Gap skip(Subscription subscription) {
        return locked(() -> new Subscription.Gap(
                subscription.lastSeq() + 1,
                subscription.moveOn(),
                core.snapshot(subscription.participant().user())));
    }

    /** The name as one user sees it. */
    String nameFor(User viewer) {
        return place.nameFor(viewer);
    }

    @Override
    long peer(RoomUser viewer) {
        return place.peer(viewer);
    }

    @Override
    void hold(Subscription subscription) {
        lock.lock();
        try {
            core.hold(subscription);
        } finally {
            lock.unlock();
        }
    }

    @Override
    void close(Subscription subscription) {
        lock.lock();
        try {
            core.close(subscription);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public String toString() {
        return name();
    }
}
