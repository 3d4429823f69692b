package io.parley.testkit.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.journal.Journal;
import io.parley.journal.NoIndexException;
import io.parley.model.Entry;
import io.parley.model.EntryPage;
import io.parley.model.SearchQuery;
import io.parley.model.Tags;
import io.parley.model.UserItem;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** Says texts in a room, and searches for them. For one thread. */
final class JournalSayer {
    private static final int MANY = 1_000;

    private final Journal journal;
    private final String room;
    private final JournalWriter writer;
    private final long origin;
    private final List<Entry.Sequenced> noted = new ArrayList<>();

    private JournalSayer(Journal journal, String room) {
        this.journal = journal;
        this.room = room;
        this.origin = JournalWriter.newId().getLeastSignificantBits() + 1_000;
        this.writer = new JournalWriter(journal, room, origin);
    }

    /** Somebody in a room; if the journal cannot search, the test is skipped. */
    static JournalSayer in(JournalBench bench, String room) {
        boolean searches = JournalBench.await(
                "search(" + room + ")",
                bench.journal()
                        .search(room, SearchQuery.of("", 1))
                        .handle((page, failed) -> !(failed instanceof NoIndexException)));
        if (!searches) {
            bench.close();
        }
        Assumptions.assumeTrue(searches, "the journal has no index");
        return new JournalSayer(bench.journal(), room);
    }

    private long next() {
        return writer.head() + noted.size() + 1;
    }

    /** Adds an entry to those that are kept together. */
    private void note(UserItem who, long millis, String text) {
        noted.add(new Entry.Message(next(), millis, origin, next(), who, text, Tags.NONE));
    }

    /** The same, said by ann. */
    void note(String text) {
        note(JournalWriter.ANN, next(), text);
    }

    /** Has kept what was noted. */
    void keep() {
        writer.keep(JournalWriter.request(room, writer.head(), List.copyOf(noted)));
        noted.clear();
    }

    void say(UserItem who, long millis, String text) {
        note(who, millis, text);
        keep();
    }

    void say(String text) {
        note(text);
        keep();
    }

    void add(Entry.Sequenced entry) {
        noted.add(entry);
        keep();
    }

    /** The numbers of all messages with some words. */
    List<Long> found(String words) {
        return found(SearchQuery.of(words, MANY));
    }

    /** The numbers of all messages that are meant, page by page. */
    List<Long> found(SearchQuery query) {
        return search(journal, room, query);
    }

    EntryPage page(SearchQuery query) {
        return page(journal, room, query);
    }

    private static EntryPage page(Journal journal, String room, SearchQuery query) {
        return JournalBench.await("search(" + room + ", " + query + ")", journal.search(room, query));
    }

    static List<Long> search(Journal journal, String room, SearchQuery query) {
        List<Long> found = new ArrayList<>();
        EntryPage page = page(journal, room, query);
        while (true) {
            assertThat(page.entries().size()).as("messages of a page").isLessThanOrEqualTo(query.limit());
            page.entries().forEach(entry -> found.add(entry.seq()));
            if (!page.more()) {
                return found;
            }
            long next = page.floor();
            assertThat(next).as("where the next page begins").isPositive();
            EntryPage older = page(journal, room, query.below(next));
            assertThat(older.floor() < next || !older.more())
                    .as("the next page goes on")
                    .isTrue();
            page = older;
        }
    }
}
