package io.parley.apps.benchmarks.storage;

import io.parley.apps.server.ChatServerApp;
import io.parley.journal.Journal;
import io.parley.journal.jdbc.JdbcJournal;
import io.parley.journal.jdbc.JdbcJournalOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The chat server, with a journal that meets faults. Its arguments are those of the chat server. Each line of its input is an
 * order, and the first one is read before the server starts:
 *
 * <pre>
 * none
 * stop POINT CALL
 * answers SEED MEAN-MILLISECONDS
 * lie CALL
 * </pre>
 *
 * <p>What happens is printed: {@code AT point}, {@code DONE kept}, {@code DONE failed}, {@code FAULT name}. With the system property
 * {@code parley.postgres} everything is kept in the database of that address.
 */
public final class FaultyServer {
    private static final int HISTORY = 10_000_000;

    private final ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "faults");
        thread.setDaemon(true);
        return thread;
    });
    private final BufferedReader orders;

    private FaultyServer(BufferedReader orders) {
        this.orders = orders;
    }

    /**
     * Runs a server until it is told to stop.
     *
     * @param args those of the chat server
     * @throws IOException if the first order cannot be read
     */
    public static void main(String[] args) throws IOException {
        FaultyServer server =
                new FaultyServer(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)));
        Faults first = server.faults(server.orders.readLine());
        System.exit(ChatServerApp.run(
                journal -> server.wrap(journal, first), InputStream.nullInputStream(), System.out, System.err, args));
    }

    private Journal wrap(Journal journal, Faults first) {
        FaultyJournal wrapped = new FaultyJournal(inDatabase(journal));
        wrapped.meet(first);
        Thread reader = new Thread(() -> obey(wrapped), "orders");
        reader.setDaemon(true);
        reader.start();
        return wrapped;
    }

    private static Journal inDatabase(Journal journal) {
        String url = System.getProperty("parley.postgres");
        if (url == null) {
            return journal;
        }
        journal.close();
        return JdbcJournal.postgres(url, "postgres", "", JdbcJournalOptions.DEFAULT.withKeepEntries(HISTORY));
    }

    private void obey(FaultyJournal journal) {
        try {
            for (String order = orders.readLine(); order != null; order = orders.readLine()) {
                journal.meet(faults(order));
            }
        } catch (IOException broken) {
            print("ORDERS end: " + broken);
        }
    }

    private Faults faults(String order) {
        String[] words = order.split(" ");
        return switch (words[0]) {
            case "stop" ->
                new StopAt(
                        Point.valueOf(words[1].toUpperCase(Locale.ROOT).replace('-', '_')),
                        Integer.parseInt(words[2]),
                        FaultyServer::print);
            case "answers" ->
                new BadAnswers(Long.parseLong(words[1]), Integer.parseInt(words[2]), this::later, FaultyServer::print);
            case "lie" -> new Lie(Integer.parseInt(words[1]));
            default -> Faults.NONE;
        };
    }

    private void later(int millis, Runnable task) {
        later.schedule(task, millis, TimeUnit.MILLISECONDS);
    }

    private static void print(String line) {
        System.out.println(line);
    }
}
