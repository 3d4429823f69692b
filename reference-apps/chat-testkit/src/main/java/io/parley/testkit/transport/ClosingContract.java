package io.parley.testkit.transport;

import static io.parley.testkit.transport.Bench.bytes;
import static io.parley.testkit.transport.Samples.MEGABYTE;
import static io.parley.testkit.transport.Samples.PING;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.testkit.transport.Bench.Link;
import io.parley.transport.Connection;
import io.parley.transport.Disconnect.Kind;
import io.parley.transport.Listening;
import io.parley.transport.Transport;
import org.junit.jupiter.api.Test;

/** Closing in order, as {@link Transport} promises it. */
public interface ClosingContract extends Benched {
    /** A close is told to the peer as an orderly end. */
    @Test
    default void close_isHeardAsAnOrderlyEndByThePeer() {
        Link link = bench().link();
        link.client().send(PING);
        link.client().call(Connection::close);
        assertThat(bench().end(link.client())).isEqualTo(Kind.CLOSED);
        assertThat(bench().end(link.server())).isEqualTo(Kind.ENDED);
        assertThat(link.server().received()).isEqualTo(PING.length);
    }

    /** A close delivers megabytes to a slow reader. */
    @Test
    default void close_flushesMegabytesToASlowReader() {
        byte[] bytes = bytes(16 * MEGABYTE, 16);
        Probe server = bench().probe().expect(bytes).whenOpen(Connection::pauseReads);
        Link link = bench().link(bench().probe(), server);
        link.client().send(bytes);
        link.client().call(Connection::close);
        bench().stays("held up", () -> !link.client().isClosed());
        server.call(Connection::resumeReads);
        assertThat(bench().end(server)).isEqualTo(Kind.ENDED);
        assertThat(server.received()).isEqualTo(bytes.length);
        assertThat(bench().end(link.client())).isEqualTo(Kind.CLOSED);
    }

    /** A close with unread input loses nothing on its way. */
    @Test
    default void close_withUnreadInputDestroysNothingInFlight() {
        byte[] answer = bytes(2 * MEGABYTE, 17);
        Probe server = bench().probe().whenOpen(Connection::pauseReads);
        Probe client = bench().probe().expect(answer);
        Link link = bench().link(client, server);
        client.send(bytes(2 * MEGABYTE, 18));
        client.call(Connection::pauseReads);
        server.send(answer);
        server.call(Connection::close);
        server.noBytesNow(true);
        bench().stays("held up", () -> !server.isClosed());
        client.call(Connection::resumeReads);
        assertThat(bench().end(link.client())).isEqualTo(Kind.ENDED);
        assertThat(client.received()).isEqualTo(answer.length);
        assertThat(bench().end(server)).isEqualTo(Kind.CLOSED);
    }

    /** Both sides may close at the same time. */
    @Test
    default void close_fromBothSidesAtOnceEndsBoth() {
        for (int round = 0; round < 20; round++) {
            byte[] bytes = bytes(10_000, round);
            Link link = bench().link(bench().probe(), bench().probe());
            link.client().send(bytes);
            link.server().send(bytes);
            link.client().call(Connection::close);
            link.server().call(Connection::close);
            assertThat(bench().end(link.client())).isIn(Kind.CLOSED, Kind.ENDED);
            assertThat(bench().end(link.server())).isIn(Kind.CLOSED, Kind.ENDED);
        }
    }

    /** A close before the connection is made delivers what was sent. */
    @Test
    default void close_beforeTheConnectionIsMadeStillFlushes() {
        Probe server = bench().probe().expect(PING);
        Listening listening = bench().listen(remote -> server);
        Probe client = bench().connect(listening.address(), bench().probe());
        client.send(PING);
        client.call(Connection::close);
        assertThat(bench().end(server)).isEqualTo(Kind.ENDED);
        assertThat(server.received()).isEqualTo(PING.length);
        assertThat(bench().end(client)).isEqualTo(Kind.CLOSED);
        assertThat(client.isOpen()).isTrue();
    }

    /** After a close no bytes are told. */
    @Test
    default void close_afterWhichNoBytesAreHeard() {
        Link link = bench().link();
        link.server().call(Connection::close);
        bench().await("the end at the peer", link.client()::isClosed);
        assertThat(bench().end(link.server())).isEqualTo(Kind.CLOSED);
        assertThat(link.client().kind()).isEqualTo(Kind.ENDED);
    }
}
