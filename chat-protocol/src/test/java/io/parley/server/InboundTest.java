package io.parley.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.codec.Bytes;
import io.parley.model.UserRef;
import io.parley.policy.ChatPolicy;
import io.parley.transport.Connection;
import io.parley.wire.Join;
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
    private static final int FRAMES_A_READ = 100;
    private static final ByteBuffer READ = read();

    /** Called with each frame that is handled. */
    private Runnable onFrame = () -> {};

    private int handled; // by one thread at a time, as the session sees to

    private final Script script = new Script(builder -> builder.policy(new ChatPolicy() {
        @Override
        public Decision join(UserRef user, String room) {
            handled++;
            onFrame.run();
            return Decision.denied("");
        }
    }));
    private final Link link = new Link();

    private static ByteBuffer read() {
        Bytes frame = Bytes.of(new Join(1, "a", null, 0, "").toBytes());
        ByteBuffer read = ByteBuffer.allocate(FRAMES_A_READ * frame.length());
        for (int i = 0; i < FRAMES_A_READ; i++) {
            read.put(frame.asReadOnlyBuffer());
        }
        return read.flip();
    }

    private ServerSession session() {
        ServerSession session = new ServerSession(script.server, Script.ADDRESS);
        session.onOpen(link);
        session.onBytes(ByteBuffer.wrap(Script.bytes(Script.PREFACE, Script.hello("alice"))));
        script.network.run();
        return session;
    }

    /** A transport that reads as soon as it may, while what it read before is handled. */
    @Test
    void overTheRateNoMoreIsHeldThanOneRead() {
        ServerSession session = session();
        AtomicInteger sent = new AtomicInteger();
        AtomicInteger mostHeld = new AtomicInteger();
        AtomicBoolean delivering = new AtomicBoolean();
        Runnable transport = () -> {
            if (link.reading && delivering.compareAndSet(false, true)) {
                sent.addAndGet(FRAMES_A_READ);
                session.onBytes(READ.duplicate());
                delivering.set(false);
                link.onResume.run();
            }
        };
        onFrame = () -> {
            transport.run();
            mostHeld.accumulateAndGet(sent.get() - handled, Math::max);
        };
        link.onResume = () -> script.network.scheduler().schedule(Duration.ZERO, transport);
        transport.run();
        script.network.advance(Duration.ofSeconds(5));
        assertThat(handled).isBetween(1_450, 1_550);
        assertThat(mostHeld).hasValueLessThanOrEqualTo(FRAMES_A_READ);
    }

    /** Whoever opens the gate, and however that and reading race, reading goes on. */
    @Test
    void noWakeUpIsLost() throws Exception {
        ServerSession session = session();
        int reads = 9; // within the burst
        AtomicInteger most = new AtomicInteger();
        AtomicInteger sent = new AtomicInteger();
        CompletableFuture<Void> all = new CompletableFuture<>();
        onFrame = () -> {
            most.accumulateAndGet(sent.get() - handled, Math::max);
            if (handled == reads * FRAMES_A_READ) {
                all.complete(null);
            }
        };
        CompletableFuture<Void> transport = CompletableFuture.runAsync(() -> {
            while (sent.get() < reads * FRAMES_A_READ) {
                if (link.reading) {
                    sent.addAndGet(FRAMES_A_READ);
                    session.onBytes(READ.duplicate());
                }
                Thread.onSpinWait();
            }
        });
        while (!transport.isDone()) {
            session.gate().close(ReadGate.Reason.OUTBOX);
            Thread.onSpinWait();
            session.gate().open(ReadGate.Reason.OUTBOX);
        }
        transport.get(10, TimeUnit.SECONDS);
        all.get(10, TimeUnit.SECONDS);
        assertThat(link.reading).isTrue();
        assertThat(most).as("held, and on their way").hasValueLessThanOrEqualTo(3 * FRAMES_A_READ);
    }

    /** A connection of which only reading matters. */
    private static final class Link implements Connection {
        volatile boolean reading = true;
        volatile Runnable onResume = () -> {};

        @Override
        public SocketAddress remoteAddress() {
            return Script.ADDRESS;
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
