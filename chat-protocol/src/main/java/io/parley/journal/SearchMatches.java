package io.parley.journal;

import io.parley.model.Entry;
import io.parley.model.EntryPage;
import io.parley.model.SearchQuery;
import java.util.ArrayList;
import java.util.List;

/**
 * Gathers what a search finds, for those who write journals: it is shown entries, the newest first, and keeps those that are meant. One
 * thread.
 *
 * <p>It takes one more than the query's limit, to know whether there is more.
 */
public final class SearchMatches {
    private static final int MOST_CHARS = 256 << 10; // of a page; one message may have more

    private final SearchQuery query;
    private final SearchWords words;
    private final List<Entry.Sequenced> found = new ArrayList<>();
    private long next; // all from here on was looked at
    private int chars; // of what was found

    /**
     * Begins.
     *
     * @param query what is searched for
     * @param head the room's last number
     */
    public SearchMatches(SearchQuery query, long head) {
        this.query = query;
        this.words = SearchWords.of(query.words());
        this.next = query.before() == 0 ? head + 1 : Math.min(query.before(), head + 1);
    }

    /**
     * The words that are searched for.
     *
     * @return the words
     */
    public SearchWords words() {
        return words;
    }

    /**
     * The number below which to look.
     *
     * @return all numbers from this one on were looked at
     */
    public long next() {
        return next;
    }

    /**
     * Whether nothing more is wanted.
     *
     * @return true if there is one more than the limit, or much text
     */
    public boolean isFull() {
        return found.size() > query.limit() || chars > MOST_CHARS || words.isHopeless();
    }

    /**
     * Looks at an entry, unless it {@link #isFull}.
     *
     * @param entry an entry below {@link #next}
     */
    public void look(Entry.Sequenced entry) {
        if (isFull()) {
            return;
        }
        next = entry.seq();
        if (entry instanceof Entry.Message message
                && (query.sender() == 0 || message.author().id() == query.sender())
                && query.isWithin(message.timeMillis())
                && words.matches(message.body())) {
            found.add(message);
            chars += message.body().length();
        }
    }

    /**
     * Says that nothing above a number, that was not shown, is meant.
     *
     * @param seq the lowest number that was looked at
     */
    public void passed(long seq) {
        if (!isFull()) {
            next = Math.min(next, seq);
        }
    }

    /**
     * The page. It has more if it is full, or if not all was looked at.
     *
     * @param floor the lowest number of the room
     * @param head the room's last number
     * @return the messages, the newest first
     */
    public EntryPage page(long floor, long head) {
        if (words.isHopeless()) {
            return new EntryPage(List.of(), floor, head, false);
        }
        if (found.size() <= query.limit()) {
            return new EntryPage(List.copyOf(found), Math.max(floor, next), head, next > floor);
        }
        List<Entry.Sequenced> page = List.copyOf(found.subList(0, query.limit()));
        return new EntryPage(page, page.get(page.size() - 1).seq(), head, true);
    }
}
