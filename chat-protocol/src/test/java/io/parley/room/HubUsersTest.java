package io.parley.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.model.RoomException;
import io.parley.model.RoomException.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Names and identities: who is here, who is the same. */
class HubUsersTest {
    private final TestHub test = TestHub.create();

    private static void assertRefused(Reason reason, Runnable what) {
        assertThatThrownBy(what::run)
                .isInstanceOfSatisfying(
                        RoomException.class, no -> assertThat(no.reason()).isEqualTo(reason));
    }

    @Test
    void whoHasComeInIsInWhateverTheListenerThrows() {
        Hub hub = Hub.builder()
                .listener(new HubListener() {
                    @Override
                    public void onEnter(User user) {
                        throw new LinkageError("broken");
                    }
                })
                .build();
        Participant alice = TestHub.guest(hub, "alice", TestHub.LINES, new Peer(test));
        assertThat(hub.user("alice")).isSameAs(alice.user());
        hub.exit(alice);
        assertThat(hub.users()).isEmpty();
    }

    @Test
    void aNameIsTakenWhileItsUserIsHere() {
        Peer alice = test.guest("Alice");
        assertRefused(Reason.NAME_TAKEN, () -> test.guest("ALICE"));
        assertRefused(Reason.BAD_NAME, () -> test.guest("a b"));
        alice.exit();
        assertThat(test.hub.users()).isEmpty();
        assertThat(test.guest("ALICE").name()).isEqualTo("ALICE");
    }

    @Test
    void anAccountTakesItsNameFromAGuest() {
        Peer guest = test.guest("Alice");
        Reader reader = guest.join("lobby");
        Peer account = test.account("alice");
        assertThat(account.name()).isEqualTo("alice");
        assertThat(guest.name()).startsWith("guest-");
        assertThat(guest.renamed).containsExactly(guest.name());
        assertThat(reader.read()).endsWith("Alice > " + guest.name());
        Participant other = test.account("id-2", "bob", TestHub.LINES, new Peer(test));
        assertThat(other.user().name()).isEqualTo("bob");
        assertRefused(Reason.NAME_TAKEN, () -> test.account("bob"));
    }

    @Test
    void nobodyTakesTheOperatorsName() {
        assertRefused(Reason.NAME_TAKEN, () -> test.guest("Operator"));
        Peer alice = test.guest("alice");
        assertRefused(Reason.NAME_TAKEN, () -> alice.rename("operator"));
        assertThat(alice.name()).isEqualTo("alice");
    }

    @Test
    void connectionsOfOneAccountAreOneUser() {
        Peer phone = test.account("alice");
        Peer desk = test.account("alice");
        assertThat(desk.user()).isSameAs(phone.user());
        assertThat(desk.participant().origin()).isNotEqualTo(phone.participant().origin());
        assertThat(test.hub.users()).containsExactly(phone.user());
        phone.exit();
        phone.exit();
        assertThat(test.hub.user("alice")).isSameAs(desk.user());
        desk.exit();
        assertThat(test.hub.user("alice")).isNull();
        assertThat(test.told).containsExactly("enter alice", "exit alice");
    }

    @Test
    void aGuestReturnsAsSomebodyElse() {
        Peer first = test.guest("alice");
        first.exit();
        Peer second = test.guest("alice");
        assertThat(second.user().id()).isNotEqualTo(first.user().id());
        assertThat(second.user().isGuest()).isTrue();
    }

    @Test
    void renamingFreesTheFormerName() {
        Peer alice = test.guest("alice");
        test.guest("bob");
        assertRefused(Reason.NAME_TAKEN, () -> alice.rename("BOB"));
        assertRefused(Reason.BAD_NAME, () -> alice.rename(""));
        alice.rename("carol");
        assertThat(test.hub.user("alice")).isNull();
        assertThat(test.hub.user("carol")).isSameAs(alice.user());
        Peer next = test.guest("alice");
        assertThat(test.hub.users()).extracting(User::name).isEqualTo(List.of("alice", "bob", "carol"));
        next.exit();
        alice.exit();
        assertThat(test.hub.users()).extracting(User::name).containsExactly("bob");
    }

    @Test
    void everybodyHearsTheServer() {
        Peer alice = test.guest("alice");
        Reader reader = alice.reader(test.hub.joinAnnouncements(alice.participant()));
        assertThat(reader.snapshot().members()).isEmpty();
        assertThat(reader.say("me too").reason()).isEqualTo(Reason.FORBIDDEN);
        assertThat(reader.topic("mine").reason()).isEqualTo(Reason.FORBIDDEN);
        Answer topic = new Answer();
        Ask.topic(test.hub.announcements(), test.hub.operator(), "none", topic);
        assertThat(topic.reason()).isEqualTo(Reason.FORBIDDEN);
        assertThat(test.say(test.hub.announcements(), test.hub.operator(), "maintenance")
                        .seq())
                .isEqualTo(1);
        assertThat(reader.read()).containsExactly("#1 operator: maintenance");
        assertThat(alice.user().rooms()).isEmpty();
        reader.leave();
        assertThat(test.say(test.hub.announcements(), test.hub.operator(), "again")
                        .seq())
                .isEqualTo(2);
        assertThat(test.hub.windowBytes()).isZero();
    }

    @Test
    void aBoundBelowOneIsRefused() {
        assertThatThrownBy(() -> TestHub.with(bounds -> bounds.maxListed = 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("maxListed is less than 1: 0");
        assertThat(HubOptions.DEFAULT.toBuilder().maxWindowBytes(5).build().maxWindowBytes())
                .isEqualTo(5);
    }
}
