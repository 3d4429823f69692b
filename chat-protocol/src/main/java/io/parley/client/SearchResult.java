package io.parley.client;

import java.util.List;

/**
 * A page of what a search has found.
 *
 * @param messages the messages, the newest first; maybe none although there is more, since the server looks at a bounded number of
 *     messages for each page
 * @param more whether there may be more, further back
 * @param next where the next page begins: search {@linkplain io.parley.model.SearchQuery#below below} this number
 */
public record SearchResult(List<Message> messages, boolean more, long next) {}
