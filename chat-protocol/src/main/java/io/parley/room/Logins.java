package io.parley.room;

import io.parley.log.Faults;
import io.parley.model.Identity;
import io.parley.model.NamePolicy;
import io.parley.model.RoomException;
import io.parley.model.RoomException.Reason;
import io.parley.model.SessionToken;
import io.parley.model.UserAddress;
import io.parley.model.UserKind;
import io.parley.model.UserRef;
import io.parley.policy.Applicant;
import io.parley.policy.Decision;
import io.parley.sequencer.SessionRecord;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.ObjLongConsumer;

/** How users come in: the policy is asked who they are, and about their names. Any thread. */
final class Logins {
    private final HubContext context;
    private final ObjLongConsumer<NamePolicy.Name> makeWay;
    private final Sessions sessions;
    private final Revocations revocations;

    /**
     * Makes the way in.
     *
     * @param makeWay takes the name of an account from a guest who has it
     */
    Logins(HubContext context, ObjLongConsumer<NamePolicy.Name> makeWay, Sessions sessions, Revocations revocations) {
        this.context = context;
        this.makeWay = makeWay;
        this.sessions = sessions;
        this.revocations = revocations;
    }

    /**
     * Asks for an applicant.
     *
     * @param enter brings in whom the policy admits
     */
    <T> CompletableFuture<T> login(Applicant applicant, Enter<T> enter) {
        CompletableFuture<T> done = new CompletableFuture<>();
        Questions questions = new Questions(context, Questions.NOBODY);
        long asked = revocations.last();
        try {
            context.checkNotBanned(0, applicant.name().key(), UserAddress.of(applicant.address()));
        } catch (RoomException banned) {
            return CompletableFuture.failedFuture(banned);
        }
        questions.add(
                () -> context.policy().login(applicant),
                decision -> orFail(
                        done,
                        () -> identified(applicant, identity(applicant, decision), asked, questions, enter, done)));
        questions.release();
        return done;
    }

    /** Brings in somebody. */
    interface Enter<T> {
        T enter(User.Entrant who, NamePolicy.Name name);
    }

    private static Identity identity(Applicant applicant, Decision decision) {
        if (decision instanceof Decision.Admit admitted) {
            return admitted.identity();
        }
        if (decision instanceof Decision.Allow) {
            if (applicant.isGuest()) {
                return Identity.guest(applicant.name().display());
            }
            throw new RoomException(Reason.AUTH_FAILED, "there are no accounts here; come as a guest");
        }
        RoomException no = Questions.denial(decision);
        throw no.reason() == Reason.FORBIDDEN ? new RoomException(Reason.AUTH_FAILED, no.text()) : no;
    }

    private <T> void identified(
            Applicant applicant,
            Identity user,
            long asked,
            Questions questions,
            Enter<T> enter,
            CompletableFuture<T> done) {
        NamePolicy.Name name = context.names().user(user.name());
        Optional<UserAddress> address = UserAddress.of(user, applicant.address());
        User.Entrant who = entrant(address, user, asked);
        context.checkNotBanned(who.id(), name.key(), address);
        UserRef ref = new UserRef(who.id(), user.id(), name.display(), name.key(), user.attributes());
        questions.addFirst(
                () -> context.policy().name(ref, name),
                decision -> orFail(done, () -> {
                    RoomException no = Questions.refusal(decision);
                    if (no != null) {
                        throw no;
                    }
                    questions.addFirst( // last: the account may appear while the name is thought about
                            () -> context.policy().account(name),
                            owner -> orFail(done, () -> {
                                context.checkMayBear(name, who.id(), owner);
                                // A guest comes now: what was imposed while the policy thought binds it.
                                done.complete(enter.enter(who.at(context.steadyMillis()), name));
                            }));
                }));
    }

    private User.Entrant entrant(Optional<UserAddress> address, Identity user, long asked) {
        boolean guest = user.guest();
        return new User.Entrant(
                guest ? context.ids().next() : context.ids().account(user.id()),
                guest ? UserKind.GUEST : UserKind.ACCOUNT,
                user.id(),
                guest ? context.ids().addressKey(address) : 0,
                address.orElse(null),
                context.steadyMillis(),
                user.attributes(),
                asked);
    }

    /** Does a step; if it throws, the login fails. */
    private static void orFail(CompletableFuture<?> done, Runnable step) {
        try {
            step.run();
        } catch (Throwable no) {
            Faults.fail(done, no);
        }
    }

    /** Brings a connection in of whom the policy has admitted. A guest's id is the origin of its one session. */
    Participant enter(User.Entrant who, NamePolicy.Name name, Encoding encoding, Subscriber subscriber) {
        return enter(who, name, (user, origin) -> new Participant(user, origin, encoding, subscriber, who.address()));
    }

    /** A connection that came in, and the token of its session. */
    record Lasting(Participant participant, Resumption resumption) {}

    /** Brings a connection in whose session outlives it. */
    Lasting enter(
            User.Entrant who, NamePolicy.Name name, Encoding encoding, Subscriber subscriber, ResumeRequest wish) {
        if (!sessions.areHeld()) {
            return new Lasting(enter(who, name, encoding, subscriber), Resumption.NONE);
        }
        LastingParticipant.Arrival arrival = new LastingParticipant.Arrival(encoding, subscriber, who.address());
        SessionRecord session = new SessionRecord(wish.inFlight());
        LastingParticipant participant =
                enter(who, name, (user, origin) -> new LastingParticipant(user, origin, session, arrival));
        // Behind that: it is under the lock of the users, which comes after that of the sessions.
        SessionToken token = sessions.begin(participant, wish, context.nanos());
        return new Lasting(participant, new Resumption(token, false, List.of(), List.of()));
    }

    /** Makes a user's connection, of an origin. */
    private interface Making<P extends Participant> {
        P make(User user, long origin);
    }

    private <P extends Participant> P enter(User.Entrant who, NamePolicy.Name name, Making<P> making) {
        long origin = who.kind() == UserKind.GUEST ? who.id() : context.ids().next();
        if (who.kind() == UserKind.ACCOUNT) {
            makeWay.accept(name, who.id());
        }
        Users.Entered<P> entered = context.users().enter(who, name, user -> making.make(user, origin));
        P participant = entered.participant();
        if (entered.first()) {
            User user = participant.user();
            Faults.safely(() -> context.listener().onEnter(user)); // or nobody would hold the participant
        }
        RoomException banned = context.ban(participant);
        if (banned != null) { // since it was asked for: whoever bans looks only at those who are here
            participant.expel(banned);
        }
        if (who.kind() == UserKind.ACCOUNT) {
            revocations.check(participant, who.revocations());
        }
        return participant;
    }
}
