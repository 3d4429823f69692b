package io.parley.testkit.transport;

import static io.parley.testkit.transport.Bench.bytes;
import static io.parley.testkit.transport.Probe.calling;
import static io.parley.testkit.transport.Samples.PING;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.testkit.transport.Bench.Link;
import io.parley.transport.Connection;
import io.parley.transport.Disconnect.Kind;
import io.parley.transport.Listening;
import io.parley.transport.Transport;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Connecting and listening, as {@link Transport} promises it. */
public interface ListeningContract extends Benched {
    /** A connection that is aborted at once is closed alone. */
    @Test
    default void connect_abortedAtOnceIsClosedAlone() {
        Listening listening = bench().listen(remote -> bench().probe());
        for (int round = 0; round < 20; round++) {
            Probe client = bench().probe();
            bench().connect(listening.address(), client);
            client.call(Connection::abort);
            assertThat(bench().end(client)).isEqualTo(Kind.ABORTED);
        }
    }

    /** A closed listener accepts nobody, and its connections go on. */
    @Test
    default void listen_closedTakesNobodyMoreAndLeavesTheOthersAlone() {
        Link link = bench().link(bench().probe(), bench().probe().echoing());
        calling(link.listening()::close);
        calling(link.listening()::close);
        Probe late = bench().connect(link.listening().address(), bench().probe());
        assertThat(bench().end(late)).isEqualTo(Kind.FAILED);
        link.client().send(PING);
        bench().await("the echo", () -> link.client().received() == PING.length);
    }

    /** An address can be used again at once. */
    @Test
    default void listen_againAtTheSameAddressAtOnce() {
        SocketAddress address = bench().listen(remote -> null).address();
        bench().finish();
        for (int round = 0; round < 5; round++) {
            Listening listening =
                    bench().listen(address, remote -> bench().probe().echoing());
            assertThat(listening.address()).isEqualTo(address);
            Probe stays = bench().connect(address, bench().probe());
            bench().echoWorks(address);
            bench().await("open", stays::isOpen);
            calling(listening::close);
        }
    }

    /** A listener that is closed inside a callback frees its address at once. */
    @Test
    default void listen_closedInsideACallbackFreesTheAddressAtOnce() {
        AtomicReference<Listening> listening = new AtomicReference<>();
        AtomicReference<Listening> again = new AtomicReference<>();
        Probe server = bench().probe().whenBytes(bytes -> {
            bytes.position(bytes.limit());
            Listening old = requireNonNull(listening.get());
            calling(old::close);
            again.set(bench().listen(old.address(), remote -> bench().probe().echoing()));
        });
        Listening first = bench().listen(remote -> server);
        listening.set(first);
        Probe client = bench().connect(first.address(), bench().probe());
        client.send(PING);
        bench().await("a new listener", () -> again.get() != null);
        bench().echoWorks(requireNonNull(again.get()).address());
    }

    /** Listening at an address in use fails. */
    @Test
    default void listen_atATakenAddressIsRefused() {
        Listening listening = bench().listen(remote -> bench().probe().echoing());
        assertThatThrownBy(() -> bench().transport().listen(listening.address(), remote -> null))
                .isInstanceOf(IOException.class);
        bench().echoWorks(listening.address());
    }

    /** Three hundred connections work at the same time. */
    @Test
    default void manyConnectionsAtOnceAllWork() {
        int count = 300;
        byte[] bytes = bytes(2000, 19);
        Listening listening = bench().listen(remote -> bench().probe().echoing());
        List<Probe> clients = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Probe client = bench().connect(listening.address(), bench().probe().expect(bytes));
            client.send(bytes);
            clients.add(client);
        }
        bench().await("every echo", () -> clients.stream().allMatch(client -> client.received() == bytes.length));
        clients.forEach(client -> client.call(Connection::close));
        clients.forEach(client -> assertThat(bench().end(client)).isEqualTo(Kind.CLOSED));
    }

    /** No descriptor is left open, and the transport can be used again. */
    @Test
    default void nothingIsLeftOpenAndTheTransportCanBeUsedAgain() {
        round(0);
        round(1);
        long before = Bench.descriptors();
        for (int round = 2; round < 12; round++) {
            round(round);
        }
        bench().await("the descriptors to be closed", () -> Bench.descriptors() <= before);
    }

    private void round(int seed) {
        Listening listening = bench().listen(remote -> bench().probe().echoing());
        for (int i = 0; i < 5; i++) {
            bench().echoWorks(listening.address());
        }
        Probe client = bench().connect(listening.address(), bench().probe());
        client.send(bytes(1000, seed));
        client.call(Connection::close);
        assertThat(bench().end(client)).isIn(Kind.CLOSED, Kind.FAILED);
        bench().finish();
    }
}
