package io.parley.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.log.LogProbe;
import io.parley.model.Action;
import io.parley.model.RoomException.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How a cursor ends, sleeps and is woken. */
class CursorSleepTest {
    private final TestHub test = TestHub.create();
    private Peer alice;
    private Peer bob;
    private Reader speaker;
    private Reader reader;
    private Subscription cursor;

    @BeforeEach
    void joinBoth() {
        test.room("lobby");
        alice = test.guest("alice");
        bob = test.guest("bob");
        speaker = alice.join("lobby");
        reader = bob.join("lobby");
        cursor = reader.subscription();
        test.pass(1_000);
        test.hub.tick();
        reader.read();
    }

    private void say(int count, int padding) {
        for (int i = 0; i < count; i++) {
            speaker.say("-".repeat(padding)).seq();
        }
    }

    @Test
    void sleepSaysNoWhileThereIsSomethingToRead() {
        say(1, 1);
        assertThat(cursor.sleep()).isFalse();
        say(1, 1);
        assertThat(bob.ready).isEmpty();
    }

    @Test
    void aSleepingCursorIsWokenOnce() {
        assertThat(cursor.sleep()).isTrue();
        say(3, 1);
        assertThat(bob.ready).containsExactly(cursor);
        assertThat(reader.read()).hasSize(3);
        assertThat(cursor.sleep()).isTrue();
        say(1, 1);
        assertThat(bob.ready).containsExactly(cursor, cursor);
    }

    @Test
    void anEndWakes() {
        assertThat(cursor.sleep()).isTrue();
        reader.room().leave(cursor, "");
        assertThat(bob.ready).containsExactly(cursor);
        assertThat(cursor.isEnded()).isTrue();
        assertThat(cursor.sleep()).isFalse();
    }

    @Test
    void aKickTellsItsReasonAtTheEnd() {
        Answer answer = new Answer();
        Ask.moderate(reader.room(), test.hub.operator(), Action.KICK, "bob", 0, "enough", answer);
        assertThat(answer.seq()).isEqualTo(1);
        assertThat(reader.read()).containsExactly("#1 operator KICK bob", "END KICKED");
        assertThat(cursor.endCause().reason()).isEqualTo(Reason.KICKED);
        assertThat(cursor.endCause().text()).isEqualTo("kicked: enough");
    }

    @Test
    void everySleeperOfManyIsWoken() {
        Random random = new Random(3);
        List<Reader> many = new ArrayList<>();
        List<Peer> peers = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            peers.add(test.guest("p" + i));
            many.add(peers.get(i).join("lobby"));
        }
        while (many.size() > 5) {
            int at = random.nextInt(many.size());
            many.remove(at).leave();
            peers.remove(at);
            if (random.nextInt(3) == 0) {
                peers.add(test.guest("q" + many.size() + "-" + random.nextInt(1 << 20)));
                many.add(peers.get(peers.size() - 1).join("lobby"));
            }
            many.forEach(Reader::read);
            many.forEach(one -> assertThat(one.subscription().sleep()).isTrue());
            say(1, 1);
            for (int i = 0; i < many.size(); i++) {
                assertThat(peers.get(i).ready).contains(many.get(i).subscription());
                peers.get(i).ready.clear();
            }
        }
    }

    @Test
    void readsUpToItsEndAndNoFurther() {
        say(2, 1);
        reader.room().leave(cursor, "bye");
        say(2, 1);
        assertThat(cursor.isEnded()).isFalse();
        assertThat(reader.read()).containsExactly("#1 alice: -", "#2 alice: -", "END");
        assertThat(cursor.lastSeq()).isEqualTo(2);
        assertThat(cursor.prepare(1)).isNull();
    }

    @Test
    void anEndBehindTheWindowIsReportedAsAGapUpToIt() {
        say(20, 40);
        reader.room().leave(cursor, "");
        say(400, 40);
        while (LogProbe.start(cursor) < 4_000) {
            assertThat(LogProbe.dropOldest(cursor)).isTrue();
        }
        assertThat(reader.read()).containsExactly("GAP 1-20", "END");
    }

    @Test
    void anEndInsideTheWindowIsReadAfterTheGap() {
        say(40, 40);
        reader.room().leave(cursor, "");
        say(40, 40);
        assertThat(LogProbe.dropOldest(cursor)).isTrue();
        List<String> lines = reader.read();
        assertThat(lines.get(0)).startsWith("GAP 1-");
        assertThat(lines.get(lines.size() - 2)).startsWith("#40 ");
        assertThat(lines).endsWith("END");
    }

    @Test
    void joiningAgainEndsTheFormerCursorWhereTheNewOneBegins() {
        say(2, 1);
        Reader again = bob.join("lobby");
        say(1, 1);
        assertThat(reader.read()).containsExactly("#1 alice: -", "#2 alice: -", "END");
        assertThat(again.snapshot().head()).isEqualTo(2);
        assertThat(again.read()).containsExactly("#3 alice: -");
        assertThat(again.room().memberCount()).isEqualTo(2);
    }
}
