package io.parley.room;

import io.parley.log.Faults;
import io.parley.model.RoomException;
import io.parley.model.Tags;
import io.parley.policy.Answer;
import io.parley.policy.Decision;
import io.parley.sequencer.SessionRecord;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How a session asks the policy and keeps its order: what is decided at once happens at once, and everything behind a question
 * that is open waits for it. A superclass and no object of its own: there may be very many sessions.
 */
abstract class Asking {
    final HubContext context;
    final Participant participant;
    private @Nullable Room speaking; // where what was said is to be ordered
    private @Nullable Questions questions; // while an answer is awaited
    private boolean held; // something else than messages waits for it

    Asking(HubContext context, Participant participant) {
        this.context = context;
        this.participant = participant;
    }

    /**
     * Whose session it is. Any thread.
     *
     * @return the user
     */
    public final User user() {
        return participant.user();
    }

    /**
     * The public number of the session. Any thread.
     *
     * @return 64 random bits, never given twice
     */
    public final long origin() {
        return participant.origin();
    }

    final Participant participant() {
        return participant;
    }

    // ---- ordering

    /** Tells that a command is refused, unless it is in the room already: a session that came back may repeat it. */
    final void refuse(Room room, long cid, Outcome outcome, RoomException why) {
        SessionRecord session = participant.outliving();
        if (session == null) {
            outcome.refused(why);
            return;
        }
        Faults.whenDone(room.settled(), (done, error) -> {
            long seq = session.cids().find(cid, room.ref().number());
            if (seq > 0) {
                outcome.repeated(seq);
            } else {
                outcome.refused(why);
            }
        });
    }

    /** Whether nothing waits for the policy. */
    final boolean isFree() {
        return questions == null;
    }

    /** Has a message ordered with the others before the next {@link #proceed}. */
    @SuppressWarnings("ReferenceEquality") // there is one object for each live room
    final void take(Room room, long cid, String body, Tags tags, Outcome outcome) {
        if (speaking != room) {
            proceed();
            speaking = room;
        }
        room.take(participant, cid, body, tags, outcome);
    }

    // ---- asking the policy

    /** Has something done when it is decided: at once, if nothing is awaited. */
    final void ask(Supplier<Answer> question, Consumer<Decision> then) {
        Questions open = questions;
        if (open != null) {
            open.add(question, decision -> {
                proceed(); // what was said before, under the name that the user had then
                then.accept(judged(decision));
            });
            held = true;
            return;
        }
        proceed();
        askNow(question, then);
    }

    /** Asks where nothing else is asked before. */
    final void askNow(Supplier<Answer> question, Consumer<Decision> then) {
        Questions open = questions;
        if (open != null) {
            open.addFirst(question, decision -> then.accept(judged(decision)));
            return;
        }
        Answer answer = context.isOpen() ? Decision.ALLOW : Questions.asked(question);
        if (answer instanceof Decision decision) {
            then.accept(decision);
        } else {
            await(answer, then);
            held = true;
        }
    }

    /** Has something done behind everything else, when an answer that was got already is decided. */
    final void await(Answer answer, Consumer<Decision> then) {
        Questions open = questions;
        if (open == null) {
            open = new Questions(context, new Waiting());
            questions = open;
        }
        open.add(answer, decision -> then.accept(judged(decision)));
    }

    /** Whoever was stopped while the policy thought does nothing more. */
    private Decision judged(Decision decision) {
        return participant.isStopped() ? Questions.UNDECIDED : decision;
    }

    /** Has nothing more done: what waits for the policy is refused. Any thread; the caller ends the connection. */
    public final void stop() {
        participant.stop();
    }

    /**
     * Has something done in the order of the requests, about which nobody is asked.
     *
     * @param step what to do; it must not block
     */
    public final void inOrder(Runnable step) {
        ask(() -> Decision.ALLOW, always -> step.run());
    }

    static <T> void complete(CompletableFuture<T> done, @Nullable T value, @Nullable Throwable error) {
        if (error != null) {
            done.completeExceptionally(Faults.cause(error));
        } else {
            done.complete(value);
        }
    }

    /** Completes a future with what a step gives, where the policy allows it. */
    final <T> CompletableFuture<T> asked(Supplier<Answer> question, Supplier<CompletableFuture<T>> step) {
        CompletableFuture<T> done = new CompletableFuture<>();
        ask(question, decision -> complete(done, decision, step));
        return done;
    }

    static <T> void complete(CompletableFuture<T> done, Decision decision, Supplier<CompletableFuture<T>> step) {
        RoomException no = Questions.refusal(decision);
        if (no != null) {
            done.completeExceptionally(no);
            return;
        }
        try {
            Faults.whenDone(step.get(), (value, error) -> complete(done, value, error));
        } catch (Throwable refused) { // by the hub
            Faults.fail(done, refused);
        }
    }

    /**
     * Whether {@link #settle} is to be called before the next request: something else than messages waits for the policy.
     *
     * @return false as long as the policy answers at once
     */
    public final boolean isHeld() {
        return held;
    }

    /**
     * Orders what was said, and does what the policy has decided by now.
     *
     * @return false if the policy has not answered something: the session waits
     */
    public final boolean settle() {
        Questions open = questions;
        if (open == null) {
            proceed();
            return true;
        }
        boolean released = open.release();
        if (released) {
            answered();
        }
        return released;
    }

    final void proceed() {
        Room room = speaking;
        if (room != null) {
            speaking = null;
            room.proceed();
        }
    }

    /** What the questions tell: the session's subscriber is told in turn. */
    private final class Waiting implements Questions.Owner {
        @Override
        public void waits() {
            proceed();
            participant.subscriber().waits();
        }

        @Override
        public void goesOn() {
            answered();
            participant.subscriber().goesOn();
        }
    }

    private void answered() {
        questions = null;
        held = false;
        proceed();
    }
}
