package io.parley.journal;

import io.parley.model.Entry;
import io.parley.model.RoomState;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is to be kept together. Immutable, for any thread.
 *
 * @param room the room's key
 * @param expectedHead the last number given in the room, as the writer knows it
 * @param id tells this request from any other; a request that is repeated has the same
 * @param entries one or more, numbered on from the head; no two have the same origin and cid
 * @param stateAfter the state after them where they change it, else null
 * @param values what is kept with them
 */
public record AppendRequest(
        String room,
        long expectedHead,
        UUID id,
        List<Entry.Sequenced> entries,
        @Nullable RoomState stateAfter,
        List<KeyValue> values) {

    /**
     * The number of the last entry.
     *
     * @return the head of the room, once this is kept
     */
    public long head() {
        return expectedHead + entries.size();
    }
}
