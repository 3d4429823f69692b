package io.parley.testkit.chat;

import io.parley.model.RoomRef;
import io.parley.model.Tags;
import io.parley.model.UserRef;
import io.parley.policy.Answer;
import io.parley.policy.ChatPolicy;
import io.parley.policy.Decision;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A policy that does not answer "hung", keeps a thread of its own busy for "blocked", and throws for "throws". */
final class Stalling implements ChatPolicy, AutoCloseable {
    private static final int SECONDS = 15;

    private final CompletableFuture<Decision> hung = new CompletableFuture<>();
    private final CountDownLatch released = new CountDownLatch(1);
    private final CountDownLatch entered = new CountDownLatch(1);
    private final ExecutorService executor =
            Executors.newSingleThreadExecutor(task -> new Thread(task, "tests-policy"));
    private final ChatPolicy blocking = ChatPolicy.blocking(new Busy(), executor);

    private final class Busy implements ChatPolicy {
        @Override
        public Answer say(UserRef user, RoomRef room, String body, Tags tags) {
            entered.countDown();
            try {
                return released.await(SECONDS, TimeUnit.SECONDS) ? Decision.ALLOW : Decision.deny("too late");
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
                return Decision.deny("ended");
            }
        }
    }

    @Override
    public Answer say(UserRef user, RoomRef room, String body, Tags tags) {
        return switch (user.name()) {
            case "hung" -> Answer.later(hung);
            case "blocked" -> blocking.say(user, room, body, tags);
            case "throws" -> throw new IllegalStateException("no opinion");
            default -> Decision.ALLOW;
        };
    }

    boolean isBlocked() {
        return entered.getCount() == 0;
    }

    /** Answers everything. */
    void release() {
        hung.complete(Decision.ALLOW);
        released.countDown();
    }

    @Override
    public void close() {
        release();
        executor.shutdown();
    }
}
