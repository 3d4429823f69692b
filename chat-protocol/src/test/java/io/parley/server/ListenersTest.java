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
import org.junit.jupiter.api.Test;

/** Several listeners of one server: what one does is nothing to the others. */
class ListenersTest {
    private static final UserItem A = new UserItem(1, UserKind.GUEST, "a");
    private final ArrayDeque<Runnable> turns = new ArrayDeque<>();
    private final Counters counters = new Counters();
    private final Room lobby = Hub.builder().build().room("lobby").join();

    private void run() {
        while (!turns.isEmpty()) {
            turns.remove().run();
        }
    }

    private Listeners listeners(ServerListener... each) {
        return new Listeners(List.of(each), counters, turns::add);
    }

    private static Entry.Sequenced said(long seq) {
        return new Entry.Message(seq, 0, 0, 0, A, "hello", Tags.NONE);
    }

    /** Notes what it is told. */
    private static class Notes implements ServerListener {
        final List<String> lines = new ArrayList<>();

        @Override
        public void onConnect(SocketAddress from) {
            lines.add("connect " + from);
        }

        @Override
        public void onRefused(SocketAddress from, int code, String text) {
            lines.add("refused " + code);
        }

        @Override
        public void onEntry(Room room, Entry.Sequenced entry) {
            lines.add("entry " + entry.seq());
        }
    }

    @Test
    void eachIsToldEverythingAndCountedOnce() {
        Notes one = new Notes();
        Notes two = new Notes();
        Listeners all = listeners(one, two);
        all.onConnect(new MemoryAddress("x"));
        all.onRefused(new MemoryAddress("x"), 205, "taken");
        all.onEntries(lobby, List.of(said(1), said(2)));
        run();
        assertThat(one.lines).hasSize(4).endsWith("refused 205", "entry 1", "entry 2");
        assertThat(two.lines).isEqualTo(one.lines);
        assertThat(counters.refused.sum()).isEqualTo(1);
        assertThat(counters.messages.sum()).isEqualTo(2);
    }

    @Test
    void eachIsAskedForItselfWhatItWants() {
        Notes all = new Notes();
        Notes few = new Notes() {
            @Override
            public boolean wantsEntry(Room room, Entry.Sequenced entry) {
                return entry.seq() == 2;
            }
        };
        Notes broken = new Notes() {
            @Override
            public boolean wantsEntry(Room room, Entry.Sequenced entry) {
                throw new IllegalStateException("its own fault");
            }
        };
        listeners(broken, few, all).onEntries(lobby, List.of(said(1), said(2), said(3)));
        run();
        assertThat(few.lines).containsExactly("entry 2");
        assertThat(all.lines).containsExactly("entry 1", "entry 2", "entry 3");
        assertThat(broken.lines).isEqualTo(all.lines);
    }

    @Test
    void oneThatFallsBehindMissesEventsAlone() {
        Notes slow = new Notes();
        Notes quick = new Notes();
        Listeners all = listeners(slow, quick);
        for (int i = 0; i < 100; i++) {
            for (int n = 0; n < 200; n++) {
                all.onConnect(new MemoryAddress("x"));
            }
            Runnable ofSlow = turns.remove();
            run(); // the other's
            turns.add(ofSlow);
        }
        run();
        assertThat(quick.lines).hasSize(20_000);
        assertThat(slow.lines).hasSizeBetween(1, 19_999);
    }

    @Test
    void theEndComesWhenEachHasBeenTold() {
        boolean[] ended = new boolean[1];
        Notes one = new Notes();
        Listeners all = listeners(one, new Notes());
        all.onConnect(new MemoryAddress("x"));
        all.last(() -> ended[0] = true);
        turns.remove().run();
        assertThat(one.lines).hasSize(1);
        assertThat(ended[0]).isFalse();
        run();
        assertThat(ended[0]).isTrue();
        listeners().last(() -> ended[0] = false);
        assertThat(ended[0]).isFalse();
    }

    @Test
    void closingIsKnownInsideEachOfThem() {
        List<Boolean> inside = new ArrayList<>();
        Listeners[] all = new Listeners[1];
        Notes asks = new Notes() {
            @Override
            public void onConnect(SocketAddress from) {
                inside.add(all[0].isCurrent());
            }
        };
        all[0] = listeners(new Notes(), asks);
        all[0].onConnect(new MemoryAddress("x"));
        assertThat(all[0].isCurrent()).isFalse();
        run();
        assertThat(inside).containsExactly(true);
    }
}
