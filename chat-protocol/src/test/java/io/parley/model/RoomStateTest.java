package io.parley.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The fold of sequenced entries, without a room around it. */
class RoomStateTest {
    private static final long NOW = 5_000;
    private static final UserItem OP = People.operator(1, "op");
    private static final UserItem BOB = People.BOB;
    private static final UserItem EVE = People.EVE;

    private static RoomState after(
            RoomState state, long seq, Action action, UserItem target, long lifted, @Nullable Restriction imposed) {
        return state.after(new Entry.Moderated(seq, NOW, 1, seq, OP, action, target, lifted, 0, "", imposed));
    }

    /** A role or an invitation. */
    private static RoomState after(RoomState state, Action action, UserItem target) {
        return after(state, 1, action, target, 0, null);
    }

    /** A ban or a mute, in place of another or of none. */
    private static RoomState restrict(RoomState state, Restriction one, long replaced) {
        return after(state, one.number(), one.action(), one.user(), replaced, one);
    }

    private static RoomState restrict(RoomState state, Restriction one) {
        return restrict(state, one, 0);
    }

    private static Restriction restriction(long number, Action action, UserItem user, long since, long until) {
        return new Restriction(number, action, user, 0, since, until, OP, "");
    }

    private static Restriction forGood(long number, Action action, UserItem user) {
        return restriction(number, action, user, NOW, Long.MAX_VALUE);
    }

    @Test
    void beginsEmpty() {
        assertThat(RoomState.EMPTY.topic()).isEmpty();
        assertThat(RoomState.EMPTY.settings()).isEqualTo(RoomSettings.DEFAULT);
        assertThat(RoomState.EMPTY.restrictions(NOW)).isEmpty();
        assertThat(RoomState.EMPTY.owners()).isEmpty();
    }

    @Test
    void aMessageChangesNothing() {
        assertThat(RoomState.EMPTY.after(People.said(1, BOB, "b"))).isSameAs(RoomState.EMPTY);
        assertThat(after(RoomState.EMPTY, Action.KICK, BOB)).isSameAs(RoomState.EMPTY);
    }

    @Test
    void topicAndSettingsChangeAlone() {
        RoomSettings settings = new RoomSettings(true, 5, PresenceMode.COUNT);
        RoomState configured = RoomState.EMPTY.after(People.configured(2, BOB, settings));
        RoomState state = RoomState.EMPTY.after(People.topic(1, BOB, "tea")).after(People.configured(2, BOB, settings));
        assertThat(state.topic()).isEqualTo("tea");
        assertThat(state.settings()).isEqualTo(settings);
        assertThat(state.after(People.topic(3, BOB, ""))).isEqualTo(configured);
    }

    @ParameterizedTest
    @CsvSource({"INVITE, UNINVITE", "MAKE_MODERATOR, MAKE_MEMBER", "MAKE_OWNER, MAKE_MEMBER"})
    void whatIsGivenIsTakenBackById(Action gives, Action takes) {
        RoomState given = after(RoomState.EMPTY, gives, BOB);
        assertThat(given).isNotEqualTo(RoomState.EMPTY);
        assertThat(after(given, gives, BOB)).isEqualTo(given);
        assertThat(after(given, takes, People.guest(77, BOB.name()))).isEqualTo(given);
        assertThat(after(given, takes, People.guest(BOB.id(), "robert"))).isEqualTo(RoomState.EMPTY);
        assertThat(after(RoomState.EMPTY, takes, BOB)).isEqualTo(RoomState.EMPTY);
    }

    @ParameterizedTest
    @CsvSource({"BAN, UNBAN", "MUTE, UNMUTE"})
    void aRestrictionIsLiftedByItsNumber(Action imposes, Action lifts) {
        RoomState done = restrict(restrict(RoomState.EMPTY, forGood(4, imposes, BOB)), forGood(5, imposes, EVE));
        assertThat(done.restrictions(NOW)).extracting(Restriction::number).containsExactly(4L, 5L);
        assertThat(after(done, 6, lifts, BOB, 9, null)).isEqualTo(done);
        RoomState lifted = after(done, 6, lifts, BOB, 4, null);
        assertThat(lifted.restrictions(NOW)).extracting(Restriction::user).containsExactly(EVE);
        assertThat(after(lifted, 7, lifts, EVE, 5, null)).isEqualTo(RoomState.EMPTY);
    }

    @Test
    void eachListIsItsOwn() {
        RoomState state = restrict(RoomState.EMPTY, forGood(1, Action.BAN, BOB));
        state = restrict(state, forGood(2, Action.MUTE, BOB));
        state = after(after(state, Action.INVITE, BOB), Action.MAKE_OWNER, BOB);
        assertThat(state.bans()).containsOnlyKeys(BOB.id());
        assertThat(state.mutes()).containsOnlyKeys(BOB.id());
        assertThat(state.invited()).isEqualTo(Map.of(BOB.id(), BOB));
        assertThat(state.roles()).isEqualTo(Map.of(BOB.id(), new RoleGrant(BOB, Role.OWNER)));
        // the number of a ban says nothing of the mutes
        assertThat(after(state, 9, Action.UNMUTE, BOB, 1, null)).isEqualTo(state);
    }

    @Test
    void aSecondRestrictionOfAUserReplacesTheFirst() {
        RoomState state = restrict(RoomState.EMPTY, forGood(1, Action.MUTE, BOB));
        state = restrict(state, restriction(2, Action.MUTE, BOB, NOW, NOW + 7), 1);
        assertThat(state.restrictions(NOW)).extracting(Restriction::number).containsExactly(2L);
        assertThat(state.restrictions(NOW + 7)).isEmpty();
    }

    @Test
    void oneThatEndsEarlyMakesRoomInAFullList() {
        RoomState state = restrict(RoomState.EMPTY, forGood(1, Action.BAN, BOB));
        state = restrict(state, forGood(2, Action.BAN, EVE), 1);
        assertThat(state.bans()).containsOnlyKeys(EVE.id());
    }

    @Test
    void restrictionsThatAreOverGoWithTheNextThatIsImposed() {
        RoomState state = restrict(RoomState.EMPTY, restriction(1, Action.BAN, BOB, NOW, NOW + 7));
        assertThat(restrict(state, restriction(2, Action.BAN, EVE, NOW + 6, NOW + 9))
                        .bans())
                .hasSize(2);
        assertThat(restrict(state, restriction(2, Action.BAN, EVE, NOW + 7, NOW + 9))
                        .bans())
                .containsOnlyKeys(EVE.id());
    }

    @Test
    void aBanTakesTheRole() {
        RoomState state = after(RoomState.EMPTY, Action.MAKE_MODERATOR, BOB);
        assertThat(restrict(state, forGood(2, Action.MUTE, BOB)).role(BOB.id())).isEqualTo(Role.MODERATOR);
        state = restrict(state, forGood(2, Action.BAN, BOB));
        assertThat(state.role(BOB.id())).isEqualTo(Role.MEMBER);
        assertThat(after(state, 3, Action.UNBAN, BOB, 2, null).role(BOB.id())).isEqualTo(Role.MEMBER);
    }

    @Test
    void aRoleReplacesTheFormerAndKeepsItsPlace() {
        RoomState state = after(after(RoomState.EMPTY, Action.MAKE_MODERATOR, BOB), Action.MAKE_OWNER, EVE);
        assertThat(state.owners()).containsExactly(EVE);
        assertThat(state.isAccounts()).isTrue();
        state = after(state, Action.MAKE_OWNER, BOB);
        assertThat(state.owners()).containsExactly(BOB, EVE);
        state = after(state, Action.MAKE_MODERATOR, EVE);
        assertThat(state.role(EVE.id())).isEqualTo(Role.MODERATOR);
        assertThat(state.isAccounts()).as("a guest owns it alone").isFalse();
    }

    @Test
    void whoWasActedOnIsFoundUnderTheNameOfThatTime() {
        assertThat(RoomState.EMPTY.find(BOB.id())).isNull();
        for (RoomState state : new RoomState[] {
            restrict(RoomState.EMPTY, forGood(1, Action.BAN, BOB)),
            restrict(RoomState.EMPTY, forGood(1, Action.MUTE, BOB)),
            after(RoomState.EMPTY, Action.INVITE, BOB),
            after(RoomState.EMPTY, Action.MAKE_MODERATOR, BOB)
        }) {
            assertThat(state.find(BOB.id())).isEqualTo(BOB);
            assertThat(state.find(EVE.id())).isNull();
        }
    }

    @Test
    void itsCollectionsCannotBeChanged() {
        RoomState state = after(restrict(RoomState.EMPTY, forGood(1, Action.BAN, BOB)), Action.INVITE, BOB);
        assertThatThrownBy(() -> state.bans().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> state.invited().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @ParameterizedTest
    @EnumSource(Action.class)
    void anActionKnowsWhatItDoes(Action action) {
        assertThat(action.givesRole()).isEqualTo(action.name().startsWith("MAKE_"));
        assertThat(action.removes()).isEqualTo(action == Action.KICK || action == Action.BAN);
        assertThat(action.restricts()).isEqualTo(action == Action.BAN || action == Action.MUTE);
        assertThat(action.lifts()).isEqualTo(action == Action.UNBAN || action == Action.UNMUTE);
        if (action.givesRole()) {
            assertThat(action.name()).endsWith(action.role().name());
        } else {
            assertThatThrownBy(action::role).isInstanceOf(IllegalStateException.class);
        }
    }
}
