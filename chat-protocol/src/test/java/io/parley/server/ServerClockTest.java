package io.parley.server;

import static io.parley.server.Script.PREFACE;
import static io.parley.server.Script.hello;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.gateway.GatewayOptions;
import io.parley.model.ErrorCode;
import io.parley.model.Verdict;
import io.parley.testkit.chat.Peer;
import io.parley.transport.Disconnect;
import io.parley.transport.Scheduler;
import io.parley.transport.memory.MemoryNetwork;
import io.parley.wire.Failed;
import io.parley.wire.Nick;
import io.parley.wire.Ping;
import io.parley.wire.Pong;
import io.parley.wire.ServerFrame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * What the server does as time goes by.
 *
 * <p>(A little over 300 lines, since the scheduler that stands still is of no use to others.)
 */
class ServerClockTest {
    private static final Duration HEARTBEAT = GatewayOptions.DEFAULT.heartbeat();

    private static Failed last(List<ServerFrame> frames) {
        assertThat(frames).isNotEmpty();
        assertThat(frames.get(frames.size() - 1)).isInstanceOf(Failed.class);
        return (Failed) frames.get(frames.size() - 1);
    }

    @Test
    void pingsAfterSilenceAndDropsAfterTwice() {
        Script script = new Script();
        Peer<ServerFrame> peer = script.guest("alice");
        assertThat(script.advance(peer, HEARTBEAT)).isEmpty();
        assertThat(script.advance(peer, Duration.ofSeconds(1))).containsExactly(new Ping(0));
        assertThat(script.advance(peer, HEARTBEAT.minusSeconds(2))).isEmpty();
        assertThat(last(script.advance(peer, Duration.ofSeconds(2))).code()).isEqualTo(ErrorCode.IDLE);
        assertThat(peer.disconnect()).isEqualTo(Disconnect.of(Disconnect.Kind.ENDED));
        assertThat(script.server.connections()).isZero();
    }

    @Test
    void aProgramThatStoodStillBlamesNobody() {
        MemoryNetwork network = MemoryNetwork.seeded(7);
        Standing clock = new Standing(network.scheduler());
        Script script = new Script(network, builder -> builder.scheduler(clock));
        Peer<ServerFrame> stranger = script.stranger();
        Peer<ServerFrame> alice = script.guest("alice");
        clock.standStill(Duration.ofHours(1));
        assertThat(script.advance(alice, HEARTBEAT.minusSeconds(1))).isEmpty();
        assertThat(stranger.isOver()).as("came in slowly, by now").isTrue();
        assertThat(script.advance(alice, Duration.ofSeconds(2))).containsExactly(new Ping(0));
        clock.standStill(Duration.ofHours(1));
        assertThat(script.advance(alice, HEARTBEAT.minusSeconds(2))).isEmpty();
        assertThat(last(script.advance(alice, Duration.ofSeconds(3))).code()).isEqualTo(ErrorCode.IDLE);
    }

    /** A scheduler whose program is stopped now and then, and its clock is not. */
    private static final class Standing implements Scheduler {
        private final Scheduler scheduler;
        private long stood;

        Standing(Scheduler scheduler) {
            this.scheduler = scheduler;
        }

        void standStill(Duration time) {
            stood += time.toNanos();
        }

        @Override
        public long nanoTime() {
            return scheduler.nanoTime() + stood;
        }

        @Override
        public long epochMillis() {
            return scheduler.epochMillis() + TimeUnit.NANOSECONDS.toMillis(stood);
        }

        @Override
        public Timeout schedule(Duration delay, Runnable task) {
            return scheduler.schedule(delay, task);
        }

        @Override
        public Executor executor() {
            return scheduler.executor();
        }

        @Override
        public boolean await(CompletableFuture<?> future, Duration timeout) throws InterruptedException {
            return scheduler.await(future, timeout);
        }
    }

    /** Each tick looks at some of the sessions only. */
    @Test
    void aCrowdIsPingedInTimeAndOnlyWhoAnswersStays() {
        Script script = new Script();
        List<Peer<ServerFrame>> crowd = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            crowd.add(script.guest("guest" + i));
        }
        for (int round = 0; round < 3; round++) {
            script.network.advance(HEARTBEAT.plusSeconds(2));
            for (Peer<ServerFrame> peer : crowd) {
                assertThat(peer.take()).containsExactly(new Ping(0));
                peer.send(new Pong(0));
            }
            script.network.run();
        }
        List<Peer<ServerFrame>> silent = crowd.subList(0, 25);
        script.network.advance(HEARTBEAT.plusSeconds(2));
        crowd.subList(25, 100).forEach(peer -> peer.send(new Pong(0)));
        script.network.run();
        script.network.advance(HEARTBEAT);
        assertThat(silent).allMatch(Peer::isOver);
        assertThat(crowd.subList(25, 100)).noneMatch(Peer::isOver);
        assertThat(script.server.connections()).isEqualTo(75);
    }

    /** However many there are: nobody is dropped before it was asked. */
    @Test
    void shortTimesAreKeptToInACrowd() {
        GatewayOptions brisk =
                GatewayOptions.builder().heartbeat(Duration.ofSeconds(1)).build();
        Script script = new Script(builder -> builder.options(brisk));
        List<Peer<ServerFrame>> crowd = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            crowd.add(script.guest("guest" + i));
        }
        script.network.advance(Duration.ofMillis(1_500));
        assertThat(crowd).allMatch(peer -> peer.take().equals(List.of(new Ping(0))));
    }

    @Test
    void anyByteIsASignOfLife() {
        Script script = new Script();
        Peer<ServerFrame> peer = script.guest("alice");
        for (int i = 0; i < 10; i++) {
            assertThat(script.advance(peer, HEARTBEAT.plusSeconds(5))).containsExactly(new Ping(0));
            peer.send(new Pong(0));
        }
        script.network.run();
        for (int i = 0; i < 10; i++) {
            assertThat(script.advance(peer, HEARTBEAT.minusSeconds(5))).isEmpty();
            peer.sendBytes(Script.frame(0xff));
        }
        assertThat(peer.isOver()).isFalse();
    }

    @Test
    void aFrameThatHasBegunHasADeadline() {
        Script script = new Script();
        Peer<ServerFrame> peer = script.guest("alice");
        byte[] nick = new Nick(1, "Alexander").toBytes();
        for (int i = 0; i < nick.length - 1 && !peer.isOver(); i++) {
            peer.sendBytes(new byte[] {nick[i]});
            script.network.advance(Duration.ofSeconds(1));
        }
        Failed failed = last(peer.take());
        assertThat(failed.id()).isZero();
        assertThat(failed.code()).isIn(ErrorCode.IDLE, ErrorCode.TIMEOUT);
        assertThat(peer.isOver()).isTrue();
    }

    /** WIRE.md, in its table of limits: over the time of one frame begun comes IDLE, and the connection ends. */
    @Test
    void theFrameDeadlineHasTheCodeOfTheSpecification() {
        Script script = new Script();
        Peer<ServerFrame> peer = script.guest("alice");
        script.network.advance(Duration.ofSeconds(1));
        peer.sendBytes(new byte[] {1});
        Failed failed = last(script.advance(peer, Duration.ofSeconds(11)));
        assertThat(ErrorCode.name(failed.code())).isEqualTo("IDLE");
        assertThat(ErrorCode.verdict(failed.code())).isEqualTo(Verdict.RECONNECT);
    }

    @Test
    void eachFrameHasADeadlineOfItsOwn() {
        Script script = new Script();
        Peer<ServerFrame> peer = script.guest("alice");
        byte[] ping = new Ping(3).toBytes();
        byte[] stream = Script.bytes(ping, ping, ping, ping, ping, ping);
        // Always in the middle of a frame, yet none takes longer than it may.
        for (int from = 0; from < stream.length; from += ping.length) {
            int start = Math.max(0, from - 2);
            peer.sendBytes(Arrays.copyOfRange(stream, start, Math.min(stream.length, from + ping.length - 2)));
            script.network.advance(Duration.ofSeconds(6));
        }
        assertThat(peer.take()).hasSize(5).containsOnly(new Pong(3));
        assertThat(peer.isOver()).isFalse();
    }

    @Test
    void pausedReadsAreNoSilence() {
        GatewayOptions slow = GatewayOptions.DEFAULT.toBuilder()
                .requestsPerSecond(1)
                .burstRequests(10)
                .build();
        Script script = new Script(builder -> builder.options(slow));
        Peer<ServerFrame> peer = script.guest("alice");
        for (int i = 1; i <= 200; i++) {
            peer.send(new Ping(i));
        }
        script.network.run();
        assertThat(peer.take()).hasSizeLessThan(12);
        // Everything is sent and the peer says nothing more, but it is the server that does not read.
        List<ServerFrame> frames = script.advance(peer, Duration.ofSeconds(195));
        assertThat(peer.isOver()).isFalse();
        assertThat(frames.stream().filter(Pong.class::isInstance)).hasSizeGreaterThan(185);
        assertThat(frames.stream().filter(Failed.class::isInstance)).isEmpty();
    }

    @Test
    void whoTakesNoByteIsDropped() {
        MemoryNetwork network = MemoryNetwork.builder().maxInFlightBytes(97).build();
        Script script = new Script(network, builder -> builder.options(GatewayOptions.DEFAULT));
        Peer<ServerFrame> peer = script.guest("alice");
        peer.pauseReads();
        for (int i = 0; i < 100; i++) {
            peer.send(new Ping(1L << 40));
        }
        network.run();
        for (int i = 0; i < 35; i++) {
            peer.send(new Ping(1)); // it speaks, so it is not silence that ends it
            network.advance(Duration.ofSeconds(1));
        }
        assertThat(script.server.connections()).isZero();
    }

    /** The last turn of the writer may end with everything handed over and the link full to the last byte. */
    @Test
    void whoTakesNoByteIsDroppedAlsoWhenTheLinkIsJustFull() {
        int pongs = 60; // of five bytes each
        MemoryNetwork network =
                MemoryNetwork.builder().maxInFlightBytes(5 * pongs).build();
        Script script = new Script(network, builder -> builder);
        Peer<ServerFrame> peer = script.guest("alice");
        peer.pauseReads();
        for (int i = 0; i < pongs; i++) {
            peer.send(new Ping(0));
            network.run();
        }
        for (int i = 0; i < 60; i++) {
            peer.send(new Ping(0));
            network.advance(Duration.ofSeconds(1));
        }
        assertThat(script.server.connections()).isZero();
    }

    @Test
    void aSlowButSteadyReaderIsNotDropped() {
        MemoryNetwork network = MemoryNetwork.builder().maxInFlightBytes(64).build();
        Script script = new Script(network, builder -> builder);
        Peer<ServerFrame> peer = script.guest("alice");
        peer.pauseReads();
        for (int i = 0; i < 100; i++) {
            peer.send(new Ping(1L << 40));
        }
        for (int i = 0; i < 20; i++) {
            peer.send(new Ping(0));
            network.advance(Duration.ofSeconds(20));
            long before = peer.bytesRead();
            peer.resumeReads();
            while (peer.bytesRead() == before) {
                assertThat(network.step()).isTrue();
            }
            peer.pauseReads();
        }
        assertThat(peer.isOver()).isFalse();
        peer.resumeReads();
        network.run();
        assertThat(peer.take().stream().filter(Pong.class::isInstance)).hasSize(120);
    }

    @Test
    void theLoginDeadlineDoesNotGoOnAfterLogin() {
        Script script = new Script();
        Peer<ServerFrame> peer = script.stranger();
        script.network.advance(Duration.ofSeconds(9));
        peer.sendBytes(PREFACE).send(hello("alice"));
        script.network.advance(Duration.ofSeconds(15));
        assertThat(peer.isOver()).isFalse();
    }
}
