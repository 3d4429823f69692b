package io.parley.transport.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.testkit.transport.Probe;
import io.parley.transport.Acceptor;
import io.parley.transport.Connection;
import io.parley.transport.Disconnect.Kind;
import io.parley.transport.Listening;
import io.parley.transport.Progress;
import io.parley.transport.Sink;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Connections of the memory network at the edges of their states, and the lock while callbacks run. */
class MemoryConnectionTest {
    private static final MemoryAddress SERVER = new MemoryAddress("server");

    private final MemoryNetwork network = MemoryNetwork.seeded(11);
    private final Probe client = new Probe();
    private final Probe server = new Probe();

    @Test
    void aConnectionAbortedByItsAcceptorIsNotOpened() throws IOException {
        List<Connection> connecting = new ArrayList<>();
        network.transport().listen(SERVER, remote -> {
            connecting.get(0).abort();
            return server;
        });
        connecting.add(network.transport().connect(SERVER, client));
        network.run();
        assertThat(client.isOpen()).isFalse();
        assertThat(client.kind()).isEqualTo(Kind.ABORTED);
        assertThat(server.kind()).isEqualTo(Kind.ENDED);
    }

    @Test
    void callsAfterTheEndChangeNothing() throws IOException {
        network.transport().listen(SERVER, remote -> server);
        network.transport().connect(SERVER, client);
        network.run();
        client.call(Connection::abort);
        network.run();
        for (Probe probe : List.of(client, server)) {
            Kind kind = probe.kind();
            probe.call(Connection::close);
            probe.call(Connection::abort);
            probe.call(Connection::wantWrite);
            network.run();
            assertThat(probe.kind()).isEqualTo(kind);
            assertThat(probe.breaches()).isEmpty();
        }
    }

    @Test
    void aSinkKeptAfterTheCallRefusesBytes() throws IOException {
        List<Sink> kept = new ArrayList<>();
        client.whenOpen(Connection::wantWrite).whenWritable(sink -> {
            kept.add(sink);
            return Progress.DRAINED;
        });
        network.transport().listen(SERVER, remote -> server);
        network.transport().connect(SERVER, client);
        network.run();
        assertThatThrownBy(() -> kept.get(0).write(new byte[1], 0, 1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> kept.get(0).write(new byte[1], 0, 0)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aListenerClosedTwiceLeavesALaterOneOpen() throws IOException {
        Acceptor acceptor = remote -> server;
        Listening first = network.transport().listen(SERVER, acceptor);
        first.close();
        network.transport().listen(SERVER, acceptor);
        first.close();
        network.transport().connect(SERVER, client);
        network.run();
        assertThat(server.isOpen()).isTrue();
    }

    @Test
    void noCallbackRunsUnderTheLock() throws IOException {
        List<String> called = new ArrayList<>();
        network.transport().listen(SERVER, remote -> {
            note("accept", called);
            return server;
        });
        server.whenBytes(bytes -> {
            note("onBytes", called);
            bytes.position(bytes.limit());
            server.call(Connection::close);
        });
        client.whenOpen(connection -> note("onOpen", called))
                .whenClosed(disconnect -> note("onClosed", called))
                .whenWritable(sink -> {
                    note("onWritable", called);
                    sink.write(new byte[1], 0, 1);
                    return Progress.DRAINED;
                });
        network.transport().connect(SERVER, client);
        network.run();
        client.call(Connection::wantWrite);
        network.scheduler().executor().execute(() -> note("task", called));
        network.scheduler().schedule(Duration.ZERO, () -> note("timer", called));
        network.run();
        assertThat(called)
                .containsExactlyInAnyOrder("accept", "onOpen", "onWritable", "onBytes", "onClosed", "task", "timer");
    }

    private void note(String what, List<String> called) {
        called.add(Thread.holdsLock(network.scheduler.lock) ? what + " under the lock" : what);
    }
}
