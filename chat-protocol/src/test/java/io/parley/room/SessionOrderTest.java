package io.parley.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.model.RoomException.Reason;
import io.parley.model.RoomSettings;
import io.parley.policy.Decision;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** The order of one session while the policy has not answered, and which thread goes on then. */
class SessionOrderTest {
    private final SlowPolicy policy = new SlowPolicy();
    private final PolicyHub test = PolicyHub.with(policy);
    private final Talker alice = test.member("alice");
    private final Talker bob = test.member("bob");

    SessionOrderTest() {
        test.heard.clear();
        test.threads.clear();
    }

    /** Whatever is asked behind a message that waits. */
    private void waits(Talker who) {
        assertThat(who.session().isHeld()).isTrue();
        assertThat(who.settle()).isFalse();
        assertThat(test.heard).isEmpty();
    }

    private void goOn(String what) {
        policy.allow(what);
        assertThat(test.heard).as("nothing happens on the policy's thread").isEmpty();
        test.run();
    }

    @Test
    void whatIsSaidBehindALateAnswerComesBehindIt() {
        Answer first = alice.say("slow 1");
        Answer second = alice.say("2");
        Answer third = alice.say("slow 3");
        Answer bad = alice.say("bad");
        assertThat(policy.questions).endsWith("say slow 1", "say 2", "say slow 3", "say bad"); // all at once
        assertThat(alice.session().isHeld()).isFalse();
        assertThat(alice.settle()).isFalse();
        goOn("slow 3");
        assertThat(test.heard).isEmpty();
        assertThat(alice.told).containsExactly("waits");
        policy.allow("slow 1");
        test.run();
        assertThat(test.heard).containsExactly("alice: slow 1", "alice: 2", "alice: slow 3");
        assertThat(third.seq()).isEqualTo(second.seq() + 1).isEqualTo(first.seq() + 2);
        assertThat(bad.reason()).isEqualTo(Reason.FORBIDDEN);
        assertThat(alice.told).containsExactly("waits", "goes on");
        alice.say("4");
        assertThat(alice.settle()).isTrue();
        assertThat(test.heard).endsWith("alice: 4");
    }

    @Test
    void theFirstOfManyWaitsAgain() {
        alice.say("slow 1");
        alice.say("slow 2");
        alice.settle();
        goOn("slow 1");
        assertThat(test.heard).containsExactly("alice: slow 1");
        assertThat(alice.told).doesNotContain("goes on");
        policy.allow("slow 2");
        test.run();
        assertThat(test.heard).containsExactly("alice: slow 1", "alice: slow 2");
        assertThat(alice.told).endsWith("goes on");
    }

    @Test
    void whatWasAnsweredBeforeTheEndOfTheReadDoesNotWait() {
        alice.say("slow 1");
        policy.allow("slow 1");
        alice.say("2");
        assertThat(test.heard).isEmpty();
        assertThat(alice.settle()).isTrue();
        assertThat(test.heard).containsExactly("alice: slow 1", "alice: 2");
        assertThat(alice.told).isEmpty();
    }

    @Test
    void aJoinBehind() {
        alice.say("slow 1");
        CompletableFuture<Opening> joined = alice.joining("den");
        waits(alice);
        assertThat(policy.questions).doesNotContain("join den");
        goOn("slow 1");
        assertThat(test.heard).containsExactly("alice: slow 1", "alice joins den");
        assertThat(joined).isCompleted();
    }

    @Test
    void aRenameBehind() {
        alice.say("slow 1");
        CompletableFuture<String> renamed = alice.session().rename("alicia");
        waits(alice);
        goOn("slow 1");
        assertThat(test.heard).containsExactly("alice: slow 1", "alice is alicia");
        assertThat(renamed).isCompletedWithValue("alicia");
    }

    @Test
    void aTopicBehind() {
        alice.say("slow 1");
        Answer topic = alice.topic("tea");
        waits(alice);
        goOn("slow 1");
        assertThat(test.heard).containsExactly("alice: slow 1", "alice topic tea");
        assertThat(topic.seq()).isPositive();
    }

    @Test
    void aLeaveBehind() {
        Answer said = alice.say("slow 1");
        alice.session().leave(alice.lobby());
        waits(alice);
        goOn("slow 1");
        assertThat(test.heard).containsExactly("alice: slow 1", "alice leaves lobby");
        assertThat(said.seq()).isPositive();
    }

    @Test
    void anythingElseBehind() {
        alice.say("slow 1");
        List<String> done = new ArrayList<>();
        alice.session().inOrder(() -> done.add("bye"));
        waits(alice);
        Answer settings = new Answer();
        assertThat(done).isEmpty();
        goOn("slow 1");
        assertThat(done).containsExactly("bye");
        alice.session().configure(alice.lobby(), 9, RoomSettings.DEFAULT, settings);
        assertThat(settings.isOpen()).isFalse();
    }

    @Test
    void readingWaitsToo() {
        alice.say("slow 1");
        CompletableFuture<?> history = alice.session().history(alice.lobby(), -1, -1, 10);
        waits(alice);
        assertThat(history).isNotDone();
        goOn("slow 1");
        assertThat(history).isCompleted();
    }

    @Test
    void aLateAnswerToSomethingElseHoldsTheSession() {
        CompletableFuture<Opening> joined = alice.joining("slow-den");
        assertThat(alice.session().isHeld()).isTrue();
        Answer said = alice.say("behind");
        waits(alice);
        goOn("slow-den");
        assertThat(test.heard).containsExactly("alice joins slow-den", "alice: behind");
        assertThat(joined).isCompleted();
        assertThat(said.isOpen()).isFalse();
        assertThat(alice.session().isHeld()).isFalse();
    }

    @Test
    void othersGoOn() {
        alice.say("slow 1");
        alice.settle();
        bob.say("hello");
        assertThat(bob.settle()).isTrue();
        assertThat(test.heard).containsExactly("bob: hello");
        assertThat(bob.told).isEmpty();
        policy.allow("slow 1");
        test.run();
        assertThat(test.heard).containsExactly("bob: hello", "alice: slow 1");
    }

    @Test
    void oneFutureForAll() {
        alice.say("slow same");
        alice.say("slow same");
        alice.settle();
        bob.say("slow same");
        bob.settle();
        goOn("slow same");
        policy.answer("slow same").obtrudeValue(Decision.deny("changed my mind"));
        test.run();
        assertThat(test.heard).containsExactlyInAnyOrder("alice: slow same", "alice: slow same", "bob: slow same");
        assertThat(alice.told).containsExactly("waits", "goes on");
        assertThat(bob.told).containsExactly("waits", "goes on");
    }

    @Test
    void hungAnswersTakeOneTimeout() {
        List<Answer> answers = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            answers.add(alice.say("slow " + i));
        }
        answers.add(alice.say("quick"));
        alice.settle();
        test.pass(PolicyHub.TIMEOUT.minusNanos(1));
        assertThat(answers).allMatch(Answer::isOpen);
        test.pass(Duration.ofNanos(1));
        assertThat(answers.subList(0, 100)).allMatch(answer -> answer.reason() == Reason.UNAVAILABLE);
        assertThat(test.heard).containsExactly("alice: quick");
        assertThat(alice.told).containsExactly("waits", "goes on");
        policy.allow("slow 0"); // too late
        test.run();
        assertThat(test.heard).containsExactly("alice: quick");
        assertThat(answers.get(0).reason()).isEqualTo(Reason.UNAVAILABLE);
    }

    @Test
    void whatFailsIsDenied() {
        Answer failed = alice.say("slow 1");
        Answer nothing = alice.say("slow 2");
        alice.settle();
        policy.answer("slow 1").completeExceptionally(new IllegalStateException("no opinion"));
        policy.answer("slow 2").complete(null);
        test.run();
        assertThat(failed.reason()).isEqualTo(Reason.UNAVAILABLE);
        assertThat(nothing.reason()).isEqualTo(Reason.UNAVAILABLE);
    }

    @Test
    void thePolicysThreadRunsNothing() throws Exception {
        for (int i = 0; i < 20; i++) {
            alice.say("slow " + i);
        }
        alice.session().rename("alicia");
        alice.settle();
        Thread answering = new Thread(() -> {
            for (int i = 0; i < 20; i++) {
                policy.allow("slow " + i);
            }
        });
        answering.start();
        answering.join();
        assertThat(test.heard).isEmpty();
        test.run();
        assertThat(test.heard).hasSize(21);
        assertThat(test.threads).containsOnly(Thread.currentThread());
    }

    /** Better than a session that never goes on. */
    @Test
    void anExecutorThatRejectsDoesNotStopTheSession() {
        PolicyHub full = PolicyHub.on(
                task -> {
                    throw new RejectedExecutionException("full");
                },
                policy);
        Talker carol = full.member("carol");
        Answer said = carol.say("slow 1");
        carol.settle();
        policy.allow("slow 1");
        assertThat(said.seq()).isPositive();
        assertThat(carol.told).containsExactly("waits", "goes on");
    }
}
