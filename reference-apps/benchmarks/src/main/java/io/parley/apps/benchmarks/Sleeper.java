package io.parley.apps.benchmarks;

import io.parley.client.ChatClient;
import io.parley.client.ChatRoom;
import io.parley.client.Message;
import io.parley.client.Receipt;
import io.parley.client.RoomListener;
import io.parley.transport.Transport;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A member that can stop reading. It uses the whole client: its callbacks block, so the client reads no bytes, so the
 * server cannot write.
 */
final class Sleeper implements RoomListener, AutoCloseable {
    private final ExecutorService callbacks = Executors.newSingleThreadExecutor();
    private final ChatClient client;
    private final ChatRoom room;
    private final List<CompletableFuture<Receipt>> said = new ArrayList<>();
    private volatile @Nullable CountDownLatch asleep;
    private volatile long lastSeq;
    private final AtomicLong received = new AtomicLong();
    private final AtomicLong disorder = new AtomicLong();
    private final AtomicLong lost = new AtomicLong();
    private volatile String lostRanges = "";

    Sleeper(Transport transport, SocketAddress server, String roomName) {
        client = ChatClient.builder()
                .name("sleeper")
                .reconnect(false)
                .executor(callbacks)
                .connect(transport, server);
        room = client.enterAsync(roomName, 0, this).join();
    }

    /** Sends a few messages and stops reading at once. */
    void sleep(int messages) {
        asleep = new CountDownLatch(1);
        speak(messages);
    }

    void speak(int messages) {
        for (int i = 0; i < messages; i++) {
            said.add(room.say("from the sleeper, number " + i));
        }
    }

    void wakeUp() {
        CountDownLatch latch = asleep;
        asleep = null;
        if (latch != null) {
            latch.countDown();
        }
    }

    @Override
    public void onMessage(Message message) {
        CountDownLatch latch = asleep;
        if (latch != null) {
            await(latch);
        }
        saw(message.seq(), message.seq());
        received.incrementAndGet();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void saw(long from, long to) {
        if (lastSeq != 0 && from != lastSeq + 1) {
            disorder.incrementAndGet();
        }
        lastSeq = to;
    }

    @Override
    public void onLost(long fromSeq, long toSeq) {
        saw(fromSeq, toSeq);
        lost.addAndGet(toSeq - fromSeq + 1);
        lostRanges = lostRanges + " " + fromSeq + "-" + toSeq;
    }

    long lastSeq() {
        return lastSeq;
    }

    /** The result in one line. */
    String report() {
        long done = said.stream().filter(CompletableFuture::isDone).count();
        long failed = said.stream()
                .filter(CompletableFuture::isCompletedExceptionally)
                .count();
        return String.format(
                "%,d received, %,d lost (%s), %d breaks in the numbers; of %d says %d answered, %d of them refused",
                received.get(), lost.get(), lostRanges.trim(), disorder.get(), said.size(), done, failed);
    }

    @Override
    public void close() {
        client.close();
        callbacks.shutdown();
    }
}
