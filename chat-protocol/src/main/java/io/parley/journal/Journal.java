package io.parley.journal;

import io.parley.model.Entry;
import io.parley.model.EntryPage;
import io.parley.model.RoomState;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The storage interface: it keeps entries in their order. Any thread may call it; no call blocks. A future
 * completes on the journal's own thread, or is complete when returned.
 *
 * <p>A room has at most one append under way, so a journal never has to reorder. It is the hub that numbers
 * entries: without holes, on from {@link Opened#head()}.
 */
public interface Journal {

    /**
     * Opens a room's record, or begins one.
     *
     * @param room the room's key, of at most 300 characters
     * @return what is known of the room
     */
    CompletableFuture<Opened> open(String room);

    /**
     * Keeps entries; all of them, and the state, or none.
     *
     * @param room the room's key
     * @param entries one or more, numbered on from the last
     * @param stateAfter the state after them where they change it, else null
     * @return completes when they are kept as durably as this journal promises, with the lowest number still kept;
     *     fails if none was kept
     */
    CompletableFuture<Long> append(String room, List<Entry.Sequenced> entries, @Nullable RoomState stateAfter);

    /**
     * Reads what was kept. With {@code after} the oldest entries above it, else the newest below {@code before}.
     *
     * @param room the room's key
     * @param after exclusive lower bound, or {@link #NONE}
     * @param before exclusive upper bound, or {@link #NONE}
     * @param limit how many entries at most
     * @param maxBytes about how many bytes of text at most; at least one entry is read all the same
     * @return the page
     */
    CompletableFuture<EntryPage> read(String room, long after, long before, int limit, int maxBytes);

    /**
     * Says that a room is not in use any more. What was kept stays, within the journal's bounds.
     *
     * @param room the room's key
     */
    void close(String room);

    /**
     * Drops everything of a room that can never come back.
     *
     * @param room the room's key
     */
    void forget(String room);

    /**
     * A secret of this journal, from which the public ids of accounts are derived. It stays the same as long as what is kept.
     *
     * @return at least 16 bytes that nobody can guess; a new array
     */
    byte[] secret();

    /** In {@link #read}: no such bound. */
    long NONE = -1;

    /**
     * What is known of a room.
     *
     * @param epoch the number of this history; another epoch means that old sequence numbers say nothing
     * @param head the last number given, 0 before the first
     * @param floor the lowest number still kept; head + 1 when none is
     * @param state the room's state after head
     */
    record Opened(long epoch, long head, long floor, RoomState state) {}
}
