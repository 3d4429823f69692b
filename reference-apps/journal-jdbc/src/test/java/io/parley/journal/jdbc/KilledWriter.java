package io.parley.journal.jdbc;

import io.parley.journal.AppendRequest;
import io.parley.journal.Journal;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A program that says what it was acknowledged: a line with the room and the head for each append. After some lines it ends on
 * the spot, in the middle of what its threads do.
 */
final class KilledWriter {
    private static final int ROOMS = 8;

    private static final AtomicInteger LINES = new AtomicInteger();

    private KilledWriter() {}

    public static void main(String[] args) {
        LINES.set(Integer.parseInt(args[2]));
        Durability durability = Durability.valueOf(args[1]);
        Journal journal = JdbcJournal.sqlite(Path.of(args[0]), JdbcJournalOptions.DEFAULT.withDurability(durability));
        for (int i = 0; i < ROOMS; i++) {
            String room = "room" + i;
            long origin = i + 1L;
            journal.open(room).thenAccept(opened -> next(journal, room, origin, opened.head()));
        }
        new CompletableFuture<>().join();
    }

    private static void next(Journal journal, String room, long origin, long head) {
        AppendRequest request = Requests.said(room, head, origin, 3);
        journal.append(request).thenRun(() -> {
            System.out.println(room + " " + request.head());
            if (LINES.decrementAndGet() == 0) {
                Runtime.getRuntime().halt(9);
            }
            next(journal, room, origin, request.head());
        });
    }
}
