package io.parley.room;

import io.parley.log.Faults;
import io.parley.model.RoomException;
import io.parley.model.RoomException.Reason;
import io.parley.policy.Answer;
import io.parley.policy.Decision;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a session has asked the policy and not been answered, and what it was asked behind that: in order. One thread at a
 * time: the session's own until {@link #release} gives false, and then, until the session is told to go on, a thread of the
 * executor. The policy's thread runs nothing of the session.
 */
final class Questions implements HubContext.Waiting {
    /** For answers that do not come, and policies that throw. */
    static final Decision.Deny UNDECIDED =
            new Decision.Deny(Reason.UNAVAILABLE, "that cannot be decided at the moment");

    /** The session. */
    interface Owner {
        /** The policy has not answered: the session is asked for nothing more. Called before another thread goes on. */
        void waits();

        /** Everything is answered. */
        void goesOn();
    }

    /** For questions that no session waits for. */
    static final Owner NOBODY = new Owner() {
        @Override
        public void waits() {}

        @Override
        public void goesOn() {}
    };

    /** What is done when the policy has decided. */
    private static final class Step {
        private final Supplier<Answer> question;
        private final Consumer<Decision> then;
        private @Nullable Decision decision;
        private @Nullable CompletableFuture<Decision> later; // set once it is asked, where the answer is to come
        private long deadline;

        Step(Supplier<Answer> question, Consumer<Decision> then) {
            this.question = question;
            this.then = then;
        }

        Step(Answer answer, long deadline, Consumer<Decision> then) {
            this.question = () -> answer;
            this.then = then;
            take(answer, deadline);
        }

        void ask(long nextDeadline) {
            if (decision == null && later == null) {
                take(asked(question), nextDeadline);
            }
        }

        private void take(Answer answer, long until) {
            if (answer instanceof Answer.Later stage) {
                CompletableFuture<Decision> mine =
                        new CompletableFuture<>(); // not the policy's own, which may be shared
                try {
                    stage.decision()
                            .whenComplete((known, error) -> mine.complete(known == null ? undecided(error) : known));
                } catch (Throwable broken) { // a stage that is the policy's own work
                    mine.complete(undecided(broken));
                }
                later = mine;
                deadline = until;
            } else {
                decision = (Decision) answer;
            }
        }

        /** The decision, or null if there is none yet. */
        @Nullable
        Decision decision(long now) {
            CompletableFuture<Decision> coming = later;
            if (coming != null) {
                expire(now);
                decision = coming.getNow(null);
            }
            return decision;
        }

        /** Decides if it is too late for the policy to do so. Any thread. */
        void expire(long now) {
            CompletableFuture<Decision> coming = later;
            if (coming != null && now - deadline >= 0) {
                coming.complete(UNDECIDED);
            }
        }
    }

    private final HubContext context;
    private final Owner owner;
    private final ArrayDeque<Step> steps = new ArrayDeque<>(4);
    private volatile @Nullable Step waiting; // for which the session stands still

    Questions(HubContext context, Owner owner) {
        this.context = context;
        this.owner = owner;
    }

    /** Asks; what throws denies. */
    static Answer asked(Supplier<Answer> question) {
        try {
            return Objects.requireNonNull(question.get());
        } catch (Throwable broken) {
            return undecided(broken);
        }
    }

    /**
     * Denies because the policy broke; the log tells of one fault in a while, whatever users provoke. That the user has gone
     * while it was asked something is no fault.
     */
    static Decision undecided(@Nullable Throwable why) {
        if (why != null && !(Faults.cause(why) instanceof RoomException)) {
            Faults.reportSeldom("the policy broke", why);
        }
        return UNDECIDED;
    }

    /** What a decision means where only yes and no do: null for yes. */
    static @Nullable RoomException refusal(Decision decision) {
        return decision instanceof Decision.Allow ? null : denial(decision);
    }

    /** What to tell of a decision that is no yes. */
    static RoomException denial(Decision decision) {
        return (decision instanceof Decision.Deny no ? no : UNDECIDED).exception();
    }

    private long deadline() {
        return context.nanos() + context.options().policyTimeout().toNanos();
    }

    /** Has something done behind everything else, when an answer that was got already is decided. */
    void add(Answer answer, Consumer<Decision> then) {
        steps.add(new Step(answer, deadline(), then));
    }

    /** Has something asked and done behind everything else. */
    void add(Supplier<Answer> question, Consumer<Decision> then) {
        steps.add(new Step(question, then));
    }

    /** Has something asked and done before everything else: a step that has come to its turn asks once more. */
    void addFirst(Supplier<Answer> question, Consumer<Decision> then) {
        steps.addFirst(new Step(question, then));
    }

    /**
     * Does what is decided, in order.
     *
     * @return true if nothing is left; false if an answer is awaited: then the owner was told so, and will be told to go on
     */
    boolean release() {
        for (Step first = steps.peek(); first != null; first = steps.peek()) {
            first.ask(deadline());
            Decision decision = first.decision(context.nanos());
            if (decision == null) {
                await(first);
                return false;
            }
            steps.remove();
            Step step = first;
            Faults.safely(() -> step.then.accept(decision));
        }
        return true;
    }

    private void await(Step step) {
        owner.waits();
        waiting = step;
        context.waiting().add(this);
        Objects.requireNonNull(step.later).whenComplete((decision, never) -> hop(context.executor()));
    }

    private void hop(Executor executor) {
        try {
            executor.execute(this::goOn);
        } catch (Throwable none) { // no thread: better on this one than never
            Faults.report(none);
            goOn();
        }
    }

    private void goOn() {
        waiting = null;
        context.waiting().remove(this);
        if (release()) {
            owner.goesOn();
        }
    }

    @Override
    public void expire(long now) {
        Step step = waiting;
        if (step != null) {
            step.expire(now);
        }
    }
}
