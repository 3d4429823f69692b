package io.parley.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.transport.memory.MemoryAddress;
import java.net.SocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** A listener for which there is no thread at times. */
class QueuedListenerTest {
    private final ArrayDeque<Runnable> turns = new ArrayDeque<>();
    private final List<SocketAddress> told = new ArrayList<>();
    private final QueuedListener listener = new QueuedListener(
            new ServerListener() {
                @Override
                public void onConnect(SocketAddress from) {
                    told.add(from);
                }
            },
            new Counters(),
            this::give);
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

    @Test
    void theEndComesAlsoWithoutAThread() {
        boolean[] ended = new boolean[1];
        exhausted = true;
        listener.last(() -> ended[0] = true);
        assertThat(ended).containsExactly(true);
    }
}
