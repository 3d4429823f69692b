package io.parley.room;

import io.parley.log.Faults;
import io.parley.model.Identity;
import io.parley.model.NamePolicy;
import io.parley.model.RoomException;
import io.parley.model.RoomException.Reason;
import io.parley.model.UserKind;
import io.parley.model.UserRef;
import io.parley.policy.Applicant;
import io.parley.policy.Decision;
import java.util.concurrent.CompletableFuture;
import java.util.function.ObjLongConsumer;

/** How users come in: the policy is asked who they are, and about their names. Any thread. */
final class Logins {
    private final RoomContext context;
    private final ObjLongConsumer<NamePolicy.Name> makeWay;

    /**
     * Makes the way in.
     *
     * @param makeWay takes the name of an account from a guest who has it
     */
    Logins(RoomContext context, ObjLongConsumer<NamePolicy.Name> makeWay) {
        this.context = context;
        this.makeWay = makeWay;
    }

    /**
     * Asks for an applicant.
     *
     * @param enter brings in whom the policy admits
     */
    <T> CompletableFuture<T> login(Applicant applicant, Enter<T> enter) {
        CompletableFuture<T> done = new CompletableFuture<>();
        Questions questions = new Questions(context, Questions.NOBODY);
        questions.add(
                () -> context.policy().login(applicant),
                decision -> orFail(
                        done, () -> identified(applicant, identity(applicant, decision), questions, enter, done)));
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
            Applicant applicant, Identity user, Questions questions, Enter<T> enter, CompletableFuture<T> done) {
        NamePolicy.Name name = context.names().user(user.name());
        User.Entrant who = entrant(applicant, user);
        UserRef ref = new UserRef(who.id(), user.id(), name.display(), name.key(), user.attributes());
        questions.addFirst(
                () -> context.policy().account(name),
                owner -> orFail(done, () -> {
                    context.checkMayBear(name, who.id(), owner);
                    questions.addFirst(
                            () -> context.policy().name(ref, name),
                            decision -> orFail(done, () -> {
                                RoomException no = Questions.refusal(decision);
                                if (no != null) {
                                    throw no;
                                }
                                done.complete(enter.enter(who, name));
                            }));
                }));
    }

    private User.Entrant entrant(Applicant applicant, Identity user) {
        boolean guest = user.guest();
        return new User.Entrant(
                guest ? context.ids().next() : context.ids().account(user.id()),
                guest ? UserKind.GUEST : UserKind.ACCOUNT,
                user.id(),
                guest ? context.ids().place(user, applicant.address()) : 0,
                context.steadyMillis(),
                user.attributes());
    }

    /** Does a step; if it throws, the login fails. */
    private static void orFail(CompletableFuture<?> done, Runnable step) {
        try {
            step.run();
        } catch (Throwable no) {
            done.completeExceptionally(no);
        }
    }

    /** Brings a connection in of whom the policy has admitted. A guest's id is the origin of its one session. */
    Participant enter(User.Entrant who, NamePolicy.Name name, Encoding encoding, Subscriber subscriber) {
        long origin = who.kind() == UserKind.GUEST ? who.id() : context.ids().next();
        if (who.kind() == UserKind.ACCOUNT) {
            makeWay.accept(name, who.id());
        }
        Users.Entered entered =
                context.users().enter(who, name, user -> new Participant(user, origin, encoding, subscriber));
        if (entered.first()) {
            User user = entered.participant().user();
            Faults.safely(() -> context.listener().onEnter(user)); // or nobody would hold the participant
        }
        return entered.participant();
    }
}
