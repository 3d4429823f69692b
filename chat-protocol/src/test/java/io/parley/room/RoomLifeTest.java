package io.parley.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.parley.model.Action;
import io.parley.model.BacklogRequest;
import io.parley.model.Member;
import io.parley.model.PresenceMode;
import io.parley.model.Role;
import io.parley.model.RoomException.Reason;
import io.parley.model.RoomSettings;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Coming and going: founders, doors, bans and mutes with time, deserted and pinned rooms. */
class RoomLifeTest {
    private final TestHub test = TestHub.create();

    @Test
    void theFounderBecomesOwner() {
        Reader alice = test.guest("alice").join("Lobby");
        assertThat(alice.snapshot().memberCount()).isEqualTo(1);
        assertThat(alice.readNumbered()).containsExactly("#1 operator MAKE_OWNER alice");
        Reader bob = test.guest("bob").join("lobby");
        assertThat(bob.room()).isSameAs(alice.room());
        assertThat(bob.snapshot().role()).isEqualTo(Role.MEMBER);
        assertThat(bob.snapshot().name()).isEqualTo("Lobby");
        assertThat(bob.snapshot().members())
                .extracting(Member::name, Member::role)
                .containsExactly(tuple("alice", Role.OWNER), tuple("bob", Role.MEMBER));
        bob.leave();
        assertThat(alice.room().state().roles()).hasSize(1);
    }

    @Test
    void aGuestsRoleEndsWithLeaving() {
        Peer alice = test.guest("alice");
        Reader founder = alice.join("lobby");
        Reader bob = test.guest("bob").join("lobby");
        founder.leave();
        assertThat(bob.readNumbered()).containsExactly("#2 operator MAKE_MEMBER alice");
        assertThat(alice.join("lobby").snapshot().role()).isEqualTo(Role.MEMBER);
    }

    @Test
    void anAccountsRoleStays() {
        Peer alice = test.account("alice");
        Reader founder = alice.join("lobby");
        Reader bob = test.account("bob").join("lobby");
        founder.leave();
        alice.exit();
        assertThat(bob.readNumbered()).isEmpty();
        assertThat(test.account("alice").join("lobby").snapshot().role()).isEqualTo(Role.OWNER);
        bob.leave();
    }

    @Test
    void aRoomWithAnOwnerAwayHasNoNewFounder() {
        Reader founder = test.account("alice").join("lobby");
        founder.leave();
        assertThat(test.hub.rooms()).isEmpty();
        Reader bob = test.account("bob").join("lobby");
        assertThat(bob.room().state().roles()).hasSize(1);
        assertThat(bob.room().state().role(founder.peer().user().id())).isEqualTo(Role.OWNER);
    }

    @Test
    void aDesertedRoomIsPutAwayAndItsHistoryComesBack() {
        Reader alice = test.account("alice").join("lobby");
        alice.say("one").seq();
        alice.topic("tea").seq();
        Room former = alice.room();
        alice.leave();
        assertThat(test.hub.rooms()).isEmpty();
        assertThat(test.say(former, test.hub.operator(), "late").reason()).isEqualTo(Reason.ROOM_GONE);
        Reader again = test.account("bob").join("LOBBY", BacklogRequest.last(10));
        assertThat(again.room()).isNotSameAs(former);
        assertThat(again.room().number()).isEqualTo(former.number());
        assertThat(again.room().epoch()).isEqualTo(former.epoch());
        assertThat(again.room().topic()).isEqualTo("tea");
        assertThat(again.joined().backlog().stream().map(TestHub::line))
                .containsExactly("#1 operator MAKE_OWNER alice", "#2 alice: one", "#3 alice topic tea");
        assertThat(again.say("two").seq()).isEqualTo(4);
    }

    @Test
    void theServersRoomStaysAndHasNoOwner() {
        Room room = test.room("news");
        Reader alice = test.guest("alice").join("news");
        assertThat(alice.room()).isSameAs(room);
        assertThat(alice.topic("mine").reason()).isEqualTo(Reason.FORBIDDEN);
        alice.leave();
        assertThat(test.hub.rooms()).containsExactly(room);
        assertThat(test.guest("bob").join("news").room()).isSameAs(room);
        assertThat(room.state().roles()).isEmpty();
        assertThat(test.room("NEWS")).isSameAs(room);
    }

    @Test
    void theKickedMayComeBackAndTheBannedMayNot() {
        Reader owner = test.guest("owner").join("lobby");
        Peer bob = test.guest("bob");
        Reader first = bob.join("lobby");
        assertThat(owner.act(Action.KICK, "bob").seq()).isEqualTo(2);
        assertThat(first.say("still here?").reason()).isEqualTo(Reason.NOT_A_MEMBER);
        assertThat(first.read()).endsWith("#2 owner KICK bob", "END KICKED");
        Reader second = bob.join("lobby");
        assertThat(owner.act(Action.BAN, "BOB").seq()).isEqualTo(3);
        assertThat(second.read()).endsWith("#3 owner BAN bob", "END BANNED");
        assertThat(bob.refusedJoin("lobby")).isEqualTo(Reason.BANNED);
        assertThat(owner.act(Action.UNBAN, "bob").seq()).isEqualTo(4);
        assertThat(bob.join("lobby").snapshot().memberCount()).isEqualTo(2);
    }

    @Test
    void aKickEndsEveryDevice() {
        Reader owner = test.account("owner").join("lobby");
        Reader phone = test.account("bob").join("lobby");
        Reader desk = test.account("bob").join("lobby");
        assertThat(owner.room().memberCount()).isEqualTo(2);
        owner.act(Action.KICK, "bob").seq();
        assertThat(phone.read()).endsWith("END KICKED");
        assertThat(desk.read()).endsWith("END KICKED");
        assertThat(owner.memberNames()).containsExactly("owner");
    }

    @Test
    void aBanForATimeEndsAtItsTime() {
        Reader owner = test.guest("owner").join("lobby");
        Peer bob = test.guest("bob");
        owner.act(Action.BAN, "bob", 10_000).seq();
        test.pass(9_999);
        assertThat(bob.refusedJoin("lobby")).isEqualTo(Reason.BANNED);
        test.pass(1);
        bob.join("lobby");
    }

    @Test
    void aMuteForATimeEndsAtItsTime() {
        Reader owner = test.guest("owner").join("lobby");
        Reader bob = test.guest("bob").join("lobby");
        owner.act(Action.MUTE, "bob", 10_000).seq();
        test.pass(9_999);
        assertThat(bob.say("hm").reason()).isEqualTo(Reason.MUTED);
        test.pass(1);
        assertThat(bob.say("hm").seq()).isEqualTo(3);
        owner.act(Action.MUTE, "bob").seq();
        test.pass(1L << 40);
        assertThat(bob.say("hm").reason()).isEqualTo(Reason.MUTED);
        owner.act(Action.UNMUTE, "bob").seq();
        assertThat(bob.say("hm").seq()).isEqualTo(6);
    }

    @Test
    void anInviteOnlyRoomLetsInTheInvitedAndModerators() {
        Reader owner = test.account("owner").join("lobby");
        Peer bob = test.account("bob");
        Peer carol = test.account("carol");
        Reader first = bob.join("lobby");
        owner.act(Action.MAKE_MODERATOR, "bob").seq();
        first.leave();
        owner.configure(new RoomSettings(true, 0, PresenceMode.FULL)).seq();
        assertThat(carol.refusedJoin("lobby")).isEqualTo(Reason.INVITE_ONLY);
        bob.join("lobby").act(Action.INVITE, "carol").seq();
        Reader in = carol.join("lobby");
        owner.act(Action.UNINVITE, "carol").seq();
        assertThat(in.say("still in").seq()).isPositive();
        in.leave();
        assertThat(carol.refusedJoin("lobby")).isEqualTo(Reason.INVITE_ONLY);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void aRoomFillsUpToItsLimit(int limit) {
        Reader owner = test.account("owner").join("lobby");
        owner.configure(new RoomSettings(false, limit, PresenceMode.FULL)).seq();
        for (int i = 1; i < limit; i++) {
            test.guest("g" + i).join("lobby");
        }
        Peer late = test.guest("late");
        assertThat(late.refusedJoin("lobby")).isEqualTo(Reason.ROOM_FULL);
        Reader device = test.account("owner").join("lobby"); // no further member
        owner.configure(new RoomSettings(false, 0, PresenceMode.FULL)).seq();
        late.join("lobby");
        assertThat(device.room().memberCount()).isEqualTo(limit + 1);
    }

    @Test
    void theHubsOwnBoundHoldsWhateverTheRoomSays() {
        TestHub small = TestHub.with(bounds -> bounds.maxMembers = 2);
        Reader owner = small.guest("owner").join("lobby");
        owner.configure(new RoomSettings(false, 100, PresenceMode.FULL)).seq();
        small.guest("bob").join("lobby");
        assertThat(small.guest("carol").refusedJoin("lobby")).isEqualTo(Reason.ROOM_FULL);
    }

    @Test
    void aUserIsInSoManyRoomsAtATime() {
        TestHub small = TestHub.with(bounds -> bounds.maxRoomsPerUser = 2);
        Peer alice = small.guest("alice");
        Reader one = alice.join("one");
        alice.join("two");
        assertThat(alice.refusedJoin("three")).isEqualTo(Reason.TOO_MANY_ROOMS);
        assertThat(small.hub.rooms()).hasSize(2);
        alice.join("two");
        one.leave();
        alice.join("three");
        assertThat(alice.user().rooms()).hasSize(2);
    }

    @Test
    void aHubHasSoManyRoomsAtATime() {
        TestHub small = TestHub.with(bounds -> bounds.maxRooms = 2);
        Peer alice = small.guest("alice");
        Reader one = alice.join("one");
        small.room("two");
        assertThat(alice.refusedJoin("three")).isEqualTo(Reason.TOO_MANY_ROOMS);
        one.leave();
        alice.join("three");
    }

    @Test
    void aNewNameKeepsMembershipAndRole() {
        Peer alice = test.guest("alice");
        Reader reader = alice.join("lobby");
        Reader bob = test.guest("bob").join("lobby");
        test.pass(1_000);
        test.hub.tick();
        bob.read();
        assertThat(alice.rename("Alicia")).isEqualTo("Alicia");
        assertThat(bob.read()).containsExactly("alice > Alicia");
        assertThat(bob.memberNames()).containsExactly("Alicia", "bob");
        assertThat(reader.topic("still mine").seq()).isEqualTo(2);
        assertThat(bob.read()).containsExactly("#2 Alicia topic still mine");
        assertThat(alice.rename("ALICIA")).isEqualTo("ALICIA");
        assertThat(bob.read()).containsExactly("Alicia > ALICIA");
        assertThat(alice.rename("ALICIA")).isEqualTo("ALICIA");
        assertThat(bob.read()).isEmpty();
        assertThat(reader.room().memberCount()).isEqualTo(2);
    }

    @Test
    void theListenerHearsOfEverythingInOrder() {
        Peer alice = test.guest("alice");
        Reader reader = alice.join("lobby");
        reader.say("hi").seq();
        Peer bob = test.guest("bob");
        Reader other = bob.join("lobby");
        other.leave();
        reader.topic("alone").seq();
        reader.leave();
        alice.exit();
        alice.exit();
        assertThat(test.told)
                .isEqualTo(List.of(
                        "enter alice",
                        "join lobby alice",
                        "lobby #1 operator MAKE_OWNER alice",
                        "lobby #2 alice: hi",
                        "enter bob",
                        "join lobby bob",
                        "leave lobby bob",
                        "lobby #3 alice topic alone",
                        "leave lobby alice",
                        "lobby #4 operator MAKE_MEMBER alice",
                        "exit alice"));
    }
}
