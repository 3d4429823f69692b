package io.parley.gateway;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.room.Hub;
import io.parley.transport.Connection;
import io.parley.transport.memory.MemoryAddress;
import io.parley.transport.memory.MemoryNetwork;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a session holds back of what a transport reads while its frames are handled on another thread. */
class InboundTest {
    private static final int REQUESTS_A_READ = 100;
    private static final ByteBuffer READ = ByteBuffer.allocate(REQUESTS_A_READ);
    private static final MemoryAddress ADDRESS = new MemoryAddress("client");

    /** Called with each request that is handled. */
    private Runnable onRequest = () -> {};

    private int handled; // by one thread at a time, as the connection sees to

    private final MemoryNetwork network = MemoryNetwork.seeded(7);
    private final ByteGateway gateway = new ByteGateway();
    private final Connections connections =
            ByteGateway.connections(Hub.builder().build(), network);
    private final Link link = new Link();

    private Attachment attachment() {
        Attachment attachment =
                (Attachment) requireNonNull(connections.acceptor(gateway).accept(ADDRESS));
        gateway.onRequest = () -> {
            handled++;
            onRequest.run();
        };
        connections.start();
        attachment.onOpen(link);
        attachment.onBytes(ByteBuffer.wrap(new byte[] {ByteGateway.LOGIN}));
        network.run();
        return attachment;
    }

    /** A transport that reads as soon as it may, while what it read before is handled. */
    @Test
    void overTheRateNoMoreIsHeldThanOneRead() {
        Attachment attachment = attachment();
        AtomicInteger sent = new AtomicInteger();
        AtomicInteger mostHeld = new AtomicInteger();
        AtomicBoolean delivering = new AtomicBoolean();
        Runnable transport = () -> {
            if (link.reading && delivering.compareAndSet(false, true)) {
                sent.addAndGet(REQUESTS_A_READ);
                attachment.onBytes(READ.duplicate());
                delivering.set(false);
                link.onResume.run();
            }
        };
        onRequest = () -> {
            transport.run();
            mostHeld.accumulateAndGet(sent.get() - handled, Math::max);
        };
        link.onResume = () -> network.scheduler().schedule(Duration.ZERO, transport);
        transport.run();
        network.advance(Duration.ofSeconds(5));
        assertThat(handled).isBetween(1_450, 1_550);
        assertThat(mostHeld).hasValueLessThanOrEqualTo(REQUESTS_A_READ);
    }

    /** Whoever opens the gate, and however that and reading race, reading goes on. */
    @Test
    void noWakeUpIsLost() throws Exception {
        Attachment attachment = attachment();
        int reads = 9; // within the burst
        AtomicInteger most = new AtomicInteger();
        AtomicInteger sent = new AtomicInteger();
        CompletableFuture<Void> all = new CompletableFuture<>();
        onRequest = () -> {
            most.accumulateAndGet(sent.get() - handled, Math::max);
            if (handled == reads * REQUESTS_A_READ) {
                all.complete(null);
            }
        };
        CompletableFuture<Void> transport = CompletableFuture.runAsync(() -> {
            while (sent.get() < reads * REQUESTS_A_READ) {
                if (link.reading) {
                    sent.addAndGet(REQUESTS_A_READ);
                    attachment.onBytes(READ.duplicate());
                }
                Thread.onSpinWait();
            }
        });
        while (!transport.isDone()) {
            attachment.gate().close(ReadGate.Reason.OUTBOX);
            Thread.onSpinWait();
            attachment.gate().open(ReadGate.Reason.OUTBOX);
        }
        transport.get(10, TimeUnit.SECONDS);
        all.get(10, TimeUnit.SECONDS);
        assertThat(link.reading).isTrue();
        assertThat(most).as("held, and on their way").hasValueLessThanOrEqualTo(3 * REQUESTS_A_READ);
    }

    /** A connection of which only reading matters. */
    private static final class Link implements Connection {
        volatile boolean reading = true;
        volatile Runnable onResume = () -> {};

        @Override
        public SocketAddress remoteAddress() {
            return ADDRESS;
        }

        @Override
        public void wantWrite() {}

        @Override
        public void pauseReads() {
            reading = false;
        }

        @Override
        public void resumeReads() {
            reading = true;
            onResume.run();
        }

        @Override
        public void close() {}

        @Override
        public void abort() {}
    }
}
