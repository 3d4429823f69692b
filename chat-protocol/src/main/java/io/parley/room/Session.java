package io.parley.room;

import io.parley.log.Faults;
import io.parley.model.BacklogRequest;
import io.parley.model.DirectMode;
import io.parley.model.EntryPage;
import io.parley.model.Member;
import io.parley.model.MyRooms;
import io.parley.model.NamePolicy;
import io.parley.model.RestrictionItem;
import io.parley.model.RoomException;
import io.parley.model.RoomException.Reason;
import io.parley.model.RoomItem;
import io.parley.model.SearchQuery;
import io.parley.model.Tags;
import io.parley.model.UserItem;
import io.parley.policy.Answer;
import io.parley.policy.Decision;
import io.parley.sequencer.Command;
import io.parley.sequencer.Rules;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A user's way into the hub: everything that a user asks for, whatever protocol it speaks. The policy is asked here, before
 * a request takes its place in a room; then the room's own rules judge it.
 *
 * <p><b>Threads.</b> One thread at a time. The requests happen in the order of the calls. When there is nothing more to ask
 * for, and as soon as {@link #isHeld}, the caller calls {@link #settle}. While the policy thinks, that gives false: then the
 * session may not be used until {@link Subscriber#goesOn} was called, which may be before {@code settle} returns. None of the
 * calls blocks. What they return completes on any thread.
 */
public final class Session extends Resumable {
    private static final int LISTED_AT_ONCE = 200; // rooms, in one question

    Session(Hub hub, HubContext context, Participant participant, Resumption resumption) {
        super(hub, context, participant, resumption);
    }

    // ---- speaking

    /**
     * Says something. What is said before one {@link #settle} is asked of the policy at once, and ordered together.
     *
     * @param in the subscription of the room
     * @param cid the session's own number for the message
     * @param body the text
     * @param tags what programs add
     * @param outcome told how it came out
     */
    public void say(Subscription in, long cid, String body, Tags tags, Outcome outcome) {
        if (context.isOpen()) {
            take(in.room(), cid, body, tags, outcome);
            return;
        }
        Answer answer;
        try { // as Questions.asked does, without an object for the question
            answer = context.policy().say(user().ref(), in.room().ref(), body, tags);
        } catch (Throwable broken) {
            answer = Questions.undecided(broken);
        }
        if (isFree() && answer instanceof Decision decision) {
            place(in, cid, body, tags, outcome, decision);
        } else {
            await(
                    answer == null ? Questions.UNDECIDED : answer,
                    decision -> placeLate(in, cid, body, tags, outcome, decision));
        }
    }

    private void placeLate(Subscription in, long cid, String body, Tags tags, Outcome outcome, Decision decision) {
        if (in.isOver()) {
            refuse(in.room(), cid, outcome, Rules.notMember());
        } else {
            place(in, cid, body, tags, outcome, decision);
        }
    }

    private void place(Subscription in, long cid, String body, Tags tags, Outcome outcome, Decision decision) {
        if (decision instanceof Decision.Allow) {
            take(in.room(), cid, body, tags, outcome);
        } else if (decision instanceof Decision.Replace other && Rules.mayCarry(other.tags())) {
            outcome.replaced();
            take(in.room(), cid, other.body(), other.tags(), outcome);
        } else {
            refuse(in.room(), cid, outcome, Questions.denial(decision));
        }
    }

    /**
     * Tells the others that the user is writing; nothing happens if it is no member, or while the policy thinks.
     *
     * @param in the subscription of the room
     */
    public void typing(Subscription in) {
        if (isFree()) {
            proceed();
            in.room().typing(user());
        }
    }

    // ---- joining and leaving

    /**
     * Joins a room, or joins it anew; makes the room if there is none.
     *
     * @param room the room's name
     * @param backlog which entries before the subscription to give
     * @return completes with the subscription, or fails with a {@link RoomException}
     */
    public CompletableFuture<Opening> join(String room, BacklogRequest backlog) {
        NamePolicy.Name name;
        try {
            name = hub.names().room(room);
        } catch (RoomException bad) {
            return CompletableFuture.failedFuture(bad);
        }
        CompletableFuture<Opening> done = new CompletableFuture<>();
        ask(() -> context.policy().join(user().ref(), name), decision -> {
            RoomException no = Questions.refusal(decision);
            if (no != null) {
                done.completeExceptionally(no);
            } else if (context.isOpen() || !hub.isNew(name)) {
                joinOwned(name, backlog, done);
            } else {
                askToCreate(name, backlog, done);
            }
        });
        return done;
    }

    private void askToCreate(NamePolicy.Name name, BacklogRequest backlog, CompletableFuture<Opening> done) {
        askNow(
                () -> context.policy().create(user().ref(), name),
                decision -> join(name, backlog, Questions.refusal(decision), done));
    }

    /** Joins a room that somebody owns, or that the policy need not be asked about. */
    @SuppressWarnings("ReferenceEquality") // the exception is a sign
    private void joinOwned(NamePolicy.Name name, BacklogRequest backlog, CompletableFuture<Opening> done) {
        RoomException unasked = context.isOpen() ? null : Rules.unasked();
        Faults.whenDone(hub.join(participant, name, backlog, unasked), (opening, error) -> {
            if (unasked != null && error != null && Faults.cause(error) == unasked) {
                createLater(name, backlog, done); // its owner left meanwhile
            } else {
                enter(done, opening, error);
            }
        });
    }

    /** Joins a room; the exception tells why the user may not create it, or is null. */
    private void join(
            NamePolicy.Name name,
            BacklogRequest backlog,
            @Nullable RoomException uncreated,
            CompletableFuture<Opening> done) {
        Faults.whenDone(
                hub.join(participant, name, backlog, uncreated), (opening, error) -> enter(done, opening, error));
    }

    private void createLater(NamePolicy.Name name, BacklogRequest backlog, CompletableFuture<Opening> done) {
        try {
            context.executor().execute(() -> createLate(name, backlog, done));
        } catch (Throwable none) { // no thread
            Faults.report(none);
            done.completeExceptionally(Rules.unasked());
        }
    }

    /** Asks behind the session's back, which need not wait. */
    private void createLate(NamePolicy.Name name, BacklogRequest backlog, CompletableFuture<Opening> done) {
        Questions late = new Questions(context, Questions.NOBODY);
        late.add(
                () -> context.policy().create(user().ref(), name),
                decision -> join(name, backlog, Questions.refusal(decision), done));
        late.release();
    }

    /**
     * Opens the direct conversation with another user.
     *
     * @param user the other's id
     * @param backlog which entries before the subscription to give
     * @return completes with the subscription, or fails with a {@link RoomException}
     */
    public CompletableFuture<Opening> direct(long user, BacklogRequest backlog) {
        User other;
        try {
            other = hub.other(user(), user);
        } catch (RoomException no) {
            return CompletableFuture.failedFuture(no);
        }
        return asked(() -> context.policy().direct(user().ref(), other.ref()), () -> {
            CompletableFuture<Opening> done = new CompletableFuture<>();
            User now = hub.other(user(), user); // once more: the policy may have taken its time
            Faults.whenDone(hub.direct(participant, now, backlog), (opening, error) -> enter(done, opening, error));
            return done;
        });
    }

    /**
     * Takes or refuses direct messages of one user.
     *
     * @param user the other's id
     * @param on whether its messages are refused
     * @return completes when that holds, or fails with a {@link RoomException}: FORBIDDEN if the list is full
     */
    public CompletableFuture<@Nullable Void> ignore(long user, boolean on) {
        return asked(() -> Decision.ALLOW, () -> {
            if (on
                    && user().directs().contacts().ignored().size()
                            >= context.options().maxRestrictions()) {
                throw new RoomException(Reason.FORBIDDEN, "you ignore as many as one may");
            }
            return context.contacts(participant, contacts -> contacts.with(user, on));
        });
    }

    /**
     * Says whose direct messages the user takes.
     *
     * @param mode whose
     * @return completes when that holds
     */
    public CompletableFuture<@Nullable Void> allowDirect(DirectMode mode) {
        return asked(() -> Decision.ALLOW, () -> {
            return context.contacts(participant, contacts -> contacts.with(mode));
        });
    }

    /**
     * Finds who has a name.
     *
     * @param name the name
     * @return completes with somebody who is here, with the account of that name, or with the guest who had it last; fails
     *     with a {@link RoomException}: NO_SUCH_USER or BAD_NAME
     */
    public CompletableFuture<UserItem> find(String name) {
        Finder finder;
        try {
            finder = new Finder(context, hub.names().user(name));
        } catch (RoomException bad) {
            return CompletableFuture.failedFuture(bad);
        }
        CompletableFuture<Command.Target> found = new CompletableFuture<>();
        ask(finder::question, decision -> finder.tell(found, decision));
        return found.thenApply(Command.Target::item);
    }

    /**
     * Subscribes to what the server says to everybody.
     *
     * @return completes with the subscription
     */
    public CompletableFuture<Opening> joinAnnouncements() {
        return hub.joinAnnouncements(participant);
    }

    /**
     * Ends the user's membership, on all its connections. The subscription still reads what was ordered before.
     *
     * @param subscription the subscription; nothing happens if it is over
     */
    public void leave(Subscription subscription) {
        inOrder(subscription::resign);
    }

    /**
     * Ends the session's place in a room. A guest leaves the room with it; an account stays a member.
     *
     * @param subscription the subscription; nothing happens if it is over
     */
    public void close(Subscription subscription) {
        inOrder(() -> subscription.leave(""));
    }

    /**
     * Takes another name, and tells the rooms.
     *
     * @param wanted the new name
     * @return completes with the name as it is then, or fails with a {@link RoomException}: the name is taken or not
     *     allowed, or belongs to an account
     */
    public CompletableFuture<String> rename(String wanted) {
        NamePolicy.Name next;
        try {
            if (!user().isGuest()) {
                throw new RoomException(Reason.FORBIDDEN, "an account's name stays as it is");
            }
            next = hub.names().user(wanted);
        } catch (RoomException no) {
            return CompletableFuture.failedFuture(no);
        }
        CompletableFuture<String> done = new CompletableFuture<>();
        ask(() -> context.policy().name(user().ref(), next), decision -> {
            RoomException no = Questions.refusal(decision);
            if (no != null) {
                done.completeExceptionally(no);
            } else { // last: the account may appear while the name is thought about
                askNow(
                        () -> context.policy().account(next),
                        owner -> complete(done, Decision.ALLOW, () -> {
                            context.checkMayBear(next, user().id(), owner);
                            return CompletableFuture.completedFuture(
                                    hub.renames().rename(user(), next));
                        }));
            }
        });
        return done;
    }

    /**
     * Changes the password of the user's account, as the policy does it. The account's other sessions end.
     *
     * @param old the present password
     * @param next the new one
     * @return completes when the new password holds, or fails with a {@link RoomException}: FORBIDDEN for a guest, and where
     *     the policy says so
     */
    public CompletableFuture<@Nullable Void> password(String old, String next) {
        if (user().isGuest()) {
            return CompletableFuture.failedFuture(new RoomException(Reason.FORBIDDEN, "a guest has no password"));
        }
        return asked(() -> changing(context.policy().password(user().ref(), old, next)), Session::nothing);
    }

    /** Has the other sessions end when a password is changed, even if this one ends before that. Gives a plain yes or no. */
    private Answer changing(Answer answer) {
        return answer instanceof Answer.Later later
                ? Answer.later(later.decision().thenApplyAsync(this::changed, context.executor()))
                : changed((Decision) answer);
    }

    private Decision changed(Decision decision) {
        if (decision instanceof Decision.Admit same) {
            hub.revocations().changed(participant, same.identity().attributes());
            return Decision.ALLOW;
        }
        if (decision instanceof Decision.Allow) {
            hub.revocations().changed(participant, user().ref().attributes());
        }
        return decision;
    }

    private static CompletableFuture<@Nullable Void> nothing() {
        return CompletableFuture.completedFuture(null);
    }

    // ---- reading

    /**
     * A page of the rooms and conversations that the user's account is a member of, here or away.
     *
     * @param after where the page begins: {@link MyRooms#next} of the page before; empty for the first
     * @param limit how many at most
     * @return completes with the page, or fails with a {@link RoomException}: FORBIDDEN for a guest
     */
    public CompletableFuture<MyRooms> mine(String after, int limit) {
        return asked(() -> Decision.ALLOW, () -> hub.membership().mine(user(), after, limit));
    }

    /**
     * Says up to which entry the user's account has read a room. The marker only moves forward, at most to the head; the
     * account's other connections in the room are told.
     *
     * @param in the subscription of the room
     * @param seq the number of the entry
     * @return completes when that holds, or fails with a {@link RoomException}: FORBIDDEN for a guest
     */
    public CompletableFuture<@Nullable Void> read(Subscription in, long seq) {
        return asked(() -> Decision.ALLOW, () -> hub.membership().read(participant, in, seq));
    }

    /**
     * Reads history: with {@code after} the oldest entries above it, else the newest below {@code before}.
     *
     * @param in the subscription of the room
     * @param after exclusive lower bound or {@link io.parley.journal.Journal#NONE}
     * @param before exclusive upper bound or {@link io.parley.journal.Journal#NONE}
     * @param limit how many at most; the hub's own bound applies too
     * @return completes with the page, or fails with a {@link RoomException}
     */
    public CompletableFuture<EntryPage> history(Subscription in, long after, long before, int limit) {
        return asked(() -> Decision.ALLOW, () -> in.room().history(user(), after, before, limit));
    }

    /**
     * Searches for messages, the newest first. A page may be short or empty and have {@code more}: see {@link
     * io.parley.journal.Journal#search}.
     *
     * @param in the subscription of the room
     * @param query what is searched for; the hub's own bound of entries applies too
     * @return completes with the page, or fails with a {@link RoomException}: UNAVAILABLE if the journal has no index
     */
    public CompletableFuture<EntryPage> search(Subscription in, SearchQuery query) {
        return asked(() -> Decision.ALLOW, () -> in.room().search(user(), query));
    }

    /**
     * A page of members in the order of their names.
     *
     * @param in the subscription of the room
     * @param after the name the page begins behind; empty for the first page
     * @param limit how many at most
     * @return completes with the members, or fails with a {@link RoomException}
     */
    public CompletableFuture<List<Member>> members(Subscription in, String after, int limit) {
        return asked(
                () -> Decision.ALLOW,
                () -> CompletableFuture.completedFuture(in.room().members(user(), after, limit)));
    }

    /**
     * A page of the restrictions that are running, for a moderator.
     *
     * @param in the subscription of the room
     * @param after the number of the restriction the page begins behind; 0 for the first page
     * @param limit how many at most
     * @return completes with the restrictions by their numbers, or fails with a {@link RoomException}
     */
    public CompletableFuture<List<RestrictionItem>> restrictions(Subscription in, long after, int limit) {
        return asked(
                () -> Decision.ALLOW,
                () -> CompletableFuture.completedFuture(in.room().restrictions(user(), after, limit)));
    }

    /**
     * A page of rooms in the order of their names: those that may be listed and that the policy shows.
     *
     * @param after the name the page begins behind; empty for the first page
     * @param limit how many at most
     * @return completes with the rooms
     */
    public CompletableFuture<List<RoomItem>> rooms(String after, int limit) {
        CompletableFuture<List<RoomItem>> done = new CompletableFuture<>();
        inOrder(() -> list(after, limit, new ArrayList<>(), done));
        return done;
    }

    /** Asks for one page after the other, until enough may be shown. */
    private void list(String after, int limit, List<RoomItem> shown, CompletableFuture<List<RoomItem>> done) {
        List<RoomItem> page = hub.rooms(user(), after, Math.max(limit, LISTED_AT_ONCE));
        if (page.isEmpty() || shown.size() >= limit) {
            done.complete(List.copyOf(shown.subList(0, Math.min(limit, shown.size()))));
            return;
        }
        askNow(() -> context.policy().list(user().ref(), page), decision -> {
            if (decision instanceof Decision.Show some) {
                page.stream().filter(some.rooms()::contains).forEach(shown::add);
            } else if (decision instanceof Decision.Allow) {
                shown.addAll(page);
            } else {
                done.completeExceptionally(Questions.denial(decision));
                return;
            }
            list(page.get(page.size() - 1).name(), limit, shown, done);
        });
    }
}
