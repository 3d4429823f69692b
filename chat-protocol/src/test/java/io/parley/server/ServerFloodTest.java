package io.parley.server;

import static io.parley.server.Script.say;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.AdditionalAnswers.delegatesTo;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;

import io.parley.gateway.GatewayOptions;
import io.parley.journal.Journal;
import io.parley.model.NamePolicy;
import io.parley.model.UserRef;
import io.parley.policy.Answer;
import io.parley.policy.ChatPolicy;
import io.parley.policy.Decision;
import io.parley.testkit.chat.HeldJournal;
import io.parley.testkit.chat.Peer;
import io.parley.transport.Scheduler;
import io.parley.transport.memory.MemoryNetwork;
import io.parley.wire.History;
import io.parley.wire.HistoryPage;
import io.parley.wire.Join;
import io.parley.wire.Joined;
import io.parley.wire.Message;
import io.parley.wire.Ping;
import io.parley.wire.Pong;
import io.parley.wire.RoomSnapshot;
import io.parley.wire.ServerFrame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Peers that send much, or ask much and do not read. */
class ServerFloodTest {
    private static final GatewayOptions UNHURRIED = GatewayOptions.DEFAULT.toBuilder()
            .requestsPerSecond(1_000_000)
            .burstRequests(1_000_000)
            .build();

    private static Script tight(MemoryNetwork network, Journal journal, GatewayOptions options) {
        Script script = new Script(network, builder -> builder.journal(journal).options(options));
        script.server.hub().room("lobby");
        for (int i = 0; i < 100; i++) {
            script.server.say("lobby", "x".repeat(10_000));
        }
        network.run();
        return script;
    }

    @Test
    void answersThatNobodyReadsAreBoundedAndReadsPause() {
        HeldJournal journal = new HeldJournal();
        MemoryNetwork network = MemoryNetwork.builder().maxInFlightBytes(4_096).build();
        Script script = tight(network, journal, UNHURRIED);
        Peer<ServerFrame> peer = script.guest("alice");
        Peer<ServerFrame> other = script.guest("bob");
        RoomSnapshot room = script.join(peer, "lobby").snapshot();
        peer.pauseReads();
        int asked = 500;
        for (int i = 1; i <= asked; i++) {
            peer.send(new History(i, room.room(), room.epoch(), History.ABSENT, History.ABSENT, 200));
        }
        network.run();
        // Pages are of about 64 KiB: the bound of 128 KiB, the link, and one answer more.
        assertThat(journal.reads()).isLessThan(5);
        assertThat(peer.unsent()).isPositive();
        assertThat(script.run(other.send(new Ping(1)))).containsExactly(new Pong(1));
        peer.resumeReads();
        List<ServerFrame> pages = script.run(peer);
        assertThat(pages.stream().map(page -> ((HistoryPage) page).id()).toList())
                .isEqualTo(LongStream.rangeClosed(1, asked).boxed().toList());
        assertThat(peer.unsent()).isZero();
    }

    @Test
    void whoNeverReadsItsAnswersIsDropped() {
        HeldJournal journal = new HeldJournal();
        MemoryNetwork network = MemoryNetwork.builder().maxInFlightBytes(4_096).build();
        Script script = tight(network, journal, UNHURRIED);
        Peer<ServerFrame> peer = script.guest("alice");
        RoomSnapshot room = script.join(peer, "lobby").snapshot();
        peer.pauseReads();
        for (int i = 1; i <= 100; i++) {
            peer.send(new History(i, room.room(), room.epoch(), History.ABSENT, History.ABSENT, 200));
        }
        network.advance(UNHURRIED.writeTimeout().minusSeconds(1));
        assertThat(script.server.connections()).isEqualTo(1);
        network.advance(Duration.ofSeconds(2));
        assertThat(script.server.connections()).isZero();
        assertThat(script.server.hub().users()).isEmpty();
        assertThat(journal.reads()).isLessThan(5);
    }

    @Test
    void joinsThatNobodyReadsAreBounded() {
        HeldJournal journal = new HeldJournal();
        MemoryNetwork network = MemoryNetwork.builder().maxInFlightBytes(4_096).build();
        Script script = tight(network, journal, UNHURRIED);
        Peer<ServerFrame> peer = script.guest("alice");
        peer.pauseReads();
        int asked = 300;
        for (int i = 1; i <= asked; i++) {
            peer.send(new Join(i, "lobby", null, 200, ""));
        }
        network.run();
        assertThat(journal.reads()).isLessThan(5);
        peer.resumeReads();
        assertThat(script.run(peer).stream()
                        .filter(Joined.class::isInstance)
                        .map(frame -> ((Joined) frame).id())
                        .toList())
                .isEqualTo(LongStream.rangeClosed(1, asked).boxed().toList());
        peer.send(say(1, 1, "still here"));
        assertThat(script.run(peer)).hasSize(1).first().isInstanceOf(Message.class);
        assertThat(journal.reads()).isEqualTo(asked);
    }

    @Test
    void manySmallAnswersAreBoundedToo() {
        MemoryNetwork network = MemoryNetwork.builder().maxInFlightBytes(4_096).build();
        Script script = new Script(network, builder -> builder.options(UNHURRIED));
        Peer<ServerFrame> peer = script.guest("alice");
        peer.pauseReads();
        int asked = 100_000;
        for (int i = 1; i <= asked; i++) {
            peer.send(new Ping(Long.MAX_VALUE - i));
        }
        network.run();
        assertThat(peer.unsent()).isGreaterThan(asked);
        peer.resumeReads();
        List<ServerFrame> pongs = script.run(peer);
        assertThat(pongs).hasSize(asked);
        assertThat(pongs.get(asked - 1)).isEqualTo(new Pong(Long.MAX_VALUE - asked));
    }

    @Test
    void overTheFrameRateReadsPauseAndNothingIsLost() {
        Script script = new Script(builder -> builder.options(GatewayOptions.DEFAULT.toBuilder()
                .requestsPerSecond(10)
                .burstRequests(50)
                .build()));
        script.room("lobby");
        Peer<ServerFrame> peer = script.guest("alice");
        int room = script.join(peer, "lobby").snapshot().room();
        for (int i = 1; i <= 150; i++) {
            peer.send(say(room, i, "no " + i));
        }
        int atOnce = script.run(peer).size();
        assertThat(atOnce).isBetween(45, 50);
        int inASecond = (int) script.advance(peer, Duration.ofSeconds(1)).stream()
                .filter(Message.class::isInstance)
                .count();
        assertThat(inASecond).isBetween(9, 11);
        List<ServerFrame> rest = script.advance(peer, Duration.ofSeconds(10)).stream()
                .filter(Message.class::isInstance)
                .toList();
        assertThat(atOnce + inASecond + rest.size()).isEqualTo(150);
        assertThat(rest.get(rest.size() - 1))
                .isInstanceOfSatisfying(
                        Message.class, message -> assertThat(message.body()).isEqualTo("no 150"));
    }

    @Test
    void framesThatAreIgnoredCountTowardsTheRate() {
        Script script = new Script(builder -> builder.options(GatewayOptions.DEFAULT.toBuilder()
                .requestsPerSecond(10)
                .burstRequests(50)
                .build()));
        Peer<ServerFrame> peer = script.guest("alice");
        for (int i = 0; i < 10_000; i++) {
            peer.sendBytes(Script.frame(0xff));
        }
        script.network.run();
        peer.send(new Ping(1));
        assertThat(script.advance(peer, GatewayOptions.DEFAULT.writeTimeout().minusSeconds(1)))
                .as("paused for as long as may be: nothing but signs of life")
                .containsOnly(new Ping(0));
        assertThat(script.advance(peer, Duration.ofSeconds(1_000))).contains(new Pong(1));
    }

    @Test
    void bytesOfFramesThatAreIgnoredCountAtOnce() {
        Script script = new Script(builder -> builder.options(GatewayOptions.DEFAULT.toBuilder()
                .requestsPerSecond(10)
                .burstRequests(50)
                .build()));
        Peer<ServerFrame> peer = script.guest("alice");
        byte[] ignored = Script.frame(0xff, new int[30_000]);
        for (int i = 0; i < 10; i++) {
            peer.sendBytes(ignored);
        }
        peer.send(new Ping(1)).send(new Ping(2));
        assertThat(script.advance(peer, Duration.ofSeconds(20))).containsOnly(new Ping(0));
        List<ServerFrame> pongs = script.advance(peer, Duration.ofSeconds(10));
        assertThat(pongs).filteredOn(Pong.class::isInstance).containsExactly(new Pong(1), new Pong(2));
    }

    @Test
    void thePauseAfterAFloodOfEmptyFramesIsBounded() {
        MemoryNetwork network = MemoryNetwork.builder().build();
        Script script = new Script(network, builder -> builder);
        Peer<ServerFrame> peer = script.guest("alice");
        byte[] flood = new byte[64 << 10];
        for (int i = 0; i < flood.length; i += 4) {
            flood[i] = (byte) 0xff;
        }
        peer.sendBytes(flood);
        network.run();
        peer.abort();
        network.advance(Duration.ofSeconds(2));
        assertThat(script.server.connections()).isZero();
    }

    @Test
    void noFrameIsHandledWhereTheTimersAre() {
        MemoryNetwork network = MemoryNetwork.seeded(7);
        AtomicBoolean inTimer = new AtomicBoolean();
        Scheduler scheduler = mock(Scheduler.class, delegatesTo(network.scheduler()));
        doAnswer(call -> network.scheduler().schedule(call.getArgument(0), () -> {
                    inTimer.set(true);
                    call.<Runnable>getArgument(1).run();
                    inTimer.set(false);
                }))
                .when(scheduler)
                .schedule(any(), any());
        List<Boolean> joins = new ArrayList<>();
        ChatPolicy policy = new ChatPolicy() {
            @Override
            public Answer join(UserRef user, NamePolicy.Name room) {
                joins.add(inTimer.get());
                return Decision.deny("");
            }
        };
        GatewayOptions slow = GatewayOptions.DEFAULT.toBuilder()
                .requestsPerSecond(10)
                .burstRequests(5)
                .build();
        Script script = new Script(
                network, builder -> builder.scheduler(scheduler).policy(policy).options(slow));
        Peer<ServerFrame> peer = script.guest("alice");
        for (int i = 1; i <= 20; i++) {
            peer.send(new Join(i, "lobby", null, 0, ""));
        }
        network.advance(Duration.ofSeconds(5));
        assertThat(joins).hasSize(20).containsOnly(false);
    }

    @Test
    void aHugeBacklogDoesNotHoldUpAnswersForLong() {
        MemoryNetwork network = MemoryNetwork.builder().maxInFlightBytes(1_024).build();
        Script script = new Script(network, builder -> builder.options(UNHURRIED));
        script.room("lobby");
        Peer<ServerFrame> bob = script.guest("bob");
        Peer<ServerFrame> alice = script.guest("alice");
        int room = script.join(alice, "lobby").snapshot().room();
        script.join(bob, "lobby");
        alice.pauseReads();
        for (int i = 1; i <= 200; i++) {
            bob.send(say(room, i, "x".repeat(10_000)));
        }
        network.run();
        alice.send(new Ping(5));
        network.run();
        alice.resumeReads();
        List<ServerFrame> frames = script.run(alice);
        int pong = frames.indexOf(new Pong(5));
        assertThat(frames.stream().limit(pong).filter(Message.class::isInstance))
                .as("what is written before the answer")
                .hasSizeLessThan(10);
    }
}
