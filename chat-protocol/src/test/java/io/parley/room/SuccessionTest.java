package io.parley.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.model.Action;
import io.parley.model.Role;
import io.parley.model.UserItem;
import org.junit.jupiter.api.Test;

/** Who owns a room when its owner has gone. */
class SuccessionTest {
    private final TestHub test = TestHub.create();

    private static String owners(Reader reader) {
        return String.join(
                " ", reader.room().state().owners().stream().map(UserItem::name).toList());
    }

    @Test
    void theModeratorOfTheLongestStandingFollows() {
        Reader alice = test.guest("alice").join("den");
        Reader bob = test.guest("bob").join("den");
        test.account("carol").join("den");
        test.guest("dave").join("den");
        alice.act(Action.MAKE_MODERATOR, "dave").seq();
        alice.act(Action.MAKE_MODERATOR, "bob").seq();
        alice.leave();
        assertThat(owners(bob)).isEqualTo("dave");
        assertThat(bob.room().state().roles()).hasSize(2);
        assertThat(bob.readNumbered()).endsWith("#4 operator MAKE_MEMBER alice", "#5 operator MAKE_OWNER dave");
    }

    @Test
    void elseTheAccountThatIsAMemberLongest() {
        Reader alice = test.guest("alice").join("den");
        Reader bob = test.guest("bob").join("den");
        test.account("zoe").join("den");
        test.account("carol").join("den");
        alice.leave();
        assertThat(owners(bob)).isEqualTo("zoe");
    }

    @Test
    void elseNobody() {
        Reader alice = test.guest("alice").join("den");
        Reader bob = test.guest("bob").join("den");
        alice.leave();
        assertThat(owners(bob)).isEmpty();
        assertThat(bob.snapshot().role()).isEqualTo(Role.MEMBER);
        Answer appointed = new Answer();
        Ask.moderate(bob.room(), test.hub.operator(), Action.MAKE_OWNER, "bob", 0, "", appointed);
        appointed.seq();
        assertThat(owners(bob)).isEqualTo("bob");
    }

    @Test
    void anAccountThatLeavesStaysTheOwner() {
        Reader alice = test.account("alice").join("den");
        Reader bob = test.account("bob").join("den");
        alice.act(Action.MAKE_MODERATOR, "bob").seq();
        alice.leave();
        assertThat(owners(bob)).isEqualTo("alice");
    }

    @Test
    void anOwnerWhomTheOperatorBansIsSucceeded() {
        Reader alice = test.account("alice").join("den");
        Reader bob = test.account("bob").join("den");
        Answer banned = new Answer();
        Ask.moderate(alice.room(), test.hub.operator(), Action.BAN, "alice", 0, "", banned);
        banned.seq();
        assertThat(owners(bob)).isEqualTo("bob");
    }

    @Test
    void aRoomOfTheServerHasNoSuccessor() {
        test.room("lobby");
        Reader alice = test.account("alice").join("lobby");
        Reader guest = test.guest("bob").join("lobby");
        guest.leave();
        assertThat(owners(alice)).isEmpty();
    }

    @Test
    void aRoomThatWasThereBeforeIsNobodysForTheTaking() {
        KeptJournal journal = new KeptJournal();
        TestHub before = TestHub.with(journal);
        before.guest("alice").join("den").say("mine").seq();
        TestHub after = TestHub.with(journal); // as after a restart: alice did not leave
        Reader bob = after.guest("bob").join("den");
        assertThat(bob.snapshot().role()).isEqualTo(Role.MEMBER);
        assertThat(bob.snapshot().head()).isEqualTo(2);
        bob.leave();
        assertThat(after.guest("carol").join("den").snapshot().head()).isEqualTo(2);
    }
}
