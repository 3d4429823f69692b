package io.parley.transport.blocking;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class TransportThreadsTest {
    @Test
    void connectionsGetVirtualThreadsWhereTheJvmHasThem() {
        Thread reader = new TransportThreads(false).reader(() -> {});
        assertThat(isVirtual(reader)).isEqualTo(Runtime.version().feature() >= 21);
        assertThat(reader.getName()).isEqualTo("parley-reader-1");
        assertThat(reader.isDaemon()).isTrue();
    }

    @Test
    void platformThreadsCanBeDemanded() {
        Thread writer = new TransportThreads(true).writer(() -> {});
        assertThat(isVirtual(writer)).isFalse();
        assertThat(writer.getName()).isEqualTo("parley-writer-1");
        assertThat(writer.isDaemon()).isTrue();
    }

    @Test
    void acceptorsKeepTheProcessAlive() {
        Thread acceptor = new TransportThreads(false).acceptor(() -> {});
        assertThat(isVirtual(acceptor)).isFalse();
        assertThat(acceptor.isDaemon()).isFalse();
    }

    private static boolean isVirtual(Thread thread) {
        return thread.toString().startsWith("VirtualThread");
    }
}
