package io.parley.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.model.Identity;
import io.parley.model.RoomException.Reason;
import io.parley.model.RoomItem;
import io.parley.model.Tags;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@SuppressWarnings("NullAway") // null is what is tried
class DecisionTest {
    static Stream<ThrowingCallable> nulls() {
        return Stream.of(
                () -> Decision.deny(null),
                () -> Decision.deny(null, "why"),
                () -> Decision.deny(Reason.FORBIDDEN, null),
                () -> Decision.replace(null, Tags.NONE),
                () -> Decision.replace("text", null),
                () -> Decision.admit(null),
                () -> Decision.show(null),
                () -> Decision.show(Arrays.asList((RoomItem) null)),
                () -> Answer.later(null),
                () -> ChatPolicy.all((ChatPolicy) null),
                () -> ChatPolicy.all((ChatPolicy[]) null),
                () -> ChatPolicy.blocking(null, Runnable::run),
                () -> ChatPolicy.blocking(ChatPolicy.OPEN, (Executor) null),
                () -> Policies.rate(1, null),
                () -> Policies.rate(1, Duration.ofSeconds(1), null),
                () -> Policies.words(null),
                () -> Policies.words(Arrays.asList("one", null)),
                () -> Policies.readOnly(null, "news"),
                () -> Policies.readOnly(user -> true, (String) null));
    }

    @ParameterizedTest
    @MethodSource("nulls")
    void nullIsRefusedAtOnce(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(NullPointerException.class);
    }

    @Test
    void whatIsShownIsACopy() {
        List<RoomItem> rooms = new ArrayList<>(List.of(new RoomItem("lobby", "", 1)));
        Decision.Show show = (Decision.Show) Decision.show(rooms);
        rooms.clear();
        assertThat(show.rooms()).hasSize(1);
    }

    @Test
    void aDenialIsAnException() {
        Decision.Deny no = (Decision.Deny) Decision.deny(Reason.MUTED, "not now");
        assertThat(no.exception().reason()).isEqualTo(Reason.MUTED);
        assertThat(no.exception().text()).isEqualTo("not now");
        assertThat(((Decision.Deny) Decision.deny("no")).reason()).isEqualTo(Reason.FORBIDDEN);
    }

    @Test
    void decisionsAreValues() {
        assertThat(Decision.ALLOW).isEqualTo(new Decision.Allow());
        assertThat(Decision.admit(Identity.guest("ann"))).isEqualTo(new Decision.Admit(Identity.guest("ann")));
        assertThat(Decision.replace("a", Tags.NONE)).isEqualTo(new Decision.Replace("a", Tags.NONE));
    }
}
