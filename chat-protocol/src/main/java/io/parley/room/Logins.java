package io.parley.room;

import io.parley.log.Faults;
import io.parley.model.Identity;
import io.parley.model.NamePolicy;
import io.parley.model.RoomException;
import io.parley.model.RoomException.Reason;
import io.parley.model.UserRef;
import io.parley.policy.Applicant;
import io.parley.policy.Decision;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** How users come in: the policy is asked who they are, and about their names. Any thread. */
final class Logins {
    private final RoomContext context;
    private final SecureRandom random = new SecureRandom();

    Logins(RoomContext context) {
        this.context = context;
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
                decision -> orFail(done, () -> identified(identity(applicant, decision), questions, enter, done)));
        questions.release();
        return done;
    }

    /** Brings in somebody. */
    interface Enter<T> {
        T enter(String identity, NamePolicy.Name name, Identity user, long origin);
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

    private <T> void identified(Identity user, Questions questions, Enter<T> enter, CompletableFuture<T> done) {
        NamePolicy.Name name = context.names().user(user.name());
        long origin = random.nextLong();
        String identity = user.guest() ? User.GUEST + HexFormat.of().toHexDigits(origin) : User.ACCOUNT + user.id();
        UserRef ref = new UserRef(identity, name.display(), name.key(), user.guest(), user.attributes());
        questions.addFirst(
                () -> context.policy().name(ref, name),
                decision -> orFail(done, () -> {
                    RoomException no = Questions.refusal(decision);
                    if (no != null) {
                        throw no;
                    }
                    done.complete(enter.enter(identity, name, user, origin));
                }));
    }

    /** Does a step; if it throws, the login fails. */
    private static void orFail(CompletableFuture<?> done, Runnable step) {
        try {
            step.run();
        } catch (Throwable no) {
            done.completeExceptionally(no);
        }
    }

    /** Brings a connection in of whom the policy has admitted. */
    Participant enter(
            String identity,
            NamePolicy.Name name,
            Map<String, String> attributes,
            long origin,
            Encoding encoding,
            Subscriber subscriber) {
        Users.Entered entered = context.users()
                .enter(identity, name, attributes, user -> new Participant(user, origin, encoding, subscriber));
        if (entered.first()) {
            User user = entered.participant().user();
            Faults.safely(() -> context.listener().onEnter(user)); // or nobody would hold the participant
        }
        return entered.participant();
    }
}
