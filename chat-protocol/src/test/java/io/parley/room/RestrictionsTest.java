package io.parley.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.model.Action;
import io.parley.model.BacklogRequest;
import io.parley.model.PresenceMode;
import io.parley.model.Role;
import io.parley.model.RoomException.Reason;
import io.parley.model.RoomSettings;
import org.junit.jupiter.api.Test;

/** Bans, mutes and roles at the corners. */
class RestrictionsTest {
    private final TestHub test = TestHub.create();
    private final Peer owner = test.account("owner");
    private final Reader reader = owner.join("lobby");

    @Test
    void aVeryLongBanIsABan() {
        Peer bob = test.guest("bob");
        assertThat(reader.act(Action.BAN, "bob", Long.MAX_VALUE).seq()).isPositive();
        assertThat(bob.refusedJoin("lobby")).isEqualTo(Reason.BANNED);
    }

    @Test
    void whatHasEndedDoesNotFillTheLists() {
        TestHub small = TestHub.with(bounds -> bounds.maxRestrictions = 3);
        Reader one = small.account("owner").join("lobby");
        one.act(Action.BAN, "a", 1_000).seq();
        one.act(Action.MUTE, "b", 1_000).seq();
        small.pass(2_000);
        assertThat(one.act(Action.BAN, "c").value()).isInstanceOf(Long.class);
    }

    @Test
    void aBannedModeratorStaysOut() {
        Peer bob = test.account("bob");
        bob.join("lobby");
        reader.act(Action.MAKE_MODERATOR, "bob").seq();
        reader.act(Action.BAN, "bob").seq();
        assertThat(bob.refusedJoin("lobby")).isEqualTo(Reason.BANNED);
    }

    @Test
    void aMutedModeratorDoesNotGiveItselfTheVoice() {
        Reader bob = test.account("bob").join("lobby");
        reader.act(Action.MAKE_MODERATOR, "bob").seq();
        reader.act(Action.MUTE, "bob").seq();
        assertThat(bob.act(Action.UNMUTE, "bob").value()).isEqualTo(Reason.FORBIDDEN);
    }

    @Test
    void nobodyMutesTheServer() {
        assertThat(reader.act(Action.MUTE, "operator").value()).isEqualTo(Reason.FORBIDDEN);
        assertThat(test.say(reader.room(), test.hub.operator(), "hear me").value())
                .isInstanceOf(Long.class);
    }

    @Test
    void whoIsAwayIsNotKickedThoughItHasARole() {
        Reader bob = test.account("bob").join("lobby");
        reader.act(Action.MAKE_MODERATOR, "bob").seq();
        bob.leave();
        assertThat(reader.act(Action.KICK, "bob").value()).isEqualTo(Reason.NO_SUCH_USER);
    }

    @Test
    void aMemberComesInAgainThoughTheDoorWasClosedMeanwhile() {
        Peer bob = test.account("bob");
        bob.join("lobby");
        reader.configure(new RoomSettings(true, 0, PresenceMode.FULL)).seq();
        Reader desk = test.account("bob").join("lobby");
        assertThat(desk.room().memberCount()).isEqualTo(2);
    }

    @Test
    void anAbandonedRoomWithAClosedDoorIsNotLostForEver() {
        Reader guest = test.guest("squatter").join("den");
        guest.configure(new RoomSettings(true, 0, PresenceMode.FULL)).seq();
        guest.leave();
        assertThat(test.hub.rooms()).containsExactly(reader.room());
        Reader next = test.account("bob").join("den");
        assertThat(next.room().state().roles()).containsValue(Role.OWNER);
    }

    @Test
    void whoeverComesBehindTheOwnersLeavingIsTheNextOwner() {
        HandJournal journal = new HandJournal();
        journal.inline = true;
        TestHub slow = TestHub.with(journal);
        Reader first = slow.guest("first").join("den");
        journal.inline = false;
        first.say("under way");
        first.room().leave(first.subscription(), "");
        Participant second = slow.guest("second").participant();
        var coming = slow.join(second, "den", BacklogRequest.NOTHING);
        journal.keepAll();
        assertThat(coming.join()
                        .subscription()
                        .room()
                        .state()
                        .role(second.user().identity()))
                .isEqualTo(Role.OWNER);
    }
}
