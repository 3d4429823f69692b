package io.parley.journal;

import java.util.List;

/** What has become of an append. Immutable, for any thread. */
public sealed interface AppendResult {

    /**
     * All of it is kept: by this call, or by an earlier one with the same id if no other request was kept in the room since.
     *
     * @param floor the lowest number still kept in the room
     */
    record Kept(long floor) implements AppendResult {}

    /**
     * Nothing of it is kept: the room has another head than expected.
     *
     * @param now the room as it is
     */
    record Behind(KeptRoom now) implements AppendResult {}

    /**
     * Nothing of it was kept by this call, because some of its commands are kept already: by an earlier call whose answer was
     * lost, or since their session has repeated them. It comes before {@link Behind}. A journal looks at least at the entries
     * above the expected head; one that {@linkplain Journal#isLasting lasts} knows every command whose entry it keeps, in whatever
     * room it is.
     *
     * @param now the room as it is
     * @param commands one or more commands of the request, and where they are
     */
    record Already(KeptRoom now, List<KeptCommand> commands) implements AppendResult {}
}
