package io.parley.apps.benchmarks.storage;

import io.parley.client.ChatClient;
import io.parley.client.ChatRoom;
import io.parley.client.HistoryResult;
import io.parley.client.Message;
import io.parley.journal.AppendRequest;
import io.parley.journal.KeptRoom;
import io.parley.journal.jdbc.JdbcJournal;
import io.parley.journal.jdbc.JdbcJournalOptions;
import io.parley.model.Entry;
import io.parley.model.Tags;
import io.parley.model.UserItem;
import io.parley.model.UserKind;
import io.parley.transport.nio.NioTransport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * What a room with very many entries costs: how long a join takes, how much heap it needs, and how long it takes to read all of it page by
 * page, with the limits that a server has by default.
 *
 * <pre>java -cp benchmarks.jar:chat-server.jar io.parley.apps.benchmarks.storage.BigRoom [entries] [joins]</pre>
 */
public final class BigRoom {
    private static final String ROOM = "lobby"; // the server's own
    private static final String KEY = "room:lobby";
    private static final int BATCH = 256;
    private static final int BACKLOG = 50;
    private static final int PAGE = 200;
    private static final int TEXT_BYTES = 64;
    private static final long SECONDS = 120;

    private BigRoom() {}

    /**
     * Runs and prints a report. Exits with 1 if an entry is missing.
     *
     * @param args see above; a million entries, 1,000 joins
     * @throws Exception if the server cannot be run
     */
    public static void main(String[] args) throws Exception {
        long entries = args.length > 0 ? Long.parseLong(args[0]) : 1_000_000;
        int joins = args.length > 1 ? Integer.parseInt(args[1]) : 1_000;
        Path data = Files.createTempDirectory("big-room").resolve("data");
        long began = System.nanoTime();
        fill(data, entries);
        System.out.printf(
                "%,d entries kept in %.1f s, %,d bytes of files%n",
                entries, since(began), Files.size(data.resolve("parley.db")));
        began = System.nanoTime();
        try (PlainServer server = PlainServer.start(
                List.of(), List.of(), List.of("--data=" + data, "--history=" + 10 * entries, "--room=" + ROOM))) {
            System.out.printf("the server listens after %.2f s%n", since(began));
            System.exit(visit(server, entries, joins) ? 0 : 1);
        }
    }

    private static double since(long began) {
        return (System.nanoTime() - began) / 1e9;
    }

    private static void fill(Path data, long entries) {
        UserItem ann = new UserItem(1, UserKind.GUEST, "ann");
        try (JdbcJournal journal =
                JdbcJournal.sqlite(data, JdbcJournalOptions.DEFAULT.withKeepEntries(JdbcJournalOptions.NO_BOUND))) {
            KeptRoom room = journal.open(KEY).join();
            for (long head = 0; head < entries; head += BATCH) {
                List<Entry.Sequenced> batch = new ArrayList<>();
                for (long seq = head + 1; seq <= Math.min(entries, head + BATCH); seq++) {
                    batch.add(new Entry.Message(seq, seq, 1, seq, ann, text(seq), Tags.NONE));
                }
                journal.append(new AppendRequest(
                                KEY, head, new UUID(1, head), batch, head == 0 ? room.state() : null, List.of()))
                        .join();
            }
        }
    }

    private static String text(long seq) {
        String number = "no " + seq + " ";
        return number + "x".repeat(TEXT_BYTES - number.length());
    }

    private static boolean visit(PlainServer server, long entries, int joins) throws Exception {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
        try (ChatClient client = ChatClient.builder().name("visitor").connect(NioTransport.create(), address)) {
            enter(client).leave();
            long before = server.heap();
            Histogram micros = new Histogram(3);
            for (int i = 0; i < joins; i++) {
                long began = System.nanoTime();
                ChatRoom room = enter(client);
                micros.recordValue(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - began));
                room.leave();
            }
            System.out.printf(
                    "a join with the last %d messages: p50 %.1f, p99 %.1f, max %.1f ms%n",
                    BACKLOG,
                    micros.getValueAtPercentile(50) / 1e3,
                    micros.getValueAtPercentile(99) / 1e3,
                    micros.getMaxValue() / 1e3);
            ChatRoom room = enter(client);
            System.out.printf("live heap of the server: %,d bytes before, %,d with a member%n", before, server.heap());
            return page(room, entries);
        }
    }

    private static ChatRoom enter(ChatClient client) throws Exception {
        return client.enterAsync(ROOM, BACKLOG, message -> {}).get(SECONDS, TimeUnit.SECONDS);
    }

    private static boolean page(ChatRoom room, long entries) throws Exception {
        long began = System.nanoTime();
        long after = 0;
        int pages = 0;
        boolean whole = true;
        for (boolean more = true; more; pages++) {
            HistoryResult page = room.historyAfter(after, PAGE).get(SECONDS, TimeUnit.SECONDS);
            for (Message message : page.messages()) {
                whole &= message.seq() == after + 1 && message.text().equals(text(after + 1));
                after = message.seq();
            }
            more = page.more() && !page.messages().isEmpty();
        }
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        whole &= after == entries;
        System.out.printf(
                "%,d entries in %,d pages: %s, %s%n", after, pages, took, whole ? "all are there" : "some are MISSING");
        return whole;
    }
}
