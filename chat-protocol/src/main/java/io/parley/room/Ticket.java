package io.parley.room;

import io.parley.model.Entry;
import io.parley.model.RoomException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A place in a room's lane: something to be done in its turn. */
sealed interface Ticket {

    /**
     * A command that becomes a sequenced entry.
     *
     * @param actor who asks
     * @param command what for
     * @param outcome told how it came out
     */
    record Order(User actor, Command command, Outcome outcome) implements Ticket {}

    /**
     * A connection comes in.
     *
     * @param participant the connection
     * @param joined completes with its cursor, backlog still empty
     */
    record Enter(Participant participant, CompletableFuture<Joined> joined) implements Ticket {}

    /**
     * A connection goes.
     *
     * @param cursor its cursor
     * @param text why
     */
    record Leave(Cursor cursor, String text) implements Ticket {}

    /**
     * An entry without a number.
     *
     * @param entry the entry
     * @param speaker who must be a member for it, or null
     */
    record Pass(Entry.Passing entry, @Nullable User speaker) implements Ticket {}

    /**
     * The room is closed for good.
     *
     * @param cause why
     */
    record Close(RoomException cause) implements Ticket {}

    /** Presence that was held back is due. */
    record Flush() implements Ticket {}

    /**
     * Somebody waits for all that came before.
     *
     * @param passed completes when that has happened and was told
     */
    record Mark(CompletableFuture<@Nullable Void> passed) implements Ticket {}
}
