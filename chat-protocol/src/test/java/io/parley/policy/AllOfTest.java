package io.parley.policy;

import static io.parley.policy.Asked.ANN;
import static io.parley.policy.Asked.LOBBY;
import static io.parley.policy.Asked.always;
import static io.parley.policy.Asked.decided;
import static io.parley.policy.Asked.say;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.codec.Bytes;
import io.parley.model.Action;
import io.parley.model.Identity;
import io.parley.model.NamePolicy;
import io.parley.model.People;
import io.parley.model.RoomItem;
import io.parley.model.Tags;
import io.parley.model.UserRef;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AllOfTest {
    private static final Decision NO = Decision.deny("no");
    private static final Applicant APPLICANT =
            Applicant.of(NamePolicy.standard(), "ann", Credentials.NONE, "tests", "memory", null, null);
    private static final RoomItem A = new RoomItem("a", "", 1);
    private static final RoomItem B = new RoomItem("b", "", 1);
    private static final RoomItem C = new RoomItem("c", "", 1);

    private final CompletableFuture<Decision> late = new CompletableFuture<>();

    private static Asked adds(String more) {
        return Asked.with((text, tags) -> Decision.replace(text + more, tags.with(more, Bytes.EMPTY)));
    }

    @Test
    void noneAllows() {
        assertThat(say(ChatPolicy.all(), "hello")).isCompletedWithValue(Decision.ALLOW);
    }

    @Test
    void theFirstDenialStops() {
        Asked first = always(Decision.ALLOW);
        Asked last = always(Decision.ALLOW);
        assertThat(ChatPolicy.all(first, always(NO), last).say(ANN, LOBBY, "hello", Tags.NONE))
                .isSameAs(NO);
        assertThat(first.questions).containsExactly("hello");
        assertThat(last.questions).isEmpty();
    }

    @Test
    void whatOneReplacesTheNextJudges() {
        Asked last = always(Decision.ALLOW);
        ChatPolicy all = ChatPolicy.all(adds("1"), always(Decision.ALLOW), adds("2"), last);
        Tags both = Tags.of("1", Bytes.EMPTY).with("2", Bytes.EMPTY);
        assertThat(say(all, "x")).isCompletedWithValue(Decision.replace("x12", both));
        assertThat(last.questions).containsExactly("x12");
        assertThat(decided(all.topic(ANN, LOBBY, "t")).join())
                .isInstanceOfSatisfying(
                        Decision.Replace.class, one -> assertThat(one.body()).isEqualTo("t12"));
    }

    @Test
    void aLateAnswerInTheMiddleKeepsTheOrder() {
        Asked last = adds("3");
        ChatPolicy all = ChatPolicy.all(adds("1"), always(Answer.later(late)), last);
        CompletableFuture<Decision> decision = say(all, "x");
        assertThat(decision).isNotDone();
        assertThat(last.questions).isEmpty();
        late.complete(Decision.replace("late", Tags.NONE));
        assertThat(last.questions).containsExactly("late");
        assertThat(decision).isCompletedWithValue(Decision.replace("late3", Tags.of("3", Bytes.EMPTY)));
    }

    @Test
    void aLateYesPassesOnWhatWasReplacedBefore() {
        Asked last = always(Answer.later(CompletableFuture.completedFuture(Decision.ALLOW)));
        CompletableFuture<Decision> decision = say(ChatPolicy.all(adds("1"), always(Answer.later(late)), last), "x");
        late.complete(Decision.ALLOW);
        assertThat(last.questions).containsExactly("x1");
        assertThat(decision).isCompletedWithValue(Decision.replace("x1", Tags.of("1", Bytes.EMPTY)));
    }

    @Test
    void aLateDenialStops() {
        Asked last = always(Decision.ALLOW);
        CompletableFuture<Decision> decision = say(ChatPolicy.all(always(Answer.later(late)), last), "x");
        late.complete(NO);
        assertThat(decision).isCompletedWithValue(NO);
        assertThat(last.questions).isEmpty();
    }

    @Test
    void whatFailsDenies() {
        ChatPolicy broken = Asked.with(() -> {
            throw new IllegalStateException("no opinion");
        });
        assertThatThrownBy(() -> ChatPolicy.all(always(Decision.ALLOW), broken).say(ANN, LOBBY, "x", Tags.NONE))
                .isInstanceOf(IllegalStateException.class);
        CompletableFuture<Decision> behind = say(ChatPolicy.all(always(Answer.later(late)), broken), "x");
        late.complete(Decision.ALLOW);
        assertThat(behind).isCompletedExceptionally();
        ChatPolicy fails = always(Answer.later(CompletableFuture.failedFuture(new IllegalStateException())));
        assertThat(say(ChatPolicy.all(fails, always(Decision.ALLOW)), "x")).isCompletedExceptionally();
    }

    @Test
    @SuppressWarnings("NullAway") // a policy may be broken
    void noAnswerIsNotOverridden() {
        ChatPolicy nothing = always(null);
        assertThatThrownBy(() -> ChatPolicy.all(nothing, adds("1")).say(ANN, LOBBY, "x", Tags.NONE))
                .isInstanceOf(NullPointerException.class);
        ChatPolicy later = always(Answer.later(CompletableFuture.completedFuture(null)));
        assertThat(say(ChatPolicy.all(later, adds("1")), "x")).isCompletedExceptionally();
    }

    static Stream<Decision> unfit() {
        return Stream.of(Decision.show(List.of()), Decision.admit(Identity.guest("ann")));
    }

    @ParameterizedTest
    @MethodSource("unfit")
    void whatDoesNotFitIsNotOverridden(Decision decision) {
        Asked last = adds("1");
        assertThat(say(ChatPolicy.all(always(decision), last), "x")).isCompletedWithValue(decision);
        Answer later = Answer.later(CompletableFuture.completedFuture(decision));
        assertThat(say(ChatPolicy.all(always(later), last), "x")).isCompletedWithValue(decision);
        assertThat(last.questions).isEmpty();
    }

    @Test
    void theLastIdentityCounts() {
        Decision bob = Decision.admit(Identity.account("1", "bob"));
        Decision carol = Decision.admit(Identity.account("2", "carol"));
        ChatPolicy all = ChatPolicy.all(always(bob), always(Decision.ALLOW), always(carol), always(Decision.ALLOW));
        assertThat(all.login(APPLICANT)).isEqualTo(carol);
        assertThat(ChatPolicy.all(always(bob), always(NO)).login(APPLICANT)).isEqualTo(NO);
        Decision other = Decision.replace("x", Tags.NONE);
        assertThat(ChatPolicy.all(always(other), always(bob)).login(APPLICANT)).isEqualTo(other);
    }

    @Test
    void theFirstAccountOfANameCounts() {
        Decision bob = Decision.admit(Identity.account("1", "bob"));
        NamePolicy.Name name = NamePolicy.standard().user("Bob");
        Asked last = always(Decision.admit(Identity.account("2", "bob")));
        assertThat(ChatPolicy.all(always(Decision.ALLOW), always(bob), last).account(name))
                .isEqualTo(bob);
        assertThat(last.questions).isEmpty();
        assertThat(ChatPolicy.all(always(Decision.ALLOW)).account(name)).isEqualTo(Decision.ALLOW);
        assertThat(ChatPolicy.all(always(NO), last).account(name)).isEqualTo(NO);
        CompletableFuture<Decision> decision =
                decided(ChatPolicy.all(always(Answer.later(late)), last).account(name));
        late.complete(Decision.ALLOW);
        assertThat(last.questions).containsExactly("account Bob");
        assertThat(decision.join()).isInstanceOf(Decision.Admit.class);
    }

    private static ChatPolicy passwords(Answer answer) {
        return new ChatPolicy() {
            @Override
            public Answer password(UserRef user, String old, String next) {
                return answer;
            }
        };
    }

    /** Whoever has no passwords leaves it to the next; whoever has them decides alone. */
    @Test
    void oneChangesAPassword() {
        ChatPolicy none = new ChatPolicy() {};
        ChatPolicy yes = passwords(Decision.ALLOW);
        assertThat(ChatPolicy.all().password(ANN, "a", "b")).isEqualTo(ChatPolicy.NO_PASSWORDS);
        assertThat(ChatPolicy.all(none, none).password(ANN, "a", "b")).isEqualTo(ChatPolicy.NO_PASSWORDS);
        assertThat(ChatPolicy.all(none, yes).password(ANN, "a", "b")).isEqualTo(Decision.ALLOW);
        assertThat(ChatPolicy.all(passwords(NO), yes).password(ANN, "a", "b")).isSameAs(NO);
        CompletableFuture<Decision> decision =
                decided(ChatPolicy.all(passwords(Answer.later(late)), yes).password(ANN, "a", "b"));
        assertThat(decision).isNotDone();
        late.complete(ChatPolicy.NO_PASSWORDS);
        assertThat(decision).isCompletedWithValue(Decision.ALLOW);
    }

    @Test
    void allAreAskedWhomSomethingIsDoneTo() {
        Asked first = always(Decision.ALLOW);
        Asked last = always(NO);
        assertThat(ChatPolicy.all(first, last)
                        .moderate(ANN, LOBBY, Action.MUTE, People.BOB, Duration.ofSeconds(5), "spam"))
                .isSameAs(NO);
        assertThat(first.questions).isEqualTo(last.questions).containsExactly("MUTE bob PT5S");
    }

    @Test
    void aRoomIsListedIfAllShowIt() {
        Asked last = always(Decision.show(List.of(B, C)));
        ChatPolicy all = ChatPolicy.all(always(Decision.show(List.of(A, B))), always(Decision.ALLOW), last);
        assertThat(all.list(ANN, List.of(A, B, C))).isEqualTo(Decision.show(List.of(B)));
        assertThat(last.questions).containsExactly("list [a, b]");
        ChatPolicy later = ChatPolicy.all(
                always(Decision.show(List.of(A, B))), always(Answer.later(late)), always(Decision.show(List.of(A, C))));
        CompletableFuture<Decision> decision = decided(later.list(ANN, List.of(A, B, C)));
        late.complete(Decision.show(List.of(A, C)));
        assertThat(decision).isCompletedWithValue(Decision.show(List.of(A)));
    }
}
