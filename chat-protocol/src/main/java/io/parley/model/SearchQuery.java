package io.parley.model;

import java.util.Objects;

/**
 * What is searched for in what was said in a room. Immutable, for any thread.
 *
 * @param words the words as a user writes them, of at most {@link #MOST_CHARS} characters. All of them must occur in a message, in
 *     any order. Of the last word the beginning is enough, if it has two characters or more. Case, accents and punctuation do not
 *     matter. Empty: any message; without a letter or digit: none
 * @param sender the public id of the user who said it; 0 means anybody
 * @param sinceMillis only what was said then or later, in milliseconds since 1970; 0 means no bound
 * @param untilMillis only what was said before then, in milliseconds since 1970; 0 means no bound
 * @param before only messages whose numbers are below; 0 means no bound
 * @param limit how many messages at most, at least 1
 */
public record SearchQuery(String words, long sender, long sinceMillis, long untilMillis, long before, int limit) {
    /** The longest text of words, in UTF-16 characters. */
    public static final int MOST_CHARS = 256;

    /**
     * Makes a query.
     *
     * @param words the words, of at most {@link #MOST_CHARS} characters
     * @param sender the public id of the user who said it; 0 means anybody
     * @param sinceMillis only what was said then or later; 0 means no bound
     * @param untilMillis only what was said before then; 0 means no bound
     * @param before only messages whose numbers are below; 0 means no bound
     * @param limit how many messages at most, at least 1
     * @throws IllegalArgumentException if a number is negative or the words are too long
     */
    public SearchQuery {
        if (Objects.requireNonNull(words, "words").length() > MOST_CHARS) {
            throw new IllegalArgumentException("words are longer than " + MOST_CHARS + ": " + words.length());
        }
        Checks.notNegative("sinceMillis", sinceMillis);
        Checks.notNegative("untilMillis", untilMillis);
        Checks.notNegative("before", before);
        Checks.positive("limit", limit);
    }

    /**
     * Searches for words of anybody, said at any time.
     *
     * @param words the words
     * @param limit how many messages at most
     * @return the query
     */
    public static SearchQuery of(String words, int limit) {
        return new SearchQuery(words, 0, 0, 0, 0, limit);
    }

    /**
     * The same for what one user said.
     *
     * @param user the user's public id; 0 means anybody
     * @return the query
     */
    public SearchQuery by(long user) {
        return new SearchQuery(words, user, sinceMillis, untilMillis, before, limit);
    }

    /**
     * The same for what was said at some time.
     *
     * @param since from then on, in milliseconds since 1970; 0 means no bound
     * @param until before then, in milliseconds since 1970; 0 means no bound
     * @return the query
     */
    public SearchQuery within(long since, long until) {
        return new SearchQuery(words, sender, since, until, before, limit);
    }

    /**
     * The same for older messages: the next page.
     *
     * @param seq only messages whose numbers are below; 0 means no bound
     * @return the query
     */
    public SearchQuery below(long seq) {
        return new SearchQuery(words, sender, sinceMillis, untilMillis, seq, limit);
    }

    /**
     * The same with another limit.
     *
     * @param most how many messages at most
     * @return the query
     */
    public SearchQuery atMost(int most) {
        return new SearchQuery(words, sender, sinceMillis, untilMillis, before, most);
    }

    /**
     * Whether something that was said at some time is meant.
     *
     * @param timeMillis when it was said, in milliseconds since 1970
     * @return true if both bounds allow it
     */
    public boolean isWithin(long timeMillis) {
        return (sinceMillis == 0 || timeMillis >= sinceMillis) && (untilMillis == 0 || timeMillis < untilMillis);
    }
}
