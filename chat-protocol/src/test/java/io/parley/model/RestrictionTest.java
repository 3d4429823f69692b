package io.parley.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whom a ban or a mute binds, and for how long. */
class RestrictionTest {
    private static final long SINCE = 1_000;
    private static final long DAY = 86_400_000;
    private static final long ADDRESS = 17;
    private static final UserItem OP = People.operator(1, "op");

    private static Restriction of(UserItem user, long addressKey, long until) {
        return new Restriction(5, Action.BAN, user, addressKey, SINCE, until, OP, "spam");
    }

    @Test
    void bindsTheUserWhateverTheAddressUntilItEnds() {
        Restriction ban = of(People.EVE, 0, SINCE + 10);
        long id = People.EVE.id();
        assertThat(ban.binds(id, 0, 0, SINCE + 9)).isTrue();
        assertThat(ban.binds(id, 99, SINCE + 5, SINCE + 9)).isTrue();
        assertThat(ban.binds(id, 0, 0, SINCE + 10)).isFalse();
        assertThat(ban.binds(id + 1, 0, 0, SINCE))
                .as("no address is nobody's address")
                .isFalse();
        assertThat(of(People.EVE, 0, Long.MAX_VALUE).isRunning(Long.MAX_VALUE - 1))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        // guest's address, came, now: bound
        "17, 1000, 1000, true",
        "17, 1001, 5000, true",
        "17, 999, 5000, false",
        "18, 1001, 5000, false",
        "0, 1001, 5000, false",
        "17, 1001, 86400999, true",
        "17, 1001, 86401000, false",
    })
    void bindsGuestsOfTheSameAddressWhoCameLaterForADay(long address, long came, long now, boolean bound) {
        Restriction ban = of(People.BOB, ADDRESS, Long.MAX_VALUE);
        assertThat(ban.binds(77, address, came, now)).isEqualTo(bound);
        assertThat(ban.binds(People.BOB.id(), address, came, now)).isTrue();
        assertThat(DAY).isEqualTo(86_401_000 - SINCE);
    }

    @ParameterizedTest
    @CsvSource({"1000, 10", "1009, 1", "1010, 1", "2000, 1"})
    void whatIsLeftIsNeverZeroWhileItHasAnEnd(long now, long left) {
        assertThat(of(People.BOB, 0, SINCE + 10).remainingMillis(now)).isEqualTo(left);
    }

    @Test
    void moderatorsSeeItWithoutTheAddress() {
        RestrictionItem item = of(People.BOB, ADDRESS, Long.MAX_VALUE).item(SINCE);
        assertThat(item).isEqualTo(new RestrictionItem(5, Action.BAN.code(), People.BOB, OP, 0, "spam"));
        assertThat(item.action()).isEqualTo(Action.BAN);
        RestrictionItem later = new RestrictionItem(5, 99, People.BOB, OP, 0, "");
        assertThat(later.action()).isEqualTo(Action.OTHER);
        assertThat(later.toString()).contains("action=ACTION_99");
    }
}
