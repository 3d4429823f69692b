package io.parley.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.model.BacklogRequest;
import io.parley.model.RoomRef;
import io.parley.model.Snapshot;
import io.parley.model.Tags;
import io.parley.model.UserRef;
import io.parley.policy.Answer;
import io.parley.policy.ChatPolicy;
import io.parley.policy.Decision;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Sessions on threads of their own, while other threads answer for the policy and others go on. */
class PolicyStressTest {
    private static final int SESSIONS = 4;
    private static final int MESSAGES = 2_000;

    /** Answers most questions on other threads. */
    private static final class Elsewhere implements ChatPolicy, AutoCloseable {
        private final ExecutorService threads =
                Executors.newFixedThreadPool(2, task -> new Thread(task, "tests-policy"));

        @Override
        public Answer say(UserRef user, RoomRef room, String body, Tags tags) {
            return switch (Math.floorMod(body.hashCode(), 4)) {
                case 0 -> Decision.ALLOW;
                case 1 -> Answer.later(CompletableFuture.completedFuture(Decision.ALLOW));
                default -> Answer.later(CompletableFuture.supplyAsync(() -> Decision.ALLOW, threads));
            };
        }

        @Override
        public void close() {
            threads.shutdown();
        }
    }

    /** A session that is used as a gateway's reader does. */
    private static final class Speaker implements Subscriber, Runnable {
        private final Semaphore goesOn = new Semaphore(0);
        private final Random random;
        private final String name;
        private Session session;
        private Subscription lobby;

        Speaker(PolicyHub test, String name, long seed) {
            this.name = name;
            random = new Random(seed);
            session = test.entering(name, null, this).join();
            lobby = session.join("lobby", BacklogRequest.NOTHING).join().subscription();
        }

        @Override
        public void run() {
            for (int i = 0; i < MESSAGES; ) {
                int read = Math.min(1 + random.nextInt(8), MESSAGES - i);
                for (int k = 0; k < read; k++, i++) {
                    session.say(lobby, i + 1, name + " " + i, Tags.NONE, Outcome.IGNORED);
                }
                if (!session.settle()) {
                    goesOn.acquireUninterruptibly();
                }
            }
            session.leave(lobby);
            if (!session.settle()) {
                goesOn.acquireUninterruptibly();
            }
        }

        @Override
        public void goesOn() {
            goesOn.release();
        }

        @Override
        public void ready(Subscription subscription) {}

        @Override
        public void opened(Subscription subscription, Snapshot snapshot) {}
    }

    @Test
    void eachSessionKeepsItsOrder() throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(2, task -> new Thread(task, "tests-hub"));
        try (Elsewhere policy = new Elsewhere()) {
            PolicyHub test = PolicyHub.on(executor, policy);
            test.hub.room("lobby").get(60, TimeUnit.SECONDS);
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < SESSIONS; i++) {
                threads.add(new Thread(new Speaker(test, "speaker" + i, i), "tests-session"));
            }
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join();
            }
            test.hub.settled().get(60, TimeUnit.SECONDS);
            for (int i = 0; i < SESSIONS; i++) {
                String name = "speaker" + i;
                assertThat(test.heard.stream().filter(line -> line.startsWith(name + ": ")))
                        .containsExactlyElementsOf(IntStream.range(0, MESSAGES)
                                .mapToObj(k -> name + ": " + name + " " + k)
                                .toList());
            }
            assertThat(test.threads).noneMatch(thread -> thread.getName().equals("tests-policy"));
            assertThat(test.members("lobby")).isZero();
            assertThat(test.hub.waitingForPolicy()).isZero();
        } finally {
            executor.shutdown();
        }
    }
}
