package io.parley.transport.nio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Requests and the queue of those who have some, without any I/O. */
class LoopEntryTest {
    static final class Entry extends LoopEntry {
        @Override
        void serve() {
            takeRequests();
        }
    }

    private final LoopEntry entry = new Entry();

    private void open() {
        entry.moveTo(NioState.HANDSHAKING);
        entry.moveTo(NioState.OPEN);
    }

    @Test
    void isQueuedOnceUntilItIsServed() {
        assertThat(entry.note(LoopEntry.WRITE)).isTrue();
        assertThat(entry.note(LoopEntry.PAUSE)).isFalse();
        assertThat(entry.takeRequests() & (LoopEntry.WRITE | LoopEntry.PAUSE))
                .isEqualTo(LoopEntry.WRITE | LoopEntry.PAUSE);
        assertThat(entry.isRequested(LoopEntry.WRITE)).isFalse();
        assertThat(entry.note(LoopEntry.WRITE)).isTrue();
    }

    @Test
    void aRequestWithoutFlagsQueuesToo() {
        assertThat(entry.note(0)).isTrue();
        assertThat(entry.note(0)).isFalse();
    }

    @Test
    void pausesUntilItResumes() {
        open();
        assertThat(entry.mayRead()).isTrue();
        entry.note(LoopEntry.PAUSE);
        entry.takeRequests();
        assertThat(entry.mayRead()).isFalse();
        assertThat(entry.resume()).isTrue();
        assertThat(entry.mayRead()).isTrue();
    }

    @Test
    void readsOnAfterCloseThoughPaused() {
        open();
        entry.note(LoopEntry.PAUSE | LoopEntry.CLOSE);
        entry.takeRequests();
        assertThat(entry.state()).isEqualTo(NioState.DRAINING);
        assertThat(entry.mayRead()).isTrue();
        assertThat(entry.isWriteDue()).isTrue();
    }

    @Test
    void aCloseBeforeItIsOpenWaits() {
        entry.note(LoopEntry.CLOSE);
        entry.takeRequests();
        assertThat(entry.state()).isEqualTo(NioState.CONNECTING);
        open();
        entry.closeIfRequested();
        assertThat(entry.state()).isEqualTo(NioState.DRAINING);
    }

    @Test
    void onceClosedItIsNeverQueuedAgain() {
        assertThat(entry.moveToClosed()).isTrue();
        assertThat(entry.note(LoopEntry.WRITE)).isFalse();
        assertThat(entry.resume()).isFalse();
    }

    @Test
    void saysThatItIsInTheQueueWhenItCloses() {
        assertThat(entry.note(LoopEntry.WRITE)).isTrue();
        assertThat(entry.moveToClosed()).isFalse();
    }

    @Test
    void theQueueKeepsTheOrderAndReusesSlots() {
        RequestQueue queue = new RequestQueue();
        List<Entry> entries = new ArrayList<>();
        for (int n = 0; n < 100; n++) {
            Entry next = new Entry();
            entries.add(next);
            queue.register(next);
            assertThat(next.slot).isEqualTo(n + 1);
        }
        assertThat(queue.takeAll()).isZero();
        entries.forEach(queue::add);
        assertThat(queue.isEmpty()).isFalse();
        List<LoopEntry> taken = new ArrayList<>();
        for (int slot = queue.takeAll(); slot != 0; slot = queue.get(slot).nextInQueue) {
            taken.add(queue.get(slot));
        }
        assertThat(taken).isEqualTo(entries);
        assertThat(queue.isEmpty()).isTrue();

        queue.unregister(entries.get(41));
        Entry late = new Entry();
        queue.register(late);
        assertThat(late.slot).isEqualTo(42);
        assertThat(queue.get(42)).isSameAs(late);
    }
}
