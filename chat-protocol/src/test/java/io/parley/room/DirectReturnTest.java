package io.parley.room;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Conversations of accounts that go and come back while the other keeps the room open; and keys that must differ. */
class DirectReturnTest {
    private final TestHub test = TestHub.create();

    @Test
    void anAccountThatIsBackHearsTheNextMessage() {
        Peer alice = test.account("alice");
        Peer bob = test.account("bob");
        Reader mine = alice.direct("bob");
        mine.say("one").seq();
        bob.opened.get(0).leave();
        bob.exit();
        Peer back = test.account("bob");
        mine.say("two").seq();
        assertThat(back.opened).hasSize(1);
        assertThat(back.opened.get(0).readNumbered()).containsExactly("#2 alice: two");
    }

    @Test
    void anAccountThatIsBackSeesTheOthersName() {
        Peer alice = test.account("alice");
        Peer bob = test.account("bob");
        Reader mine = alice.direct("bob");
        Reader his = bob.direct("alice");
        his.leave();
        bob.exit();
        assertThat(test.account("bob").direct("alice").snapshot().name()).isEqualTo("alice");
        mine.leave();
        Reader again = test.account("bob").direct("alice");
        alice.exit();
        test.account("alice");
        assertThat(again.room().name()).contains("alice").contains("bob");
        assertThat(test.hub.user("alice")).isNotNull();
    }

    @Test
    void differentPairsHaveDifferentRooms() {
        Peer a = new Peer(test);
        a.as(test.account("a", "anna", TestHub.LINES, a));
        Peer bc = new Peer(test);
        bc.as(test.account("b|account:c", "bert", TestHub.LINES, bc));
        Peer ab = new Peer(test);
        ab.as(test.account("a|account:b", "carl", TestHub.LINES, ab));
        Peer c = new Peer(test);
        c.as(test.account("c", "dora", TestHub.LINES, c));
        Reader first = a.direct("bert");
        Reader second = ab.direct("dora");
        assertThat(second.room()).isNotSameAs(first.room());
    }
}
