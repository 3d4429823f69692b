package io.parley.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.model.RoomException;
import io.parley.model.Tags;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Long queues in a lane, and askers that ask again from within: no stack overflows. */
class SequencerDepthTest {
    private final HandJournal journal = new HandJournal();
    private final TestHub test = TestHub.with(journal);
    private Peer alice;
    private Reader reader;
    private Reader bob;

    @BeforeEach
    void joinBoth() {
        alice = test.account("alice");
        reader = alice.join("lobby");
        journal.keepAll();
        bob = test.account("bob").join("lobby");
        bob.read();
        journal.batches.clear();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aDeepQueueDoesNotOverflowTheStack(boolean inline) {
        Answer first = reader.say("wait");
        List<Answer> many = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            many.add(reader.say("m"));
            if (i % 2 == 0) {
                reader.room().typing(alice.user()); // breaks the batches
            }
        }
        journal.inline = inline;
        journal.keepAll();
        assertThat(first.seq()).isEqualTo(2);
        assertThat(many.get(9_999).seq()).isEqualTo(10_002);
        assertThat(bob.readNumbered()).hasSize(10_001);
    }

    @Test
    void askingFromWithinAnAnswerDoesNotOverflowTheStack() {
        journal.inline = true;
        List<Long> seqs = new ArrayList<>();
        Outcome chain = new Outcome() {
            @Override
            public void kept(long seq) {
                seqs.add(seq);
                if (seqs.size() < 10_000) {
                    Ask.say(reader.room(), alice.user(), 1, seq, "next", Tags.NONE, this);
                }
            }

            @Override
            public void refused(RoomException why) {
                seqs.add(-1L);
            }
        };
        Ask.say(reader.room(), alice.user(), 1, 1, "first", Tags.NONE, chain);
        assertThat(seqs).hasSize(10_000).isSorted().doesNotContain(-1L);
    }
}
