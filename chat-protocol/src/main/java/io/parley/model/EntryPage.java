package io.parley.model;

import java.util.List;

/**
 * A page of a room's history. Immutable, for any thread.
 *
 * @param entries the entries, ascending
 * @param floor the lowest number that is still kept
 * @param head the last number given
 * @param more whether there is more in the direction read
 */
public record EntryPage(List<Entry.Sequenced> entries, long floor, long head, boolean more) {}
