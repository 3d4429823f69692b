package io.parley.journal.jdbc;

import io.parley.journal.AppendRequest;
import io.parley.journal.AppendResult;
import io.parley.model.Entry;
import io.parley.model.EntryPage;
import io.parley.model.SearchQuery;
import io.parley.model.Tags;
import io.parley.model.UserItem;
import io.parley.model.UserKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures searches, and how far the index lags behind; a program, not a test.
 *
 * <pre>
 * MeasureSearch FOLDER|postgres MESSAGES RATE SECONDS
 * </pre>
 *
 * Fills one room with messages of twelve words, whose frequencies fall as their ranks rise (as those of words do), by a thousand people. The
 * oldest tenth has one word more, which no later message has; and each has one of two other words. Then it searches. Then it appends RATE messages a second for some SECONDS: with
 * the index, while it searches, and without the index.
 */
final class MeasureSearch {
    private static final int VOCABULARY = 50_000;
    private static final int WORDS = 12;
    private static final int BATCH = 250;
    private static final int MOST = 256; // entries of a request
    private static final int REPEATS = 200;
    private static final int ROUNDS = 5; // of searches for all pages
    private static final long START_MILLIS = 1_700_000_000_000L;
    private static final String OLD = "qqoldqq"; // only in the oldest messages
    private static final String EVEN = "qqevenqq"; // never together with the next one
    private static final String ODD = "qqoddqq";

    /** Tells how large the database is. */
    @FunctionalInterface
    private interface Size {
        String now() throws IOException, SQLException;
    }

    private final JdbcJournal journal;
    private final Random random = new Random(5);
    private final double[] sums = new double[VOCABULARY]; // of the frequencies up to each word
    private long head;

    private MeasureSearch(JdbcJournal journal) {
        this.journal = journal;
        double sum = 0;
        for (int i = 0; i < VOCABULARY; i++) {
            sum += 1.0 / (i + 3);
            sums[i] = sum;
        }
    }

    public static void main(String[] args) throws Exception {
        int messages = Integer.parseInt(args[1]);
        int rate = Integer.parseInt(args[2]);
        int seconds = Integer.parseInt(args[3]);
        JdbcJournalOptions options = JdbcJournalOptions.DEFAULT.withKeepEntries(10_000_000);
        if (args[0].equals("postgres")) {
            PostgresFixture fixture = new PostgresFixture();
            try (JdbcJournal journal = fixture.open(options)) {
                new MeasureSearch(journal).run(messages, rate, seconds, () -> size(fixture.url()));
            }
            return;
        }
        Path folder = Files.createTempDirectory(Path.of(args[0]), "search");
        try (JdbcJournal journal = JdbcJournal.sqlite(folder, options)) {
            new MeasureSearch(journal).run(messages, rate, seconds, () -> size(folder));
        }
        System.out.println("after the end: " + size(folder));
    }

    /** A word of its rank: the commonest is number 0. */
    private static String word(int rank) {
        StringBuilder word = new StringBuilder();
        for (int rest = rank * 7 + 11; rest > 0; rest /= 20) {
            word.append("bcdfghjklmnpqrstvwxz".charAt(rest % 20)).append("aeiou".charAt(rest % 5));
        }
        return word.toString();
    }

    private int rank() {
        int at = Arrays.binarySearch(sums, random.nextDouble() * sums[VOCABULARY - 1]);
        return at < 0 ? Math.min(VOCABULARY - 1, -at - 1) : at;
    }

    private AppendRequest request(int count, long newestOld) {
        List<Entry.Sequenced> entries = new ArrayList<>(count);
        for (int i = 1; i <= count; i++) {
            StringBuilder text = new StringBuilder();
            for (int w = 0; w < WORDS; w++) {
                text.append(w == 0 ? "" : " ").append(word(rank()));
            }
            int who = 1 + random.nextInt(1_000);
            long seq = head + i;
            text.append(seq <= newestOld ? " " + OLD : "")
                    .append(newestOld == 0 ? "" : seq % 2 == 0 ? " " + EVEN : " " + ODD);
            entries.add(new Entry.Message(
                    seq,
                    START_MILLIS + seq * 1_000,
                    1,
                    seq,
                    new UserItem(who, UserKind.GUEST, "user" + who),
                    text.toString(),
                    Tags.NONE));
        }
        return new AppendRequest("r", head, UUID.randomUUID(), List.copyOf(entries), null, List.of());
    }

    private void run(int messages, int rate, int seconds, Size size) throws IOException, SQLException {
        long start = System.nanoTime();
        while (head < messages) {
            AppendRequest next = request((int) Math.min(BATCH, messages - head), messages / 10);
            if (!(journal.append(next).join() instanceof AppendResult.Kept)) {
                throw new IllegalStateException("not kept");
            }
            head = next.head();
        }
        System.out.printf("%,d messages appended in %.1f s, %,d not indexed yet%n", head, since(start), behind());
        long filled = System.nanoTime();
        while (behind() >= PostgresIndex.BLOCK_ENTRIES) {
            LockSupport.parkNanos(20_000_000);
        }
        System.out.printf("indexed %.1f s later; %s%n", since(filled), size.now());
        searches("");
        load(rate, seconds, "appends", "appends while searching");
        journal.stopIndexing();
        load(rate, seconds, "appends without the index");
    }

    private void searches(String when) {
        long middle = START_MILLIS + head / 2 * 1_000;
        search(when + "common word", SearchQuery.of(word(0) + " " + word(1), 50), false);
        search(when + "one common word", SearchQuery.of(word(0), 50), false);
        search(when + "word of rank 2,000", SearchQuery.of(word(2_000), 50), false);
        search(when + "rare word", SearchQuery.of(word(45_000), 50), false);
        search(when + "beginning of 3 characters", SearchQuery.of(word(300).substring(0, 3), 50), false);
        search(when + "word of the oldest tenth", SearchQuery.of(OLD, 50), false);
        search(when + "common words that are never together", SearchQuery.of(EVEN + " " + ODD, 50), true);
        search(when + "absent word", SearchQuery.of("nowhere", 50), false);
        search(when + "common, of one sender", SearchQuery.of(word(0), 50).by(77), false);
        search(when + "common, in a past hour", SearchQuery.of(word(0), 50).within(middle, middle + 3_600_000), false);
        search(when + "rare, older half", SearchQuery.of(word(45_000), 50).within(0, middle), false);
        search(when + "rank 300 and 400, to the end", SearchQuery.of(word(300) + " " + word(400), 50), true);
    }

    /** Searches for the first page with a message, or for all pages: then each page is measured. */
    private void search(String what, SearchQuery query, boolean all) {
        List<Long> took = new ArrayList<>();
        int found = 0;
        int pages = 0;
        for (int i = 0; i < (all ? ROUNDS : REPEATS); i++) {
            found = 0;
            pages = 0;
            long start = System.nanoTime();
            EntryPage page;
            SearchQuery next = query;
            do {
                page = journal.search("r", next).join();
                next = query.below(page.floor());
                found += page.entries().size();
                pages++;
                if (all) {
                    took.add(System.nanoTime() - start);
                    start = System.nanoTime();
                }
            } while (page.more() && (all || page.entries().isEmpty()));
            if (!all) {
                took.add(System.nanoTime() - start);
            }
        }
        took.sort(null);
        System.out.printf(
                "%-44s %5d found, %3d pages  p50 %7.2f ms  p99 %7.2f ms  max %7.2f ms%s%n",
                what,
                found,
                pages,
                took.get(took.size() / 2) / 1e6,
                took.get(took.size() * 99 / 100) / 1e6,
                took.get(took.size() - 1) / 1e6,
                all ? " a page" : "");
    }

    /** Appends at a rate, as a room does: one request is under way, and the next one has all messages that are due by then. */
    private void load(int rate, int seconds, String... ways) {
        for (String what : ways) {
            List<Long> took = new ArrayList<>();
            long mostBehind = 0;
            long start = System.nanoTime();
            long end = start + TimeUnit.SECONDS.toNanos(seconds);
            CompletableFuture<EntryPage> search = CompletableFuture.completedFuture(null);
            int searched = 0;
            int requests = 0;
            long sent = 0;
            while (System.nanoTime() < end) {
                long due = (long) ((System.nanoTime() - start) / 1e9 * rate) - sent;
                if (due < 1) {
                    LockSupport.parkNanos(50_000);
                    continue;
                }
                if (what.endsWith("searching") && search.isDone()) {
                    search = journal.search("r", SearchQuery.of(word((int) (sent % 3_000)), 50));
                    searched++;
                }
                AppendRequest next = request((int) Math.min(due, MOST), 0);
                journal.append(next).join();
                head = next.head();
                requests++;
                long now = System.nanoTime();
                for (int i = 0; i < next.entries().size(); i++) {
                    took.add(now - start - (long) (++sent * 1e9 / rate)); // from when it was due
                }
                if (requests % 16 == 0) {
                    mostBehind = Math.max(mostBehind, behind());
                }
            }
            took.sort(null);
            System.out.printf(
                    "%s: %,.0f messages/s in %,d requests: p50 %.2f ms  p99 %.2f ms  max %.2f ms; at most %,d entries"
                            + " (%.2f s) not indexed; %d searches%n",
                    what,
                    sent / since(start),
                    requests,
                    took.get(took.size() / 2) / 1e6,
                    took.get(took.size() * 99 / 100) / 1e6,
                    took.get(took.size() - 1) / 1e6,
                    mostBehind,
                    (double) mostBehind / rate,
                    searched);
        }
    }

    private long behind() {
        return head - journal.indexed("r").join();
    }

    private static double since(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private static String size(Path folder) throws IOException {
        long bytes = Files.size(folder.resolve("parley.db"));
        return String.format("the file has %,.1f MiB", bytes / 1048576.0);
    }

    /** What the files of the server have, with the index. */
    private static String size(String url) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, PostgresServer.USER, PostgresServer.PASSWORD);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("select pg_database_size(current_database()),"
                        + " pg_total_relation_size('parley.search'), pg_relation_size('parley.search_terms')")) {
            result.next();
            return String.format(
                    "the database has %,.1f MiB, %,.1f of them the index (of terms %,.1f)",
                    result.getLong(1) / 1048576.0, result.getLong(2) / 1048576.0, result.getLong(3) / 1048576.0);
        }
    }
}
