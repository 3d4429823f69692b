package io.parley.server;

import static io.parley.server.Script.say;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.gateway.GatewayOptions;
import io.parley.model.Action;
import io.parley.model.Role;
import io.parley.room.HubOptions;
import io.parley.testkit.chat.Peer;
import io.parley.transport.memory.MemoryNetwork;
import io.parley.wire.Ack;
import io.parley.wire.Gap;
import io.parley.wire.History;
import io.parley.wire.HistoryPage;
import io.parley.wire.Joined;
import io.parley.wire.Leave;
import io.parley.wire.Left;
import io.parley.wire.Message;
import io.parley.wire.Moderate;
import io.parley.wire.Moderated;
import io.parley.wire.RoomClosed;
import io.parley.wire.ServerFrame;
import io.parley.wire.SetTopic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A member that falls out of the window: ACK, GAP, and on from there. */
class ServerGapTest {
    private static final int WINDOW = 20_000;

    private final Map<Long, Long> outcomes = new HashMap<>(); // seq by cid

    private static Script script(long seed) {
        MemoryNetwork network =
                MemoryNetwork.builder().seed(seed).maxInFlightBytes(2_000).build();
        Script script = new Script(
                network,
                builder -> builder.hubOptions(HubOptions.DEFAULT.toBuilder()
                                .maxWindowBytes(WINDOW)
                                .build())
                        .options(GatewayOptions.DEFAULT.toBuilder()
                                .requestsPerSecond(1_000_000)
                                .burstRequests(1_000_000)
                                .build()));
        script.room("lobby");
        return script;
    }

    /** Checks that frames give each number once, or in a gap, ascending, and notes the outcomes of own SAYs. */
    private List<Gap> follow(List<ServerFrame> frames, long origin, long from, long to) {
        List<Gap> gaps = new ArrayList<>();
        long next = from;
        long lastAck = 0;
        for (ServerFrame frame : frames) {
            if (frame instanceof Message message) {
                assertThat(message.seq()).isEqualTo(next++);
                if (message.origin() == origin) {
                    assertThat(outcomes.put(message.cid(), message.seq()))
                            .as("one outcome")
                            .isNull();
                }
            } else if (frame instanceof Moderated act) {
                assertThat(act.seq()).isEqualTo(next++);
            } else if (frame instanceof Gap gap) {
                assertThat(gap.from()).isEqualTo(next);
                assertThat(gap.to()).isGreaterThanOrEqualTo(Math.max(gap.from(), lastAck));
                next = gap.to() + 1;
                gaps.add(gap);
            } else if (frame instanceof Ack ack) {
                assertThat(ack.seq()).as("ACK before its GAP").isGreaterThanOrEqualTo(next);
                assertThat(outcomes.put(ack.cid(), ack.seq())).as("one outcome").isNull();
                lastAck = ack.seq();
            }
        }
        assertThat(next).isEqualTo(to + 1);
        return gaps;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void ackComesBeforeTheGapAndEverySayHasOneOutcome(long seed) {
        Script script = script(seed);
        Peer<ServerFrame> bob = script.guest("bob");
        int room = script.join(bob, "lobby").snapshot().room();
        Peer<ServerFrame> alice = script.guest("alice");
        long origin =
                script.join(alice, "lobby").snapshot().members().get(0).user().id();
        alice.pauseReads();
        long cid = 0;
        long aliceCid = 0;
        for (int i = 0; i < 40; i++) {
            for (int k = 0; k < 20; k++) {
                bob.send(say(room, ++cid, "x".repeat(100)));
            }
            alice.send(say(room, ++aliceCid, "mine " + i));
            script.network.run();
            bob.take();
        }
        assertThat(script.server.hub().windowBytes()).isLessThanOrEqualTo(WINDOW);
        alice.resumeReads();
        List<Gap> gaps = follow(script.run(alice), origin, 1, 840);
        assertThat(gaps).hasSize(1);
        assertThat(gaps.get(0).snapshot().head()).isEqualTo(840);
        assertThat(outcomes.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(1, 40).boxed().toList());
        // It goes on as if nothing had been, and what was left out can be had.
        alice.send(say(room, 41, "back again"));
        follow(script.run(alice), origin, 841, 841);
        alice.send(new History(
                1,
                room,
                gaps.get(0).snapshot().epoch(),
                gaps.get(0).from() - 1,
                gaps.get(0).to() + 1,
                200));
        HistoryPage page = (HistoryPage) script.run(alice).get(0);
        assertThat(((Message) page.decodeEntries(1 << 17).get(0)).seq())
                .isEqualTo(gaps.get(0).from());
    }

    @Test
    void theSnapshotOfAGapIsTheRoomAsItIs() {
        Script script = script(3);
        Peer<ServerFrame> bob = script.guest("bob");
        Joined joined = script.join(bob, "attic"); // where bob is the owner
        int room = joined.snapshot().room();
        Peer<ServerFrame> alice = script.guest("alice");
        script.join(alice, "attic");
        alice.pauseReads();
        for (int i = 1; i <= 500; i++) {
            bob.send(say(room, i, "x".repeat(100)));
        }
        script.network.run();
        Peer<ServerFrame> carol = script.guest("carol");
        script.join(carol, "attic");
        bob.send(
                new SetTopic(room, 501, "new"),
                new Moderate(room, 502, Action.MAKE_MODERATOR.code(), script.id("alice"), 0, 0, ""));
        for (int i = 503; i <= 1_002; i++) {
            bob.send(say(room, i, "x".repeat(100)));
        }
        script.network.run();
        alice.resumeReads();
        List<ServerFrame> frames = script.run(alice);
        List<Gap> gaps = frames.stream()
                .filter(Gap.class::isInstance)
                .map(Gap.class::cast)
                .toList();
        assertThat(gaps).hasSize(1);
        assertThat(gaps.get(0).snapshot().topic()).isEqualTo("new");
        assertThat(gaps.get(0).snapshot().role()).isEqualTo(Role.MODERATOR);
        assertThat(gaps.get(0).snapshot().members()).hasSize(3);
    }

    @Test
    void aKickBehindTheWindowEndsInOrder() {
        Script script = script(4);
        Peer<ServerFrame> bob = script.guest("bob");
        int room = script.join(bob, "attic").snapshot().room();
        Peer<ServerFrame> alice = script.guest("alice");
        long origin =
                script.join(alice, "attic").snapshot().members().get(0).user().id();
        alice.pauseReads();
        alice.send(say(room, 1, "mine"));
        for (int i = 1; i <= 500; i++) {
            bob.send(say(room, i, "x".repeat(100)));
        }
        script.network.run();
        alice.send(say(room, 2, "mine, too"));
        script.network.run();
        bob.send(new Moderate(room, 501, Action.KICK.code(), script.id("alice"), 0, 0, ""));
        for (int i = 502; i <= 1_001; i++) {
            bob.send(say(room, i, "x".repeat(100)));
        }
        script.network.run();
        alice.resumeReads();
        List<ServerFrame> frames = script.run(alice);
        assertThat(frames.get(frames.size() - 1)).isInstanceOf(RoomClosed.class);
        // Founding took 1; 502 messages of both, and the kick was the last that is alice's to see.
        follow(frames, origin, 2, 504);
        assertThat(outcomes.keySet()).containsExactlyInAnyOrder(1L, 2L);
    }

    @Test
    void leavingBehindTheWindowEndsInOrder() {
        Script script = script(5);
        Peer<ServerFrame> bob = script.guest("bob");
        int room = script.join(bob, "lobby").snapshot().room();
        Peer<ServerFrame> alice = script.guest("alice");
        long origin =
                script.join(alice, "lobby").snapshot().members().get(0).user().id();
        alice.pauseReads();
        for (int i = 1; i <= 250; i++) {
            bob.send(say(room, i, "x".repeat(100)));
        }
        script.network.run();
        alice.sendBytes(Script.bytes(say(room, 1, "bye"), new Leave(4, room)));
        script.network.run();
        for (int i = 251; i <= 1_000; i++) {
            bob.send(say(room, i, "x".repeat(100)));
        }
        script.network.run();
        alice.resumeReads();
        List<ServerFrame> frames = script.run(alice);
        follow(frames, origin, 1, 251);
        assertThat(frames.get(frames.size() - 1)).isEqualTo(new Left(4, room));
        assertThat(outcomes.keySet()).containsExactly(1L);
        assertThat(script.server.hub().windowBytes()).isLessThanOrEqualTo(WINDOW);
    }
}
