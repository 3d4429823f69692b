package io.parley.policy;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.CompletionStage;

/** What a policy says to a question: a {@link Decision}, or that the decision comes later. Immutable, for any thread. */
public sealed interface Answer permits Decision, Answer.Later {

    /**
     * The decision comes later. Until then the session that asked waits; nobody else does.
     *
     * @param decision completes with the decision, on any thread; a failure denies
     */
    record Later(CompletionStage<? extends Decision> decision) implements Answer {
        /**
         * Makes an answer.
         *
         * @param decision completes with the decision, on any thread; a failure denies
         */
        public Later {
            requireNonNull(decision, "decision");
        }
    }

    /**
     * The decision comes later.
     *
     * @param decision completes with the decision, on any thread; a failure denies
     * @return the answer
     */
    static Answer later(CompletionStage<? extends Decision> decision) {
        return new Later(decision);
    }
}
