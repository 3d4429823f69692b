package io.parley.journal;

import io.parley.journal.SearchText.Run;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The words of a query: whether a text has them, and the terms of an index that such a text has. Immutable, for any thread. */
public final class SearchWords {
    private static final int MOST_TERMS = 16; // more do not make a search quicker

    private final List<Run> words;
    private final boolean any;
    private final List<String> terms;

    private SearchWords(String text) {
        this.words = List.copyOf(SearchText.runs(text));
        this.any = text.isBlank();
        Set<String> all = new LinkedHashSet<>();
        for (int i = 0; i < words.size(); i++) {
            addTerms(words.get(i), i == words.size() - 1, all);
        }
        this.terms = all.stream().limit(MOST_TERMS).toList();
    }

    /**
     * The words of a query.
     *
     * @param text the words as a user writes them
     * @return the words
     */
    public static SearchWords of(String text) {
        return new SearchWords(text);
    }

    private static void addTerms(Run word, boolean last, Set<String> terms) {
        if (!word.spaced()) {
            List<String> parts = new ArrayList<>(SearchText.terms(word.text()));
            boolean pairs = SearchText.length(word.text()) > 1;
            parts.removeIf(part -> pairs && SearchText.length(part) == 1); // a pair says more
            terms.addAll(parts);
            return;
        }
        String beginning = "";
        for (int most : SearchText.BEGINNINGS) {
            if (SearchText.length(word.text()) >= most) {
                beginning = "^" + SearchText.beginning(word.text(), most);
            }
        }
        terms.add(
                last && !beginning.isEmpty() ? beginning : SearchText.beginning(word.text(), SearchText.LONGEST_TERM));
    }

    /**
     * Whether no text has them: there is something, but no letter and no digit.
     *
     * @return true if nothing can be found
     */
    public boolean isHopeless() {
        return words.isEmpty() && !any;
    }

    /**
     * Terms that each text with these words has.
     *
     * @return some of the {@linkplain SearchText#terms terms} of such a text; empty if any text is meant
     */
    public List<String> terms() {
        return terms;
    }

    /**
     * Whether a text has all words.
     *
     * @param text the text
     * @return true if it is found
     */
    public boolean matches(String text) {
        if (words.isEmpty()) {
            return any;
        }
        List<Run> there = SearchText.runs(text);
        for (int i = 0; i < words.size(); i++) {
            if (!isIn(there, words.get(i), i == words.size() - 1)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isIn(List<Run> there, Run word, boolean last) {
        boolean begins = last && SearchText.length(word.text()) > 1;
        for (Run one : there) {
            if (one.spaced() == word.spaced()
                    && (!word.spaced()
                            ? one.text().contains(word.text())
                            : begins
                                    ? one.text().startsWith(word.text())
                                    : one.text().equals(word.text()))) {
                return true;
            }
        }
        return false;
    }
}
