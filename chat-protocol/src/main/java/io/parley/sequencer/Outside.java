package io.parley.sequencer;

import io.parley.journal.AppendRequest;
import io.parley.journal.AppendResult;
import io.parley.journal.KeyValue;
import io.parley.model.Entry;
import io.parley.model.EntryPage;
import io.parley.model.RoomRef;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The outside of a room: what its inside cannot do itself. Called by the room's mover, under no lock. */
public interface Outside extends EncodedLog.Owner {

    /**
     * An account that is a member of a room, with or without a session in it. Immutable, for any thread.
     *
     * @param user who it is
     * @param sinceMillis when it became a member, in steady time
     * @param readSeq up to which number it has read
     * @param unanswered whether it has not answered yet, in a direct conversation that the other began
     */
    record KeptMember(RoomUser user, long sinceMillis, long readSeq, boolean unanswered) {}

    /**
     * Whether what is kept outlives the process.
     *
     * @return true if sessions are stored with their commands
     */
    boolean lasts();

    /**
     * Has entries kept.
     *
     * @param request what is to be kept
     * @return completes as that of a journal does
     */
    CompletableFuture<AppendResult> append(AppendRequest request);

    /**
     * Reads what the journal has above a number, the lowest first.
     *
     * @param after the number
     * @return completes with a page
     */
    CompletableFuture<EntryPage> read(long after);

    /**
     * Runs something on a thread that may take its time.
     *
     * @param act what to run
     */
    void later(Runnable act);

    /**
     * The room has begun to wait for the journal, or has an answer. While it waits, {@link Sequencer#tick} is to be called now and
     * then.
     *
     * @param is whether it waits
     */
    void waits(boolean is);

    /**
     * Entries were kept together and are visible.
     *
     * @param entries one or more, in their order
     */
    void published(List<Entry.Sequenced> entries);

    /**
     * A user has its first session in the room.
     *
     * @param user the user
     */
    void joined(RoomUser user);

    /**
     * A user has no session in the room any more.
     *
     * @param user the user
     */
    void left(RoomUser user);

    /**
     * An account became a member, or something of its membership has changed that is to be kept.
     *
     * @param member the membership as it is now
     */
    void membership(KeptMember member);

    /**
     * An account is no member any more.
     *
     * @param user the account's user
     */
    void membershipOver(RoomUser user);

    /**
     * What removes a membership that was kept.
     *
     * @param user the id of the account
     * @return values to be kept with the entry that removes the member
     */
    List<KeyValue> removal(long user);

    /** There is presence to tell that must wait for the next tick. */
    void flushLater();

    /**
     * A conversation is to give way to this one.
     *
     * @param conversation the other conversation
     */
    void giveWay(RoomRef conversation);

    /**
     * The room is not in use any more. Called once.
     *
     * @param forGood whether its history is to be forgotten
     */
    void closed(boolean forGood);
}
