package io.parley.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.parley.journal.NotKeptException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Threads that race for places in a lane, while a thread of the journal's keeps or fails what waits. */
class SequencerStressTest {
    private static final int EACH = 5_000;
    private static final Duration LONG = Duration.ofSeconds(60);

    private final HandJournal journal = new HandJournal();
    private final TestHub test = TestHub.with(journal);
    private final AtomicBoolean over = new AtomicBoolean();
    private final List<Thread> threads = new ArrayList<>();

    private void run(Runnable body) {
        Thread thread = new Thread(body, "lane-stress-" + threads.size());
        threads.add(thread);
        thread.start();
    }

    /**
     * Keeps what waits on a thread of its own; of {@code failEvery} appends one is not kept, of one nobody knows though it was kept,
     * and of one nobody knows and it was not.
     */
    private void runJournal(int failEvery) {
        run(() -> {
            for (int n = 4; !over.get(); ) {
                try {
                    HandJournal.Pending one = journal.pending.poll(20, TimeUnit.MILLISECONDS);
                    if (one == null) {
                        test.pass(1_000);
                        test.hub.tick(); // for what is in doubt
                        continue;
                    }
                    switch (n++ % failEvery) {
                        case 1 -> one.future().completeExceptionally(new NotKeptException("disk full"));
                        case 2 -> one.future().completeExceptionally(new IllegalStateException("never came"));
                        case 3 -> {
                            journal.kept.append(one.request()).join();
                            one.future().completeExceptionally(new IllegalStateException("answer lost"));
                        }
                        default -> journal.keep(one);
                    }
                } catch (InterruptedException stop) {
                    return;
                }
            }
        });
    }

    private void race(int failEvery) throws InterruptedException {
        test.room("lobby");
        Reader alice = test.guest("alice").join("lobby");
        Reader bob = test.guest("bob").join("lobby");
        Map<Reader, List<Answer>> answers = new HashMap<>();
        CountDownLatch start = new CountDownLatch(1);
        runJournal(failEvery);
        for (Reader reader : List.of(alice, bob)) {
            List<Answer> mine = new ArrayList<>();
            answers.put(reader, mine);
            run(() -> {
                await().atMost(LONG).until(() -> start.getCount() == 0);
                for (int i = 0; i < EACH; i++) {
                    mine.add(reader.say("m" + i));
                }
            });
        }
        start.countDown();
        for (Thread speaker : threads.subList(1, 3)) {
            speaker.join();
        }
        await().atMost(LONG)
                .until(() -> answers.values().stream().flatMap(List::stream).noneMatch(Answer::isOpen));
        over.set(true);
        threads.get(0).join();

        List<String> expected = new ArrayList<>();
        answers.forEach((reader, mine) -> {
            long last = 0;
            for (int i = 0; i < EACH; i++) {
                if (mine.get(i).value() instanceof Long seq) {
                    assertThat(seq).isGreaterThan(last);
                    last = seq;
                    expected.add("#" + seq + " " + (reader == alice ? "alice" : "bob") + ": m" + i);
                }
            }
        });
        expected.sort(Comparator.comparing(line -> Long.valueOf(line.substring(1, line.indexOf(' ')))));
        assertThat(bob.readNumbered()).isEqualTo(expected);
        assertThat(alice.readNumbered()).isEqualTo(expected);
        assertThat(alice.room().head()).isEqualTo(expected.size());
        assertThat(expected.get(expected.size() - 1)).startsWith("#" + expected.size() + " ");
    }

    @Test
    void twoThreadsKeepOneOrder() throws InterruptedException {
        race(Integer.MAX_VALUE);
        assertThat(journal.kept.open("room:lobby").join().head()).isEqualTo(2 * EACH);
    }

    @Test
    void twoThreadsKeepOneOrderThoughSomeAppendsFail() throws InterruptedException {
        race(7);
        assertThat(journal.kept.open("room:lobby").join().head()).isBetween(1L, 2L * EACH - 1);
    }
}
