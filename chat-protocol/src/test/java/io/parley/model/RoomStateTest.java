package io.parley.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The fold of sequenced entries, without a room around it. */
class RoomStateTest {
    private static final long NOW = 5_000;

    private static RoomState after(RoomState state, Action action, String subject, long durationMillis) {
        return state.after(new Entry.Moderated(1, NOW, "op", action, "bob", subject, durationMillis, ""));
    }

    private static RoomState after(RoomState state, Action action) {
        return after(state, action, "bob", 0);
    }

    @Test
    void beginsEmpty() {
        assertThat(RoomState.EMPTY.topic()).isEmpty();
        assertThat(RoomState.EMPTY.settings()).isEqualTo(RoomSettings.DEFAULT);
        assertThat(RoomState.EMPTY.restrictions(NOW)).isZero();
    }

    @Test
    void aMessageChangesNothing() {
        Entry.Sequenced said = new Entry.Message(1, NOW, 1, 1, "a", "b", Tags.NONE);
        assertThat(RoomState.EMPTY.after(said)).isSameAs(RoomState.EMPTY);
        assertThat(after(RoomState.EMPTY, Action.KICK)).isSameAs(RoomState.EMPTY);
    }

    @Test
    void topicAndSettingsChangeAlone() {
        RoomSettings settings = new RoomSettings(true, 5, PresenceMode.COUNT);
        RoomState state = RoomState.EMPTY
                .after(new Entry.TopicChanged(1, NOW, "a", "tea"))
                .after(new Entry.Configured(2, NOW, "a", settings));
        assertThat(state.topic()).isEqualTo("tea");
        assertThat(state.settings()).isEqualTo(settings);
        assertThat(state.after(new Entry.TopicChanged(3, NOW, "a", "")))
                .isEqualTo(RoomState.EMPTY.after(new Entry.Configured(2, NOW, "a", settings)));
    }

    @ParameterizedTest
    @CsvSource({
        "BAN, UNBAN",
        "MUTE, UNMUTE",
        "INVITE, UNINVITE",
        "MAKE_MODERATOR, MAKE_MEMBER",
        "MAKE_OWNER, MAKE_MEMBER"
    })
    void eachActIsUndoneByItsOpposite(Action does, Action undoes) {
        RoomState done = after(RoomState.EMPTY, does);
        assertThat(done.restrictions(NOW)).isEqualTo(1);
        assertThat(after(done, does)).isEqualTo(done);
        assertThat(after(done, undoes, "other", 0)).isEqualTo(done);
        assertThat(after(done, undoes)).isEqualTo(RoomState.EMPTY);
        assertThat(after(RoomState.EMPTY, undoes)).isEqualTo(RoomState.EMPTY);
    }

    @Test
    void eachListIsItsOwn() {
        RoomState state = RoomState.EMPTY;
        for (Action action : new Action[] {Action.BAN, Action.MUTE, Action.INVITE, Action.MAKE_OWNER}) {
            state = after(state, action);
        }
        assertThat(state.bans()).containsOnlyKeys("bob");
        assertThat(state.mutes()).containsOnlyKeys("bob");
        assertThat(state.invited()).isEqualTo(Set.of("bob"));
        assertThat(state.roles()).isEqualTo(Map.of("bob", Role.OWNER));
        assertThat(state.restrictions(NOW)).isEqualTo(4);
    }

    @Test
    void zeroIsForGoodAndAnythingElseFromThatTimeOn() {
        assertThat(after(RoomState.EMPTY, Action.BAN, "bob", 0).bans()).containsEntry("bob", Long.MAX_VALUE);
        assertThat(after(RoomState.EMPTY, Action.BAN, "bob", 7).bans()).containsEntry("bob", NOW + 7);
        assertThat(after(RoomState.EMPTY, Action.MUTE, "bob", 7).mutes()).containsEntry("bob", NOW + 7);
        RoomState longer = after(after(RoomState.EMPTY, Action.BAN, "bob", 7), Action.BAN, "bob", 0);
        assertThat(longer.bans()).containsEntry("bob", Long.MAX_VALUE);
    }

    @Test
    void aRoleReplacesTheFormer() {
        RoomState state = after(after(RoomState.EMPTY, Action.MAKE_OWNER), Action.MAKE_MODERATOR);
        assertThat(state.roles()).isEqualTo(Map.of("bob", Role.MODERATOR));
    }

    @Test
    void itsCollectionsCannotBeChanged() {
        RoomState state = after(after(RoomState.EMPTY, Action.BAN), Action.INVITE);
        assertThatThrownBy(() -> state.bans().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> state.invited().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @ParameterizedTest
    @EnumSource(Action.class)
    void anActionKnowsWhatItGivesAndWhatItLists(Action action) {
        assertThat(action.givesRole()).isEqualTo(action.name().startsWith("MAKE_"));
        assertThat(action.removes()).isEqualTo(action == Action.KICK || action == Action.BAN);
        assertThat(action.lists()).isEqualTo(after(RoomState.EMPTY, action).restrictions(NOW) > 0);
        if (action.givesRole()) {
            assertThat(action.name()).endsWith(action.role().name());
        } else {
            assertThatThrownBy(action::role).isInstanceOf(IllegalStateException.class);
        }
    }
}
