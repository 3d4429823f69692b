package io.parley.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.model.Entry;
import io.parley.model.Tags;
import io.parley.model.UserItem;
import io.parley.model.UserKind;
import io.parley.room.Hub;
import io.parley.room.Room;
import io.parley.transport.memory.MemoryAddress;
import java.net.SocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** A listener for which there is no thread at times. */
class QueuedListenerTest {
    private static final UserItem A = new UserItem(1, UserKind.GUEST, "a");
    private final ArrayDeque<Runnable> turns = new ArrayDeque<>();
    private final List<SocketAddress> told = new ArrayList<>();
    private final QueuedListener listener = new QueuedListener(
            new ServerListener() {
                @Override
                public void onConnect(SocketAddress from) {
                    told.add(from);
                }
            },
            this::give);
    private final Room lobby = Hub.builder().build().room("lobby").join();
    private boolean exhausted;

    private void give(Runnable turn) {
        if (exhausted) {
            throw new RejectedExecutionException("no thread");
        }
        turns.add(turn);
    }

    private void run() {
        while (!turns.isEmpty()) {
            turns.remove().run();
        }
    }

    @Test
    void whatHappensWithoutAThreadIsMissedAndNothingElse() {
        MemoryAddress later = new MemoryAddress("later");
        exhausted = true;
        for (int i = 0; i < 20_000; i++) {
            listener.onConnect(new MemoryAddress("missed"));
        }
        exhausted = false;
        listener.onConnect(later);
        run();
        assertThat(told).containsExactly(later);
    }

    /** Told of topics, and of what it was asked about. */
    private static final class Topics implements ServerListener {
        private final List<Long> entries = new ArrayList<>();

        @Override
        public boolean wantsEntry(Room room, Entry.Sequenced entry) {
            return entry instanceof Entry.TopicChanged;
        }

        @Override
        public void onEntry(Room room, Entry.Sequenced entry) {
            entries.add(entry.seq());
        }
    }

    private static Entry.Sequenced said(long seq) {
        return new Entry.Message(seq, 0, 0, 0, A, "hello", Tags.NONE);
    }

    private static Entry.Sequenced topic(long seq) {
        return new Entry.TopicChanged(seq, 0, 0, 0, A, "tea");
    }

    @Test
    void aBatchOfEntriesIsOneTaskAndWhatIsNotWantedNone() {
        Topics topics = new Topics();
        Counters counters = new Counters();
        Listeners queued = new Listeners(List.of(topics), counters, this::give);
        queued.onEntries(lobby, List.of(said(1), said(2)));
        assertThat(turns).isEmpty();
        queued.onEntries(lobby, List.of(topic(3), said(4), topic(5)));
        assertThat(turns).hasSize(1);
        assertThat(topics.entries).isEmpty();
        run();
        assertThat(topics.entries).containsExactly(3L, 5L);
        assertThat(counters.messages.sum()).isEqualTo(3);
    }

    @Test
    void aBatchCountsForAsManyEventsAsItTellsOf() {
        Topics topics = new Topics();
        QueuedListener queued = new QueuedListener(topics, this::give);
        List<Entry.Sequenced> hundred = LongStream.rangeClosed(1, 100)
                .mapToObj(QueuedListenerTest::topic)
                .toList();
        for (int i = 0; i < 200; i++) {
            queued.onEntries(lobby, hundred);
        }
        run();
        assertThat(topics.entries).hasSize(10_000);
        queued.onEntries(lobby, hundred);
        run();
        assertThat(topics.entries).hasSize(10_100);
    }

    @Test
    void theEndComesAlsoWithoutAThread() {
        boolean[] ended = new boolean[1];
        exhausted = true;
        listener.last(() -> ended[0] = true);
        assertThat(ended).containsExactly(true);
    }
}
