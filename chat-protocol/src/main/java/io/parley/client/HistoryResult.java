package io.parley.client;

import java.util.List;

/**
 * A part of what was said.
 *
 * @param messages ascending
 * @param floor the lowest number the server still keeps
 * @param more whether there is more in the direction asked for
 * @param firstSeq the first number this covers, also where it is not a message's; 0 if nothing is covered
 */
public record HistoryResult(List<Message> messages, long floor, boolean more, long firstSeq) {}
