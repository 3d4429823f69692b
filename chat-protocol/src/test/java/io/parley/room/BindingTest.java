package io.parley.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.journal.Journal;
import io.parley.model.Action;
import io.parley.model.Entry;
import io.parley.model.Restriction;
import io.parley.model.RoomException.Reason;
import io.parley.sequencer.Words;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whom a restriction binds, and until when. */
class BindingTest {
    private static final long HERE = 7;
    private static final long THERE = 8;
    private static final long HOUR = Duration.ofHours(1).toMillis();

    private final TestHub test = TestHub.create();
    private final Reader owner = test.account("owner").join("lobby");

    @Test
    void theWallClockEndsNothing() {
        Reader bob = test.guest("bob", HERE).join("lobby");
        owner.act(Action.MUTE, "bob", 60_000).seq();
        test.millis.addAndGet(HOUR); // it is set an hour ahead
        assertThat(bob.say("hello").reason()).isEqualTo(Reason.MUTED);
        test.millis.addAndGet(-2 * HOUR);
        test.pass(59_999);
        assertThat(bob.say("hello").reason()).isEqualTo(Reason.MUTED);
        test.pass(1);
        bob.say("hello").seq();
    }

    @Test
    void guestsWhoComeLaterFromThereAreBoundForADay() {
        Reader here = test.guest("early", HERE).join("lobby");
        test.guest("troll", HERE).join("lobby");
        test.pass(1);
        owner.act(Action.BAN, "troll").seq();
        here.say("I was here before").seq();
        here.leave();
        here.peer().join("lobby");
        test.pass(1);
        assertThat(test.guest("late", HERE).refusedJoin("lobby")).isEqualTo(Reason.BANNED);
        test.guest("far", THERE).join("lobby");
        test.guest("nowhere", 0).join("lobby");
        test.account("anna").join("lobby");
        test.pass(24 * HOUR);
        test.guest("tomorrow", HERE).join("lobby");
        assertThat(owner.room().state().restrictions(test.hub.steadyMillis())).hasSize(1);
    }

    @Test
    void whoHasGoneIsBannedAllTheSame() {
        Peer troll = test.guest("troll", HERE);
        troll.join("lobby");
        troll.exit();
        owner.act(Action.BAN, "troll").seq();
        assertThat(test.guest("other", HERE).refusedJoin("lobby")).isEqualTo(Reason.BANNED);
    }

    @Test
    void aNameIsNobody() {
        test.guest("troll", HERE).join("lobby");
        owner.act(Action.BAN, "troll").seq();
        test.guest("troll2", HERE).exit();
        Peer peer = test.guest("other", THERE);
        peer.join("lobby");
        assertThat(owner.room().memberCount()).isEqualTo(2);
    }

    @Test
    void aBanThatReplacesAnotherSaysSo() {
        test.guest("troll", HERE).join("lobby");
        long first = owner.act(Action.BAN, "troll", HOUR).seq();
        long second = owner.act(Action.BAN, "troll").seq();
        assertThat(owner.room().state().bans().values())
                .extracting(Restriction::number)
                .containsExactly(second);
        assertThat(second).isGreaterThan(first);
        assertThat(owner.room().restrictions())
                .singleElement()
                .satisfies(one -> assertThat(one.remainingMillis()).isZero());
    }

    @Test
    void aBanThatIsOverIsNotReplaced() {
        test.guest("troll", HERE).join("lobby");
        owner.act(Action.BAN, "troll", 1_000).seq();
        test.pass(1_000);
        owner.act(Action.BAN, "troll").seq();
        List<Entry.Sequenced> entries =
                owner.room().history(Journal.NONE, Journal.NONE, 10).join().entries();
        assertThat(((Entry.Moderated) entries.get(entries.size() - 1)).restriction())
                .isZero();
    }

    @Test
    void wordsSayForHowLong() {
        assertThat(Words.until(0)).isEmpty();
        assertThat(Words.until(1)).isEqualTo(" for 1 second");
        assertThat(Words.until(90_000)).isEqualTo(" for 90 seconds");
        assertThat(Words.until(90_001)).isEqualTo(" for 2 minutes");
        assertThat(Words.until(90 * 60_000)).isEqualTo(" for 90 minutes");
        assertThat(Words.until(48 * HOUR)).isEqualTo(" for 48 hours");
        assertThat(Words.until(48 * HOUR + 1)).isEqualTo(" for 3 days");
        assertThat(Words.until(Long.MAX_VALUE - 1)).endsWith(" days");
        assertThat(Words.because("spam")).isEqualTo(": spam");
    }
}
