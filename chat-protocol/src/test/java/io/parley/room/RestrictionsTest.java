package io.parley.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.model.Action;
import io.parley.model.BacklogRequest;
import io.parley.model.PresenceMode;
import io.parley.model.Role;
import io.parley.model.RoomException.Reason;
import io.parley.model.RoomSettings;
import java.util.List;
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
        for (String name : List.of("a", "b", "c", "d")) {
            small.account(name);
            one.act(Action.BAN, name, 1_000).seq();
            small.pass(2_000);
        }
        assertThat(one.room().state().bans()).hasSize(1);
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
        assertThat(bob.act(Action.UNMUTE, "bob").value()).isEqualTo(Reason.MUTED);
    }

    @Test
    void nobodyMutesTheServer() {
        assertThat(reader.act(Action.MUTE, "operator").value()).isEqualTo(Reason.FORBIDDEN);
        assertThat(test.say(reader.room(), test.hub.operator(), "hear me").value())
                .isInstanceOf(Long.class);
    }

    @Test
    void whoHasLeftIsNotKickedThoughItHasARole() {
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
    void anAbandonedRoomIsANewOneForWhoeverComes() {
        Reader guest = test.guest("squatter").join("den");
        guest.say("a secret").seq();
        guest.configure(new RoomSettings(true, 0, PresenceMode.FULL)).seq();
        test.guest("other");
        guest.act(Action.BAN, "other").seq();
        long epoch = guest.room().epoch();
        guest.leave();
        assertThat(test.hub.rooms()).containsExactly(reader.room());
        Reader next = test.account("bob").join("den");
        assertThat(next.room().epoch()).isNotEqualTo(epoch);
        assertThat(next.snapshot().head()).isZero();
        assertThat(next.room().state().owners())
                .containsExactly(next.peer().user().item());
        assertThat(next.room().state().bans()).isEmpty();
        assertThat(next.room().state().settings()).isEqualTo(RoomSettings.DEFAULT);
    }

    @Test
    void whoeverComesBehindTheOwnersLeavingGetsANewRoom() {
        HandJournal journal = new HandJournal();
        journal.inline = true;
        TestHub slow = TestHub.with(journal);
        Reader first = slow.guest("first").join("den");
        long epoch = first.room().epoch();
        journal.inline = false;
        first.say("under way");
        first.room().leave(first.subscription(), "");
        Participant second = slow.guest("second").participant();
        var coming = slow.join(second, "den", BacklogRequest.NOTHING);
        journal.keepAll();
        Room next = coming.join().subscription().room();
        assertThat(next.epoch()).isNotEqualTo(epoch);
        assertThat(next.state().role(second.user().id())).isEqualTo(Role.OWNER);
    }
}
