package io.parley.journal;

import io.parley.codec.Bytes;
import io.parley.model.EntryPage;
import io.parley.model.SearchQuery;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The storage interface: it keeps the entries of rooms in their order, and small values beside them. For those who write
 * journals there are {@link EntryCodec} and {@link StateCodec}, and a contract in the test kit.
 *
 * <p><b>Threads.</b> Any thread may call it; no call blocks. A future completes on the journal's own thread, or is complete when
 * returned. Calls for one room take effect in the order in which they were made, and so do those that put values.
 *
 * <p><b>Keys</b> of rooms and values are listed in the order of {@link String#compareTo}, as far as their characters are below
 * U+10000.
 *
 * <p><b>Exactly once.</b> The answer to an append may be lost after the entries were kept. So a failure says nothing, unless it
 * is a {@link NotKeptException}: whoever gets another one, or no answer, appends the same request again, until there is an
 * answer. The journal sees by {@link AppendRequest#id} that it is the same.
 *
 * <p><b>Several writers.</b> Entries are numbered by whoever appends, without holes, on from the head that it knows. If another
 * writer was faster, nothing is kept, and the answer says where the room is now.
 */
public interface Journal extends AutoCloseable {

    /** In {@link #read}: no such bound. */
    long NONE = -1;

    /**
     * Opens a room's record, or begins one.
     *
     * @param room the room's key, of at most 300 characters
     * @return what is known of the room
     */
    CompletableFuture<KeptRoom> open(String room);

    /**
     * Keeps entries: all of them with the state and the values, or nothing.
     *
     * @param request what is to be kept, and where
     * @return completes when that is kept as durably as this journal promises, or when it is clear that it cannot be; fails with
     *     {@link NotKeptException} if surely nothing was kept, with anything else if that is not known
     */
    CompletableFuture<AppendResult> append(AppendRequest request);

    /**
     * Reads what was kept. With {@code after} the oldest entries above it, else the newest below {@code before}. With both, the
     * oldest between them, and {@code more} says whether there is more between them.
     *
     * @param room the room's key
     * @param after exclusive lower bound, or {@link #NONE}
     * @param before exclusive upper bound, or {@link #NONE}
     * @param limit how many entries at most
     * @param maxBytes about how many bytes of text at most; at least one entry is read all the same
     * @return the page; fails with {@link DamagedException} where what was kept cannot be read any more
     */
    CompletableFuture<EntryPage> read(String room, long after, long before, int limit, int maxBytes);

    /**
     * Searches for messages in what was kept of a room, the newest first. {@link SearchWords} says which texts have the words, for all
     * journals alike. What was kept before the call is found.
     *
     * <p>A call looks at a bounded number of entries. So a page may hold fewer messages than the limit, or none, and still have {@code
     * more}: the search goes on {@linkplain SearchQuery#below below} the {@code floor} of the page, which is the lowest number that was
     * looked at. {@link SearchMatches} makes such pages.
     *
     * @param room the room's key
     * @param query what is searched for
     * @return the page; fails with {@link NoIndexException} if this journal cannot search, and as {@link #read} does
     */
    default CompletableFuture<EntryPage> search(String room, SearchQuery query) {
        return CompletableFuture.failedFuture(new NoIndexException());
    }

    /**
     * Which commands of a session are kept.
     *
     * @param origin the session's public number
     * @param from the lowest number of a command that is asked for
     * @param limit how many at most; of too many the highest
     * @return the commands, the lowest number first; always empty in a journal that does not {@linkplain #isLasting last}
     */
    CompletableFuture<List<KeptCommand>> find(long origin, long from, int limit);

    /**
     * Lists the rooms that were opened and not forgotten.
     *
     * @param after the key behind which the list begins; empty for all
     * @param limit how many at most
     * @return keys, in their order
     */
    CompletableFuture<List<String>> rooms(String after, int limit);

    /**
     * Has a program told that somebody else has appended to a room. The hint may come late, twice, or without need.
     *
     * @param room the room's key
     * @param hint run on the journal's own thread, or on that of the writer; it must neither block nor throw
     * @return ends it
     */
    Watch watch(String room, Runnable hint);

    /**
     * Says that a room is not in use any more. What was kept stays, within the journal's bounds.
     *
     * @param room the room's key
     */
    void close(String room);

    /**
     * Drops everything of a room that can never come back. The next room of the key has another epoch and number.
     *
     * @param room the room's key
     * @return completes when that is as durable as an append
     */
    CompletableFuture<@Nullable Void> forget(String room);

    /**
     * Keeps values: all of them, or none.
     *
     * @param values the values; one of each key
     * @return completes when they are as durable as an append; fails as an append does, and can be repeated
     */
    CompletableFuture<@Nullable Void> put(List<KeyValue> values);

    /**
     * Reads a value.
     *
     * @param kind the kind of values it is one of
     * @param key its key
     * @return completes with the value; with null if there is none
     */
    CompletableFuture<@Nullable Bytes> value(String kind, String key);

    /**
     * Reads values.
     *
     * @param kind the kind of values
     * @param after the key behind which the list begins; empty for all
     * @param limit how many at most
     * @return the values, in the order of their keys
     */
    CompletableFuture<List<KeyValue>> values(String kind, String after, int limit);

    /**
     * Whether what is kept outlives the process.
     *
     * @return true if a later process finds it
     */
    boolean isLasting();

    /**
     * A secret of this journal, from which the public ids of accounts are derived. It stays the same as long as what is kept.
     *
     * @return at least 16 bytes that nobody can guess; a new array
     */
    byte[] secret();

    /**
     * Ends the journal, when all that was asked of it is done. Blocks. What is asked afterwards gives a future that has failed, and
     * whoever watches gets no hints.
     */
    @Override
    void close();

    /** Somebody who is told of a room. Any thread. */
    @FunctionalInterface
    interface Watch extends AutoCloseable {
        /** Ends it. A hint that is under way may still come. */
        @Override
        void close();
    }
}
