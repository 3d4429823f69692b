package io.parley.sequencer;

import io.parley.journal.KeptCommand;
import io.parley.model.Entry;
import io.parley.model.RoomException;
import io.parley.model.RoomException.Reason;
import io.parley.model.Snapshot;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Something that a room's sequencer does in its turn. */
public sealed interface Task {

    /**
     * Whose coming or going it is, or who is seen to type or to have another name. While the journal does not answer, that goes ahead.
     *
     * @return the user, or null if it is anything else
     */
    default @Nullable RoomUser goesAhead() {
        return null;
    }

    /**
     * Whether it is enough to do it once if it waits several times.
     *
     * @return false for most
     */
    default boolean isOnce() {
        return false;
    }

    /**
     * A command that becomes a sequenced entry, or is refused.
     *
     * @param by who asks
     * @param cid the session's number for the command
     * @param command what for
     * @param outcome told how it came out
     */
    record Order(RoomParticipant by, long cid, Command command, CommandOutcome outcome) implements Task {
        private static final int ORDER_BYTES = 128; // about what it takes without its texts

        /**
         * A command of the server's own.
         *
         * @param context has the server's session
         * @param command what for
         * @param outcome told how it came out
         * @return the task
         */
        public static Order own(RoomContext context, Command command, CommandOutcome outcome) {
            RoomContext.Own own = context.own();
            return new Order(own.participant(), own.lastCid().incrementAndGet(), command, outcome);
        }

        RoomUser actor() {
            return by.user;
        }

        /** The public number of the session. */
        long origin() {
            return by.origin;
        }

        /** The number that a command which is repeated has in the room; 0 if it is to be judged. */
        long known(int room) {
            SessionRecord session = by.outliving();
            return session == null ? 0 : session.cids().judge(cid, room);
        }

        /** It has its place. */
        void placed(int room, long seq) {
            SessionRecord session = by.outliving();
            if (session != null) {
                session.cids().placed(cid, room, seq);
            }
        }

        /** Its place was not kept. */
        void forgotten() {
            SessionRecord session = by.outliving();
            if (session != null) {
                session.cids().forget(cid);
            }
        }

        /** What of its session is to be kept with it, or null. */
        SessionRecord.@Nullable Image unstored() {
            SessionRecord session = by.outliving();
            return session == null ? null : session.image();
        }

        /** Tells what has become of the command that it repeats. */
        void repeated() {
            SessionRecord session = by.outliving();
            long seq = session == null ? 0 : session.cids().find(cid);
            if (seq > 0) {
                outcome.repeated(seq);
            } else { // the first was in the same batch, which the journal has not kept
                outcome.refused(new RoomException(Reason.UNAVAILABLE, "this cannot be kept at the moment"));
            }
        }

        /** Tells that it turned out to be kept already. */
        void foundAs(KeptCommand kept, boolean here, int room) {
            try {
                if (!here) {
                    throw new RoomException(Reason.UNKNOWN_OUTCOME, "a command of this number is in another room");
                }
                placed(room, kept.seq());
            } catch (RoomException elsewhere) {
                outcome.refused(elsewhere);
                return;
            }
            outcome.repeated(kept.seq());
        }

        /** About how much memory it takes while it waits. */
        int weight() {
            int text = 0;
            if (command instanceof Command.Say say) {
                text = 2 * say.body().length() + say.tags().encodedBytes();
            } else if (command instanceof Command.SetTopic change) {
                text = 2 * change.topic().length();
            } else if (command instanceof Command.Moderate act) {
                text = 2 * act.text().length();
            }
            return ORDER_BYTES + text;
        }

        /** Whether it ends a membership if it is carried out. */
        boolean removes() {
            return command instanceof Command.Moderate act && act.action().removes();
        }

        /** Whether it moderates. */
        boolean moderates() {
            return command instanceof Command.Moderate;
        }
    }

    /**
     * A connection joins.
     *
     * @param participant the connection
     * @param entered completes with its cursor
     * @param uncreated why its user may not create the room, or null if it may
     * @param again whether it only goes on with a membership
     */
    record Enter(
            RoomParticipant participant,
            CompletableFuture<Entered> entered,
            @Nullable RoomException uncreated,
            boolean again)
            implements Task {
        @Override
        public RoomUser goesAhead() {
            return participant.user;
        }
    }

    /**
     * A connection leaves.
     *
     * @param cursor its cursor
     * @param text why
     * @param resigns whether the user ends its membership, on all its connections; else only this connection ends
     */
    record Leave(RoomCursor cursor, String text, boolean resigns) implements Task {
        @Override
        public RoomUser goesAhead() {
            return cursor.participant().user;
        }
    }

    /**
     * A session ends its membership.
     *
     * @param participant its connection, or its last one
     * @param unsettled whether only if its connection has not gone on with it
     * @param resigns whether the user ends its membership, on all its connections; else only this session ends
     * @param text why
     */
    record End(RoomParticipant participant, boolean unsettled, boolean resigns, String text) implements Task {
        @Override
        public RoomUser goesAhead() {
            return participant.user;
        }
    }

    /**
     * A session of an earlier process is a member again, without a connection.
     *
     * @param participant in place of its last connection
     * @param done completes when it is, or is no member any more
     */
    record Restore(RoomParticipant participant, CompletableFuture<@Nullable Void> done) implements Task {}

    /** Somebody else has appended to the room. */
    record CatchUp() implements Task {
        @Override
        public boolean isOnce() {
            return true;
        }
    }

    /**
     * An entry without a number.
     *
     * @param entry the entry
     * @param speaker who must be a member for it
     */
    record Pass(Entry.Passing entry, RoomUser speaker) implements Task {
        @Override
        public RoomUser goesAhead() {
            return speaker;
        }
    }

    /**
     * The room is closed, and everybody is out.
     *
     * @param cause why
     * @param forGood whether its history is to be forgotten
     */
    record Close(RoomException cause, boolean forGood) implements Task {}

    /**
     * Something that the program does with the room as a whole.
     *
     * @param act does it, when its turn comes
     */
    record Turn(Consumer<Batch> act) implements Task {}

    /** Presence that was held back is due. */
    record Flush() implements Task {
        @Override
        public boolean isOnce() {
            return true;
        }
    }

    /**
     * Somebody waits for all that came before.
     *
     * @param passed completes when that has happened and was told
     */
    record Mark(CompletableFuture<@Nullable Void> passed) implements Task {}

    /**
     * A connection that has joined.
     *
     * @param cursor its cursor, not started
     * @param snapshot the room at the very point where the cursor begins
     */
    record Entered(RoomCursor cursor, Snapshot snapshot) {}
}
