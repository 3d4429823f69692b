package io.parley.journal.jdbc;

import java.util.List;

/**
 * What a {@linkplain JdbcJournal#check check} has found. Immutable, for any thread.
 *
 * @param rooms how many rooms there are
 * @param entries how many entries
 * @param values how many values
 * @param problems what is damaged, in words, and where; at most {@value #MOST_PROBLEMS}
 */
public record CheckReport(long rooms, long entries, long values, List<String> problems) {
    /** A report lists no more problems than this. */
    public static final int MOST_PROBLEMS = 100;

    /**
     * Whether nothing is damaged.
     *
     * @return true if there is no problem
     */
    public boolean isGood() {
        return problems.isEmpty();
    }
}
