package io.parley.testkit.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.client.ChatClient;
import io.parley.client.ChatRoom;
import io.parley.client.Receipt;
import io.parley.model.ErrorCode;
import io.parley.room.HubOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/**
 * A policy that takes its time holds nobody but the user it is asked about. For transports with sockets, best with all
 * connections on one thread. Nothing is promised of a policy that blocks the thread that asks it: {@link
 * io.parley.policy.ChatPolicy#blocking} is for those.
 */
public interface SlowPolicyContract extends Opener {
    /** How many round trips are measured. */
    int TRIES = 300;

    /** What 99 of 100 round trips take at most; they take far less on a machine that does nothing else. */
    Duration LIMIT = Duration.ofMillis(250);

    /**
     * While the policy answers one user later, blocks for another, and throws for a third, the others wait for nothing.
     *
     * @param reporter is told what the round trips took
     */
    @Test
    default void whoIsNotAskedAboutDoesNotWait(TestReporter reporter) {
        HubOptions options =
                HubOptions.builder().policyTimeout(ChatFixture.LIMIT).build();
        try (Stalling policy = new Stalling();
                Chat chat = Chat.open(open(), builder -> builder.policy(policy).hubOptions(options))) {
            ChatFixture fixture = chat.fixture();
            Ears ears = new Ears();
            ChatClient quick = chat.guest("quick");
            ChatRoom room = chat.enter(quick, "lobby", ears);
            List<CompletableFuture<Receipt>> slow = new ArrayList<>();
            for (String name : List.of("hung", "blocked")) {
                ChatRoom same = chat.enter(chat.guest(name), "lobby", new Ears());
                slow.add(same.say("one of " + name));
                slow.add(same.say("another of " + name));
            }
            ChatRoom broken = chat.enter(chat.guest("throws"), "lobby", new Ears());
            fixture.settle("it blocks", policy::isBlocked);

            List<Long> pings = new ArrayList<>();
            List<Long> words = new ArrayList<>();
            for (int i = 0; i < TRIES; i++) {
                assertThat(fixture.refusal(broken.say("anything"))).isEqualTo(ErrorCode.UNAVAILABLE);
                pings.add(nanos(fixture, quick::ping));
                words.add(nanos(fixture, () -> room.say("hello")));
            }
            Duration ping = p99(pings);
            Duration say = p99(words);
            reporter.publishEntry("p99 of a ping", ping.toNanos() / 1_000 + " us");
            reporter.publishEntry("p99 of a message", say.toNanos() / 1_000 + " us");
            assertThat(slow).as("still undecided").noneMatch(CompletableFuture::isDone);
            assertThat(ping).isLessThan(LIMIT);
            assertThat(say).isLessThan(LIMIT);

            policy.release();
            slow.forEach(fixture::await);
            fixture.settle("heard", () -> ears.count() == TRIES + slow.size());
            assertThat(ears.texts())
                    .containsSubsequence("one of hung", "another of hung")
                    .containsSubsequence("one of blocked", "another of blocked")
                    .doesNotContain("anything");
        }
    }

    private static long nanos(ChatFixture fixture, Supplier<CompletableFuture<?>> request) {
        long from = System.nanoTime();
        fixture.await(request.get());
        return System.nanoTime() - from;
    }

    private static Duration p99(List<Long> nanos) {
        Collections.sort(nanos);
        return Duration.ofNanos(nanos.get(nanos.size() * 99 / 100));
    }
}
