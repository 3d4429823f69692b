package io.parley.policy;

import static io.parley.policy.Asked.ANN;
import static io.parley.policy.Asked.BOB;
import static io.parley.policy.Asked.LOBBY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.model.NamePolicy;
import io.parley.model.People;
import io.parley.model.RoomException;
import io.parley.model.RoomException.Reason;
import io.parley.model.RoomKind;
import io.parley.model.RoomRef;
import io.parley.model.Tags;
import io.parley.model.UserRef;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PoliciesTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - SECOND.toNanos()); // which overflows soon

    private boolean may(ChatPolicy policy, UserRef user) {
        Answer answer = policy.say(user, LOBBY, "x", Tags.NONE);
        if (answer instanceof Decision.Deny no) {
            assertThat(no.reason()).isEqualTo(Reason.RATE_LIMITED);
            return false;
        }
        assertThat(answer).isSameAs(Decision.ALLOW);
        return true;
    }

    private int allowed(ChatPolicy policy, UserRef user, int tries) {
        int count = 0;
        for (int i = 0; i < tries; i++) {
            count += may(policy, user) ? 1 : 0;
        }
        return count;
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    // ---- rate

    @Test
    void messagesComeBackOneByOne() {
        ChatPolicy rate = Policies.rate(4, SECOND.multipliedBy(4), nanos::get);
        assertThat(allowed(rate, ANN, 10)).isEqualTo(4);
        pass(SECOND.minusNanos(1));
        assertThat(allowed(rate, ANN, 10)).isZero();
        pass(Duration.ofNanos(1));
        assertThat(allowed(rate, ANN, 10)).isEqualTo(1);
        pass(SECOND.multipliedBy(2));
        assertThat(allowed(rate, ANN, 10)).isEqualTo(2);
        pass(Duration.ofHours(1));
        assertThat(allowed(rate, ANN, 10)).as("no more than a bucket").isEqualTo(4);
    }

    @Test
    void oneMessageAtATime() {
        ChatPolicy rate = Policies.rate(1, SECOND, nanos::get);
        assertThat(allowed(rate, ANN, 3)).isEqualTo(1);
        pass(SECOND);
        assertThat(allowed(rate, ANN, 3)).isEqualTo(1);
    }

    @Test
    void topicsCount() {
        ChatPolicy rate = Policies.rate(2, SECOND, nanos::get);
        assertThat(rate.topic(ANN, LOBBY, "tea")).isSameAs(Decision.ALLOW);
        assertThat(allowed(rate, ANN, 3)).isEqualTo(1);
        assertThat(rate.topic(ANN, LOBBY, "tea")).isInstanceOf(Decision.Deny.class);
    }

    @Test
    void theSessionsOfAnAccountCountTogether() {
        ChatPolicy rate = Policies.rate(2, SECOND, nanos::get);
        UserRef elsewhere = new UserRef(BOB.id(), BOB.account(), "robert", "robert", Map.of());
        assertThat(may(rate, BOB)).isTrue();
        assertThat(may(rate, elsewhere)).isTrue();
        assertThat(may(rate, BOB)).isFalse();
        assertThat(may(rate, elsewhere)).isFalse();
        assertThat(may(rate, ANN)).isTrue();
    }

    @Test
    void manyUsersAreForgotten() {
        RatePolicy rate = (RatePolicy) Policies.rate(1, SECOND, nanos::get);
        for (int second = 0; second < 20; second++) {
            for (int i = 0; i < 1_000; i++) {
                UserRef user = People.ref(People.guest(1_000 * second + i, "x"));
                assertThat(may(rate, user)).isTrue();
                assertThat(may(rate, user)).isFalse();
            }
            pass(SECOND);
        }
        assertThat(rate.size()).isLessThanOrEqualTo(2_001);
    }

    @Test
    void aRateHasBounds() {
        assertThatThrownBy(() -> Policies.rate(0, SECOND)).isInstanceOf(IllegalArgumentException.class);
        for (Duration bad : new Duration[] {
            Duration.ZERO, Duration.ofSeconds(-1), Duration.ofSeconds(Long.MAX_VALUE), Duration.ofDays(36_501)
        }) {
            assertThatThrownBy(() -> Policies.rate(1, bad)).isInstanceOf(IllegalArgumentException.class);
        }
        ChatPolicy slow = Policies.rate(2, Duration.ofDays(36_500), nanos::get);
        assertThat(allowed(slow, ANN, 5)).isEqualTo(2);
        ChatPolicy fast = Policies.rate(Integer.MAX_VALUE, Duration.ofNanos(1), nanos::get);
        assertThat(allowed(fast, ANN, 500)).isEqualTo(500);
    }

    // ---- rooms

    @ParameterizedTest
    @ValueSource(strings = {"News", "news", "NEWS", "\uFF4E\uFF45\uFF57\uFF53"})
    void aRoomIsForReadingHoweverItIsSpelled(String spelling) {
        RoomRef news = new RoomRef(
                2, RoomKind.ROOM, "nEWS", NamePolicy.standard().room("nEWS").key());
        ChatPolicy policy = Policies.readOnly(user -> !user.guest(), "other", spelling);
        assertThat(policy.say(ANN, news, "x", Tags.NONE)).isInstanceOf(Decision.Deny.class);
        assertThat(policy.topic(ANN, news, "x")).isInstanceOf(Decision.Deny.class);
        assertThat(policy.say(BOB, news, "x", Tags.NONE)).isSameAs(Decision.ALLOW);
        assertThat(policy.topic(BOB, news, "x")).isSameAs(Decision.ALLOW);
        assertThat(policy.say(ANN, LOBBY, "x", Tags.NONE)).isSameAs(Decision.ALLOW);
        assertThat(policy.say(ANN, new RoomRef(3, RoomKind.DIRECT, "", ""), "x", Tags.NONE))
                .isSameAs(Decision.ALLOW);
    }

    @Test
    void aRoomForReadingHasAName() {
        assertThatThrownBy(() -> Policies.readOnly(user -> true, " ")).isInstanceOf(RoomException.class);
    }

    @Test
    void guestsCreateNothing() {
        ChatPolicy policy = Policies.onlyAccountsCreate();
        NamePolicy.Name room = NamePolicy.standard().room("lobby");
        assertThat(policy.create(ANN, room)).isInstanceOf(Decision.Deny.class);
        assertThat(policy.create(BOB, room)).isSameAs(Decision.ALLOW);
        assertThat(policy.join(ANN, room)).isSameAs(Decision.ALLOW);
    }

    @Test
    void theOpenPolicyAllowsEverything() {
        assertThat(EachQuestion.ask(ChatPolicy.OPEN)).containsOnly(Decision.ALLOW);
        assertThat(EachQuestion.ask(ChatPolicy.all())).containsOnly(Decision.ALLOW);
    }
}
