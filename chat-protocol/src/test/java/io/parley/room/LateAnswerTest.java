package io.parley.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.codec.Bytes;
import io.parley.model.Action;
import io.parley.model.BacklogRequest;
import io.parley.model.RoomException.Reason;
import io.parley.model.RoomItem;
import io.parley.model.RoomSettings;
import io.parley.model.Tags;
import io.parley.policy.Decision;
import io.parley.testkit.chat.HeldJournal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a policy allows when things have changed meanwhile, and what it may decide. */
class LateAnswerTest {
    private final SlowPolicy policy = new SlowPolicy();
    private final PolicyHub test = PolicyHub.with(policy);
    private final Talker owner = test.member("owner");
    private final Talker alice = test.member("alice");

    private void allow(String what) {
        policy.allow(what);
        test.run();
    }

    private void moderate(Action action) {
        Answer done = new Answer();
        if (action.lifts()) {
            var state = owner.lobby().room().state();
            var restrictions = action == Action.UNBAN ? state.bans() : state.mutes();
            owner.session()
                    .lift(
                            owner.lobby(),
                            1,
                            action,
                            restrictions.get(test.id("alice")).number(),
                            "",
                            done);
        } else {
            owner.session().moderate(owner.lobby(), 1, action, test.id("alice"), Duration.ZERO, "", done);
        }
        assertThat(done.seq()).isPositive();
    }

    private List<String> said() {
        return test.heard.stream().filter(line -> line.contains(": ")).toList();
    }

    private Answer saysSlowly() {
        Answer said = alice.say("slow words");
        assertThat(alice.settle()).isFalse();
        return said;
    }

    // ---- who has gone

    @Test
    void whoIsGoneSaysNothing() {
        Answer said = saysSlowly();
        alice.lobby().leave("");
        alice.session().exit();
        assertThat(test.hub.user("alice")).isNull();
        allow("slow words");
        assertThat(said.reason()).isEqualTo(Reason.NOT_A_MEMBER);
        assertThat(said()).isEmpty();
        assertThat(test.hub.waitingForPolicy()).isZero();
    }

    @Test
    void whoIsGoneJoinsNothing() {
        CompletableFuture<Opening> joining = alice.joining("slow-den");
        alice.settle();
        alice.session().exit();
        allow("slow-den");
        assertThat(joining).isCompletedExceptionally();
        assertThat(test.members("slow-den")).isZero();
        assertThat(test.hub.findRoom("slow-den")).isNull();
        assertThat(test.guest("alice").session().user().rooms()).isEmpty();
    }

    @Test
    void whoIsGoneTakesNoName() {
        CompletableFuture<String> renamed = alice.session().rename("slow-alice");
        alice.settle();
        alice.session().exit();
        allow("slow-alice");
        assertThat(renamed).isCompletedExceptionally();
        assertThat(test.hub.user("slow-alice")).isNull();
        assertThat(test.hub.userCount()).isEqualTo(1);
    }

    @Test
    void noConversationBetweenWhoHaveGone() {
        CompletableFuture<Session> ear = test.entering("slow-ear", null, new Talker());
        allow("slow-ear");
        for (boolean other : new boolean[] {true, false}) {
            policy.forget("slow-ear");
            CompletableFuture<Opening> direct = alice.session().direct(test.id("slow-ear"), BacklogRequest.NOTHING);
            assertThat(alice.settle()).isFalse();
            (other ? ear.join() : alice.session()).exit();
            allow("slow-ear");
            assertThat(direct).as("other has gone: %s", other).isCompletedExceptionally();
            assertThat(alice.session().user().directs().open()).isEmpty();
            assertThat(ear.join().user().directs().open()).isEmpty();
            if (other) {
                ear = test.entering("slow-ear", null, new Talker());
            }
        }
        assertThat(test.hub.userCount()).isEqualTo(2);
    }

    @Test
    void whoHasLeftOrWasKickedSaysNothing() {
        Answer said = saysSlowly();
        moderate(Action.KICK);
        allow("slow words");
        assertThat(said.reason()).isEqualTo(Reason.NOT_A_MEMBER);
        assertThat(said()).isEmpty();
        assertThat(alice.told).containsExactly("waits", "goes on");
    }

    @Test
    void whoWasKickedSetsNoTopic() {
        Answer topic = alice.topic("slow topic");
        alice.settle();
        moderate(Action.KICK);
        allow("slow topic");
        assertThat(topic.reason()).isEqualTo(Reason.NOT_A_MEMBER);
    }

    @Test
    void theMutedSayNothing() {
        Answer said = saysSlowly();
        moderate(Action.MUTE);
        allow("slow words");
        assertThat(said.reason()).isEqualTo(Reason.MUTED);
        assertThat(said()).isEmpty();
    }

    @Test
    void theBannedDoNotJoin() {
        Answer done = new Answer();
        Opening den = founded("slow-den");
        owner.session().moderate(den.subscription(), 1, Action.BAN, test.id("alice"), Duration.ZERO, "", done);
        assertThat(done.seq()).isPositive();
        policy.forget("slow-den");
        CompletableFuture<Opening> joining = alice.joining("slow-den");
        alice.settle();
        allow("slow-den");
        assertThat(Answer.reasonOf(joining)).isEqualTo(Reason.BANNED);
    }

    private Opening founded(String room) {
        CompletableFuture<Opening> founding = owner.joining(room);
        owner.settle();
        allow(room);
        assertThat(founding).isCompleted();
        return founding.join();
    }

    @Test
    void aLateLoginOfATakenName() {
        Talker one = new Talker();
        CompletableFuture<Session> first = test.entering("slow", null, one);
        CompletableFuture<Session> second = test.entering("SLOW", null, new Talker());
        allow("slow");
        assertThat(List.of(first, second))
                .filteredOn(login -> !login.isCompletedExceptionally())
                .hasSize(1);
        CompletableFuture<Session> refused = first.isCompletedExceptionally() ? first : second;
        assertThat(Answer.reasonOf(refused)).isEqualTo(Reason.NAME_TAKEN);
        assertThat(test.hub.waitingForPolicy()).isZero();
    }

    @Test
    void aLoginThatIsNotAnswered() {
        CompletableFuture<Session> login = test.entering("slow", null, new Talker());
        test.pass(PolicyHub.TIMEOUT);
        assertThat(Answer.reasonOf(login)).isEqualTo(Reason.UNAVAILABLE);
        allow("slow");
        assertThat(test.hub.user("slow")).isNull();
        assertThat(test.hub.waitingForPolicy()).isZero();
    }

    // ---- what it decides

    @Test
    void whatReplacesIsBounded() {
        Answer said = saysSlowly();
        Answer topic = new Answer();
        policy.answer("slow words").complete(Decision.replace("x".repeat(100_000), Tags.NONE));
        test.run();
        assertThat(said.reason()).isEqualTo(Reason.TOO_LARGE);
        alice.session().setTopic(alice.lobby(), 1, "slow topic", topic);
        alice.settle();
        policy.answer("slow topic").complete(Decision.replace("x".repeat(100_000), Tags.NONE));
        test.run();
        assertThat(topic.reason()).isIn(Reason.TOO_LARGE, Reason.FORBIDDEN);
        assertThat(said()).isEmpty();
    }

    @Test
    void whatReplacesHasNoTagsOfTheServers() {
        for (Tags tags : List.of(
                Tags.of("@server", Bytes.EMPTY),
                Tags.of("a", Bytes.EMPTY).with("@b", Bytes.EMPTY),
                Tags.of("large", Bytes.of(new byte[20_000])))) {
            policy.forget("slow words");
            Answer said = saysSlowly();
            policy.answer("slow words").complete(Decision.replace("words", tags));
            test.run();
            assertThat(said.reason()).isEqualTo(Reason.UNAVAILABLE);
        }
        assertThat(said()).isEmpty();
    }

    @Test
    void whatIsReplacedIsKept() {
        Answer said = saysSlowly();
        policy.answer("slow words").complete(Decision.replace("fine words", Tags.NONE));
        test.run();
        assertThat(said.seq()).isPositive();
        assertThat(said()).containsExactly("alice: fine words");
    }

    @Test
    void whatDoesNotFitDenies() {
        Answer said = saysSlowly();
        policy.answer("slow words").complete(Decision.show(List.of()));
        test.run();
        assertThat(said.reason()).isEqualTo(Reason.UNAVAILABLE);
        CompletableFuture<Opening> joining = alice.joining("slow-den");
        alice.settle();
        policy.answer("slow-den").complete(Decision.replace("x", Tags.NONE));
        test.run();
        assertThat(Answer.reasonOf(joining)).isEqualTo(Reason.UNAVAILABLE);
    }

    @Test
    void aStageOfItsOwnThatThrowsDenies() {
        CompletionStage<Decision> broken = new CompletableFuture<>() {
            @Override
            public CompletableFuture<Decision> whenComplete(BiConsumer<? super Decision, ? super Throwable> action) {
                throw new UnsupportedOperationException();
            }
        };
        policy.answers(broken);
        Answer said = alice.say("stage");
        assertThat(alice.settle()).isTrue();
        assertThat(said.reason()).isEqualTo(Reason.UNAVAILABLE);
    }

    @Test
    void aConversationCanBeDenied() {
        policy.deny("direct owner");
        assertThat(Answer.reasonOf(alice.session().direct(test.id("OWNER"), BacklogRequest.NOTHING)))
                .isEqualTo(Reason.FORBIDDEN);
        assertThat(owner.session().user().directs().open()).isEmpty();
    }

    // ---- creating

    @Test
    void whoComesToARoomThatIsOwnedCreatesNothing() {
        policy.questions.clear();
        test.guest("bob").joins();
        assertThat(policy.questions).contains("join lobby").doesNotContain("create lobby");
    }

    @Test
    void aRoomIsNotCreated() {
        policy.deny("create den");
        assertThat(Answer.reasonOf(alice.joining("den"))).isEqualTo(Reason.FORBIDDEN);
        assertThat(test.members("den")).isZero();
        assertThat(test.hub.findRoom("den")).isNull();
        assertThat(policy.questions).endsWith("join den", "create den");
    }

    /** The owner leaves between the look and the place: the policy is asked all the same. */
    @Test
    void aRoomThatBecameEmptyIsNotCreated() {
        Opening den = founded("slow-den");
        policy.forget("slow-den");
        policy.deny("create slow-den");
        CompletableFuture<Opening> joining = alice.joining("slow-den");
        alice.settle();
        den.subscription().leave("");
        owner.session().exit();
        allow("slow-den");
        test.run();
        assertThat(Answer.reasonOf(joining)).isEqualTo(Reason.FORBIDDEN);
        assertThat(test.members("slow-den")).isZero();
    }

    /** The owner is about to leave when the policy is asked, and has left when the newcomer has its place. */
    @Test
    void aRoomThatBecomesEmptyIsAskedAbout() {
        for (boolean denied : new boolean[] {true, false}) {
            HeldJournal journal = new HeldJournal();
            SlowPolicy asked = new SlowPolicy();
            PolicyHub held = PolicyHub.on(journal, asked);
            Talker first = held.member("first");
            Talker second = held.guest("second");
            asked.questions.clear();
            if (denied) {
                asked.deny("create lobby");
            }
            journal.hold();
            first.say("held up");
            first.settle();
            first.session().leave(first.lobby());
            CompletableFuture<Opening> joining = second.joining("lobby");
            assertThat(second.settle()).isTrue();
            assertThat(asked.questions).endsWith("join lobby");
            journal.release();
            held.run();
            assertThat(asked.questions).endsWith("join lobby", "create lobby");
            if (denied) {
                assertThat(Answer.reasonOf(joining)).isEqualTo(Reason.FORBIDDEN);
            } else {
                assertThat(joining).isCompleted();
            }
            assertThat(held.members("lobby")).isEqualTo(denied ? 0 : 1);
        }
    }

    @Test
    void thereMayBeTooManyRooms() {
        PolicyHub small = PolicyHub.bounded(policy, options -> options.maxRooms(1));
        Talker bob = small.member("bob");
        assertThat(Answer.reasonOf(bob.joining("den"))).isEqualTo(Reason.TOO_MANY_ROOMS);
        CompletableFuture<Opening> late = bob.joining("slow-den");
        bob.settle();
        policy.allow("slow-den");
        small.run();
        assertThat(Answer.reasonOf(late)).isEqualTo(Reason.TOO_MANY_ROOMS);
        assertThat(bob.told).containsExactly("waits", "goes on");
    }

    @Test
    void aDurationThatIsTooLong() {
        Answer done = new Answer();
        assertThatThrownBy(() -> owner.session()
                        .moderate(
                                owner.lobby(),
                                1,
                                Action.MUTE,
                                test.id("alice"),
                                Duration.ofSeconds(Long.MAX_VALUE),
                                "",
                                done))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(done.isOpen()).isTrue();
    }

    // ---- lists

    @Test
    void aListIsFilledWithWhatMayBeSeen() {
        IntStream.range(0, 50).forEach(i -> test.hub.room((i % 2 == 0 ? "bad" : "good") + String.format("-%03d", i)));
        test.run();
        List<String> names = new ArrayList<>();
        String after = "";
        for (int page = 0; page < 6; page++) {
            CompletableFuture<List<RoomItem>> found = alice.session().rooms(after, 5);
            assertThat(found).isCompleted();
            found.join().forEach(room -> names.add(room.name()));
            after = names.get(names.size() - 1);
            assertThat(found.join()).hasSize(page < 5 ? 5 : 1);
        }
        List<String> expected = new ArrayList<>();
        IntStream.range(0, 25).forEach(i -> expected.add(String.format("good-%03d", 2 * i + 1)));
        expected.add("lobby");
        assertThat(names).isEqualTo(expected);
        assertThat(alice.session().rooms(after, 5)).isCompletedWithValue(List.of());
    }

    @Test
    void strangersDoNotSeeWhatIsHidden() {
        for (boolean hidden : new boolean[] {true, false}) {
            String name = hidden ? "hidden" : "invited";
            Opening den = owner.joining(name).join();
            Answer done = new Answer();
            RoomSettings settings = RoomSettings.DEFAULT.withHidden(hidden).withInviteOnly(!hidden);
            owner.session().configure(den.subscription(), 1, settings, done);
            assertThat(done.seq()).isPositive();
        }
        assertThat(alice.session().rooms("", 10).join())
                .extracting(RoomItem::name)
                .containsExactly("lobby");
        assertThat(owner.session().rooms("", 10).join())
                .extracting(RoomItem::name)
                .containsExactly("hidden", "invited", "lobby");
    }

    @Test
    void manyPagesAreAskedForOneList() {
        IntStream.range(0, 900).forEach(i -> test.hub.room(String.format("bad-%03d", i)));
        test.run();
        policy.slowList("slow list");
        CompletableFuture<List<RoomItem>> found = alice.session().rooms("", 5);
        alice.settle();
        assertThat(found).isNotDone();
        allow("slow list");
        assertThat(found.join()).extracting(RoomItem::name).containsExactly("lobby");
    }
}
