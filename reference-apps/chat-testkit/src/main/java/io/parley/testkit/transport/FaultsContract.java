package io.parley.testkit.transport;

import static io.parley.testkit.transport.Bench.bytes;
import static io.parley.testkit.transport.Samples.PING;
import static io.parley.testkit.transport.Samples.endless;
import static io.parley.testkit.transport.Samples.fail;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.testkit.transport.Bench.Link;
import io.parley.transport.Connection;
import io.parley.transport.Disconnect.Kind;
import io.parley.transport.Listening;
import io.parley.transport.Progress;
import io.parley.transport.Transport;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Rule 6 of {@link Transport}: what handlers, acceptors and peers do wrong. */
public interface FaultsContract extends Benched {
    /** Rule 6: a handler that throws in {@code onOpen} loses only its own connection. */
    @Test
    default void rule6_aHandlerThatThrowsInOnOpenCostsItsConnectionOnly() {
        costsItsConnectionOnly(probe -> probe.whenOpen(open -> fail(new IllegalStateException("onOpen"))));
    }

    /** Rule 6: a handler that throws in {@code onBytes} loses only its own connection. */
    @Test
    default void rule6_aHandlerThatThrowsInOnBytesCostsItsConnectionOnly() {
        costsItsConnectionOnly(probe -> probe.whenBytes(bytes -> fail(new AssertionError("onBytes"))));
    }

    /** Rule 6: a handler that throws in {@code onWritable} loses only its own connection. */
    @Test
    default void rule6_aHandlerThatThrowsInOnWritableCostsItsConnectionOnly() {
        costsItsConnectionOnly(probe -> probe.whenOpen(Connection::wantWrite).whenWritable(sink -> {
            sink.write(PING, 0, PING.length);
            fail(new OutOfMemoryError("onWritable, not a real one"));
            return Progress.DRAINED;
        }));
    }

    /** Rule 6: a handler that overflows the stack loses only its own connection. */
    @Test
    default void rule6_aHandlerThatOverflowsTheStackCostsItsConnectionOnly() {
        costsItsConnectionOnly(probe -> probe.whenBytes(bytes -> endless(1)));
    }

    /** Rule 6: a handler that returns null loses only its own connection. */
    @Test
    default void rule6_aHandlerThatAnswersNullCostsItsConnectionOnly() {
        costsItsConnectionOnly(probe -> probe.whenOpen(Connection::wantWrite).whenWritable(sink -> null));
    }

    /** Rule 6: a handler that throws in {@code onClosed} does no harm. */
    @Test
    default void rule6_aHandlerThatThrowsInOnClosedHarmsNobody() {
        Probe bad = bench().probe().whenClosed(why -> fail(new IllegalStateException("onClosed")));
        AtomicReference<Probe> next = new AtomicReference<>(bad);
        Listening listening = bench().listen(remote -> nextOr(next));
        Probe client = bench().connect(listening.address(), bench().probe());
        bench().await("open", bad::isOpen);
        client.call(Connection::close);
        assertThat(bench().end(bad)).isEqualTo(Kind.ENDED);
        bench().echoWorks(listening.address());
    }

    /** Rule 6: a callback that leaves its thread interrupted does no harm. */
    @Test
    default void rule6_callbacksThatLeaveTheirThreadInterruptedHarmNobody() {
        Probe server = bench().probe();
        server.whenOpen(connection -> Thread.currentThread().interrupt())
                .whenBytes(bytes -> {
                    byte[] copy = new byte[bytes.remaining()];
                    bytes.get(copy);
                    server.send(copy);
                    Thread.currentThread().interrupt();
                })
                .whenWritable(sink -> {
                    Progress progress = server.sendOutgoing(sink);
                    Thread.currentThread().interrupt();
                    return progress;
                });
        AtomicReference<Probe> next = new AtomicReference<>(server);
        try {
            Listening listening = bench().listen(remote -> {
                Thread.currentThread().interrupt();
                return nextOr(next);
            });
            Probe client = bench().connect(listening.address(), bench().probe());
            for (int n = 1; n <= 3; n++) {
                int all = n * PING.length;
                client.send(PING);
                bench().await("an echo", () -> client.received() == all);
            }
            bench().echoWorks(listening.address());
            client.call(Connection::close);
            assertThat(bench().end(server)).isEqualTo(Kind.ENDED);
        } finally {
            Thread.interrupted(); // where the test's thread is the transport's
        }
    }

    private void costsItsConnectionOnly(Consumer<Probe> badness) {
        Probe good = bench().probe().echoing();
        Link bystander = bench().link(bench().probe(), good);
        Probe bad = bench().probe();
        badness.accept(bad);
        AtomicReference<Probe> next = new AtomicReference<>(bad);
        Listening listening = bench().listen(remote -> nextOr(next));
        Probe client = bench().connect(listening.address(), bench().probe());
        client.send(PING);
        assertThat(bench().end(bad)).isEqualTo(Kind.HANDLER_FAILED);
        assertThat(bad.disconnect().cause()).isNotNull();
        assertThat(bench().end(client)).isIn(Kind.ENDED, Kind.FAILED, Kind.TRUNCATED);
        bench().echoWorks(listening.address());
        bystander.client().send(PING);
        bench().await("the bystander's echo", () -> bystander.client().received() == PING.length);
    }

    /** The probe prepared for the first connection, then one that echoes. */
    private Probe nextOr(AtomicReference<Probe> first) {
        Probe probe = first.getAndSet(null);
        return probe != null ? probe : bench().probe().echoing();
    }

    /** Rule 6: connecting to an address where nobody listens fails for this connection only. */
    @Test
    default void rule6_aNameThatNobodyListensAtFailsAlone() {
        Listening listening = bench().listen(remote -> null);
        listening.close();
        Probe client = bench().connect(listening.address(), bench().probe());
        client.send(PING);
        assertThat(bench().end(client)).isEqualTo(Kind.FAILED);
        assertThat(client.disconnect().cause()).isInstanceOf(IOException.class);
        assertThat(client.isOpen()).isFalse();
        assertThat(client.connection().remoteAddress()).isEqualTo(listening.address());
    }

    /** Rule 6: an acceptor may refuse a connection. */
    @Test
    default void rule6_anAcceptorMayDecline() {
        AtomicReference<Probe> first = new AtomicReference<>();
        AtomicInteger asked = new AtomicInteger();
        Listening listening = bench().listen(remote -> asked.getAndIncrement() == 0 ? null : nextOr(first));
        Probe client = bench().connect(listening.address(), bench().probe());
        assertThat(bench().end(client)).isIn(Kind.ENDED, Kind.FAILED, Kind.TRUNCATED);
        bench().echoWorks(listening.address());
    }

    /** Rule 6: an acceptor that throws does no harm. */
    @Test
    default void rule6_anAcceptorThatThrowsHarmsNobody() {
        AtomicReference<Probe> first = new AtomicReference<>();
        AtomicInteger asked = new AtomicInteger();
        Listening listening = bench().listen(remote -> {
            if (asked.getAndIncrement() == 0) {
                fail(new AssertionError("acceptor"));
            }
            return nextOr(first);
        });
        Probe client = bench().connect(listening.address(), bench().probe());
        assertThat(bench().end(client)).isIn(Kind.ENDED, Kind.FAILED, Kind.TRUNCATED);
        bench().echoWorks(listening.address());
    }

    /** Rule 6: a reset is told as a failure and not as an orderly end. */
    @Test
    default void rule6_aResetIsAFailureAndNoOrderlyEnd() {
        Probe server = bench().probe();
        bench().resetBy(server);
        assertThat(bench().end(server)).isIn(broken());
        assertThat(server.received()).isZero();
    }

    /** How a connection that broke may be told: under TLS a stream that broke off is a kind of its own. */
    private List<Kind> broken() {
        return bench().transport().isEncrypted() ? List.of(Kind.FAILED, Kind.TRUNCATED) : List.of(Kind.FAILED);
    }

    /** Rule 6: a writer is told that its peer is gone. */
    @Test
    default void rule6_aWriterWhosePeerIsGoneIsTold() {
        byte[] block = bytes(32 * 1024, 20);
        Probe client = bench().probe().whenOpen(Connection::pauseReads).whenWritable(sink -> {
            sink.write(block, 0, block.length);
            return Progress.MORE;
        });
        Link link = bench().link(client, bench().probe());
        link.server().call(Connection::abort);
        bench().end(link.server());
        client.call(Connection::wantWrite);
        assertThat(bench().end(client)).isIn(broken());
    }
}
