package io.parley.client;

import static io.parley.client.Script.own;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.testkit.chat.Ears;
import io.parley.testkit.chat.Peer;
import io.parley.transport.Scheduler;
import io.parley.transport.memory.MemoryAddress;
import io.parley.transport.memory.MemoryNetwork;
import io.parley.wire.Ack;
import io.parley.wire.ClientFrame;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Every future completes, whatever the program does with it and with its threads. */
@Timeout(60)
class ClientFutureTest {
    private final List<Throwable> thrown = new ArrayList<>();

    private void attempt(Runnable waiting) {
        try {
            waiting.run();
        } catch (IllegalStateException refused) {
            thrown.add(refused);
        }
    }

    private static void waitFor(CompletableFuture<?> future) {
        try {
            future.get(1, TimeUnit.HOURS);
        } catch (InterruptedException
                | java.util.concurrent.ExecutionException
                | java.util.concurrent.TimeoutException no) {
            throw new AssertionError(no);
        }
    }

    @Test
    void toWaitInsideACallbackFailsAtOnce() {
        Script script = Script.lasting();
        List<ChatRoom> rooms = new ArrayList<>();
        List<CompletableFuture<Receipt>> receipts = new ArrayList<>();
        Consumer<CompletableFuture<Receipt>> remember = receipts::add;
        rooms.add(script.enter(0, new Ears()));
        rooms.get(0).say("first").thenAccept(receipt -> {
            CompletableFuture<Receipt> second = rooms.get(0).say("second");
            remember.accept(second);
            attempt(second::join);
            attempt(() -> waitFor(second));
            attempt(second.thenApply(Receipt::seq)::join);
            attempt(second.copy()::join);
            attempt(rooms.get(0).page("", 10)::join);
            attempt(script.client().closed()::join);
            attempt(script.client().enterAsync("attic", 0, new Ears())::join);
        });
        script.tell(own(1, 1));
        assertThat(thrown).hasSize(7);
        script.tell(new Ack(2, Script.ROOM, 2));
        assertThat(receipts.get(0).join()).as("outside it may be waited for").isEqualTo(new Receipt(2));
    }

    @Test
    void toLookAtWhatIsDoneIsNotToWait() {
        Script script = Script.lasting();
        ChatRoom room = script.enter(0, new Ears());
        CompletableFuture<Receipt> receipt = room.say("first");
        CompletableFuture<Long> seq = receipt.thenApply(done -> receipt.join().seq());
        script.tell(own(1, 1));
        assertThat(seq).isCompletedWithValue(1L);
    }

    @Test
    void cancellingOneHarmsNobody() {
        Script script = Script.lasting();
        ChatRoom room = script.enter(0, new Ears());
        CompletableFuture<Receipt> first = room.say("first");
        CompletableFuture<Receipt> second = room.say("second");
        first.cancel(true);
        CompletableFuture<?> closed = script.client().closed();
        closed.cancel(true);
        script.tell(new Ack(1, Script.ROOM, 1), new Ack(2, Script.ROOM, 2));
        assertThat(second).isCompletedWithValue(new Receipt(2));
        script.client().closeAsync();
        script.network.advance(Duration.ofSeconds(6));
        assertThat(script.client().closed()).isCompletedWithValue(null);
    }

    // ---- the program's threads

    /** A server in memory whose network a thread of its own runs, and a client on the system's clock. */
    private static final class Running implements AutoCloseable {
        final MemoryNetwork network = MemoryNetwork.seeded(1);
        final Peer<ClientFrame> server = Peer.accepted();
        final ExecutorService executor = Executors.newSingleThreadExecutor();
        final ChatClient client;
        private volatile boolean over;
        private final Thread runner = new Thread(() -> {
            while (!over) {
                network.run();
                Thread.onSpinWait();
            }
        });

        Running() throws Exception {
            MemoryAddress address = new MemoryAddress("server");
            network.transport().listen(address, remote -> server);
            server.send(Script.welcome());
            runner.start();
            client = ChatClient.builder().executor(executor).connect(network.transport(), address);
        }

        ChatRoom enter() throws Exception {
            CompletableFuture<ChatRoom> entering = client.enterAsync("lobby", 0, new Ears());
            server.send(new io.parley.wire.Joined(1, Script.snapshot(0), false));
            return entering.get(10, TimeUnit.SECONDS);
        }

        @Override
        public void close() throws Exception {
            client.close();
            over = true;
            runner.join();
            executor.shutdownNow();
        }
    }

    @Test
    void anExecutorThatWasShutDownKeepsNothingFromItsEnd() throws Exception {
        try (Running running = new Running()) {
            ChatRoom room = running.enter();
            running.executor.shutdownNow();
            CompletableFuture<Receipt> receipt = room.say("x");
            running.server.send(new Ack(1, Script.ROOM, 1));
            assertThat(receipt.get(10, TimeUnit.SECONDS)).isEqualTo(new Receipt(1));
            long before = System.nanoTime();
            running.server.close();
            running.client.close();
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(20));
            assertThat(running.client.closed()).isDone();
        }
    }

    @Test
    void aTurnThatWasThrownAwayIsTakenElsewhere() throws Exception {
        ExecutorService executor = Executors.newSingleThreadExecutor();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        executor.execute(() -> {
            begun.countDown();
            boolean interrupted = false;
            while (go.getCount() > 0) {
                try {
                    go.await();
                } catch (InterruptedException again) {
                    interrupted = true;
                }
            }
            assertThat(interrupted).isTrue();
        });
        begun.await();
        CallbackQueue queue = new CallbackQueue(executor, Scheduler.system());
        CompletableFuture<String> told = new CompletableFuture<>();
        queue.execute(() -> told.complete("elsewhere"));
        executor.shutdownNow();
        assertThat(told.get(30, TimeUnit.SECONDS)).isEqualTo("elsewhere");
        go.countDown();
    }

    @Test
    void anExecutorThatRefusesIsPassedOver() {
        MemoryNetwork network = MemoryNetwork.seeded(1);
        List<Integer> order = new ArrayList<>();
        CallbackQueue queue = new CallbackQueue(
                task -> {
                    throw new RejectedExecutionException("full");
                },
                network.scheduler());
        for (int i = 0; i < 1_000; i++) {
            int number = i;
            queue.execute(() -> order.add(number));
        }
        assertThat(order).as("on the scheduler's threads").isEmpty();
        network.run();
        assertThat(order).hasSize(1_000).isSorted();
    }

    @Test
    void aTurnThatBeginsTooLateDoesNothing() {
        ArrayDeque<Runnable> turns = new ArrayDeque<>();
        List<Integer> order = new ArrayList<>();
        CallbackQueue queue =
                new CallbackQueue(turns::add, MemoryNetwork.seeded(1).scheduler());
        queue.execute(() -> order.add(1));
        Runnable turn = turns.remove();
        turn.run();
        turn.run();
        assertThat(order).containsExactly(1);
        assertThat(queue.isCurrent()).isFalse();
        queue.execute(() -> {
            order.add(2);
            queue.execute(() -> order.add(4));
            order.add(3);
        });
        assertThat(turns).hasSize(1);
        turns.remove().run();
        assertThat(order).containsExactly(1, 2, 3, 4);
    }

    @Test
    void aTaskThatThrowsHarmsNoOther() {
        ArrayDeque<Runnable> turns = new ArrayDeque<>();
        List<Integer> order = new ArrayList<>();
        CallbackQueue queue =
                new CallbackQueue(turns::add, MemoryNetwork.seeded(1).scheduler());
        queue.execute(() -> {
            throw new IllegalStateException("the program's own fault");
        });
        for (int i = 0; i < 600; i++) {
            int number = i;
            queue.execute(() -> order.add(number));
        }
        while (!turns.isEmpty()) {
            assertThat(turns).hasSize(1);
            turns.remove().run();
        }
        assertThat(order).hasSize(600).isSorted();
    }

    @Test
    void afterTheEndFuturesFailAtOnce() {
        Script script = Script.lasting();
        ChatRoom room = script.enter(0, new Ears());
        script.client().closeAsync();
        script.network.advance(Duration.ofSeconds(6));
        CompletableFuture<Receipt> late = room.say("x");
        script.network.run();
        assertThatThrownBy(late::join).hasCauseInstanceOf(ChatException.class);
    }
}
