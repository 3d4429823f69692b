package io.parley.policy;

import static java.util.Objects.requireNonNull;

import io.parley.model.Checks;
import io.parley.model.Identity;
import io.parley.model.RoomException;
import io.parley.model.RoomException.Reason;
import io.parley.model.RoomItem;
import io.parley.model.Tags;
import java.time.Duration;
import java.util.List;

/**
 * What a policy decided. Immutable, for any thread.
 *
 * <p>A decision that does not fit its question, such as {@link Replace} for a room to be joined, denies.
 */
public sealed interface Decision extends Answer {

    /** It may happen as it was asked. */
    Decision ALLOW = new Allow();

    /** It may happen as it was asked. */
    record Allow() implements Decision {}

    /**
     * It may not happen.
     *
     * @param reason why, for programs
     * @param text why, for the one who asked
     * @param retryAfterMillis when the same request may succeed, in milliseconds; 0 says nothing
     */
    record Deny(Reason reason, String text, long retryAfterMillis) implements Decision {
        /**
         * Makes a decision.
         *
         * @param reason why, for programs
         * @param text why, for the one who asked
         * @param retryAfterMillis when the same request may succeed, in milliseconds; 0 says nothing
         */
        public Deny {
            requireNonNull(reason, "reason");
            requireNonNull(text, "text");
            if (retryAfterMillis < 0) {
                throw new IllegalArgumentException("retryAfterMillis: " + retryAfterMillis + " is negative");
            }
        }

        /**
         * Makes a decision that says nothing of another attempt.
         *
         * @param reason why, for programs
         * @param text why, for the one who asked
         */
        public Deny(Reason reason, String text) {
            this(reason, text, 0);
        }

        /**
         * The same as the exception that the one who asked gets.
         *
         * @return a new exception
         */
        public RoomException exception() {
            return new RoomException(reason, text, retryAfterMillis);
        }
    }

    /**
     * Something else is said, or set as the topic. It is bounded as if the user had said it, and kept as it is here; the user
     * sees it as well.
     *
     * @param body the text
     * @param tags the tags of a message; of no meaning for a topic
     */
    record Replace(String body, Tags tags) implements Decision {
        /**
         * Makes a decision.
         *
         * @param body the text
         * @param tags the tags of a message; of no meaning for a topic
         */
        public Replace {
            requireNonNull(body, "body");
            requireNonNull(tags, "tags");
        }
    }

    /**
     * The login succeeds as somebody.
     *
     * @param identity who
     */
    record Admit(Identity identity) implements Decision {
        /**
         * Makes a decision.
         *
         * @param identity who
         */
        public Admit {
            requireNonNull(identity, "identity");
        }
    }

    /**
     * Some of the rooms are listed.
     *
     * @param rooms those of the asked that the user may see
     */
    record Show(List<RoomItem> rooms) implements Decision {
        /**
         * Makes a decision.
         *
         * @param rooms those of the asked that the user may see
         */
        public Show {
            rooms = List.copyOf(rooms);
        }
    }

    /**
     * No.
     *
     * @param text why not, for the one who asked
     * @return the decision, with the reason FORBIDDEN
     */
    static Decision deny(String text) {
        return new Deny(Reason.FORBIDDEN, text);
    }

    /**
     * No, for a reason that a program can act on.
     *
     * @param reason why not
     * @param text the same for the one who asked
     * @return the decision
     */
    static Decision deny(Reason reason, String text) {
        return new Deny(reason, text);
    }

    /**
     * No, but the same request may succeed later.
     *
     * @param reason why not
     * @param text the same for the one who asked
     * @param retryAfter when it may
     * @return the decision
     */
    static Decision deny(Reason reason, String text, Duration retryAfter) {
        return new Deny(reason, text, Math.max(1, Checks.millis("retryAfter", retryAfter)));
    }

    /**
     * Yes, but with another text.
     *
     * @param body the text
     * @param tags the tags
     * @return the decision
     */
    static Decision replace(String body, Tags tags) {
        return new Replace(body, tags);
    }

    /**
     * The login succeeds as somebody.
     *
     * @param identity who
     * @return the decision
     */
    static Decision admit(Identity identity) {
        return new Admit(identity);
    }

    /**
     * Some of the rooms are listed.
     *
     * @param rooms those of the asked that the user may see
     * @return the decision
     */
    static Decision show(List<RoomItem> rooms) {
        return new Show(rooms);
    }
}
