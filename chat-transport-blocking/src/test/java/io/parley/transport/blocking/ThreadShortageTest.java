package io.parley.transport.blocking;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.testkit.transport.Bench;
import io.parley.testkit.transport.Probe;
import io.parley.transport.Disconnect.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A listener where no thread can be had for a while. */
@Timeout(60)
final class ThreadShortageTest {
    @Test
    void aHandlerThatGetsNoThreadIsToldSoAndTheNextIsServed() throws IOException {
        SocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        Bench bench = Bench.of(BlockingTransport.create(), () -> anyPort);
        Probe unlucky = bench.probe();
        AtomicReference<Probe> next = new AtomicReference<>(unlucky);
        AtomicBoolean shortage = new AtomicBoolean(true);
        TransportThreads threads = new TransportThreads(task -> {
            if (shortage.getAndSet(false)) {
                throw new OutOfMemoryError("unable to create native thread");
            }
            return new Thread(task);
        });
        BlockingListening listening =
                BlockingListening.open(threads, new BlockingSockets(0, 0, null), anyPort, remote -> next.get());
        try (SocketChannel first = SocketChannel.open(listening.address())) {
            assertThat(first.read(ByteBuffer.allocate(1))).as("the end").isEqualTo(-1);
            assertThat(bench.end(unlucky)).isEqualTo(Kind.FAILED);
            assertThat(unlucky.disconnect().cause()).isInstanceOf(OutOfMemoryError.class);
            assertThat(unlucky.isOpen()).isFalse();
            next.set(bench.probe().echoing());
            bench.echoWorks(listening.address());
        } finally {
            Probe.calling(listening::close);
        }
        bench.finish();
    }
}
