package io.parley.model;

import java.util.List;

/**
 * A page of a room's history, or of what a search has found. Immutable, for any thread.
 *
 * @param entries the entries, ascending; of a search the newest first
 * @param floor the lowest number that is still kept; of a search the lowest number that was looked at: the next page is below it
 * @param head the last number given
 * @param more whether there is more in the direction read; of a search whether there may be more
 */
public record EntryPage(List<Entry.Sequenced> entries, long floor, long head, boolean more) {}
