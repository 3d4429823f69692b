package io.parley.apps.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import io.parley.apps.benchmarks.Frames;
import io.parley.codec.Bytes;
import io.parley.model.Tags;
import io.parley.model.UserItem;
import io.parley.wire.Join;
import io.parley.wire.Joined;
import io.parley.wire.Message;
import io.parley.wire.Ping;
import io.parley.wire.Pong;
import io.parley.wire.Say;
import io.parley.wire.Welcome;
import io.parley.wire.Wire;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class PeerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void anUnknownKindIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Peer.start("carrier-pigeon"));
    }

    @EachKind
    void aClientLogsInAndJoins(String kind) throws IOException {
        try (Peer peer = Peer.start(kind);
                PeerClient ann = new PeerClient(peer, "änn");
                PeerClient bob = PeerClient.loggedIn(peer, "bob")) {
            ann.write(Wire.PREFACE.toArray());
            ann.send(ann.hello());
            Welcome welcome = ann.welcomed();
            assertThat(welcome.user()).isEqualTo(Frames.guest(welcome.origin(), "änn"));
            assertThat(welcome.version()).isEqualTo(Wire.VERSION);
            assertThat(ann.origin()).isNotEqualTo(bob.origin());

            Joined first = ann.join("lobby");
            assertThat(first.id()).isEqualTo(1);
            assertThat(first.snapshot().room()).isEqualTo(1);
            assertThat(first.snapshot().name()).isEqualTo("lobby");
            assertThat(first.snapshot().memberCount()).isEqualTo(1);
            assertThat(ann.join("kitchen").snapshot().room()).isEqualTo(2);
            assertThat(bob.join("lobby").snapshot().memberCount()).isEqualTo(2);
            assertThat(ann.join("lobby").snapshot().memberCount()).isEqualTo(2);

            ann.send(new Ping(4711));
            assertThat(ann.next()).isEqualTo(new Pong(4711));
        }
    }

    @EachKind
    void aMessageIsTheFrameThatParleySends(String kind) throws IOException {
        try (Peer peer = Peer.start(kind);
                PeerClient ann = PeerClient.loggedIn(peer, "änn");
                PeerClient bob = PeerClient.loggedIn(peer, "bob")) {
            int room = ann.join("lobby").snapshot().room();
            bob.join("lobby");
            Tags tags = Tags.of("colour", Bytes.fromHex("c0ffee")).with("mood", Bytes.EMPTY);
            List<Say> said = List.of(
                    new Say(room, 1, "hello", Tags.NONE),
                    new Say(room, 127, "", Tags.NONE),
                    new Say(room, 128, "日本語", tags),
                    new Say(room, 1L << 40, "x".repeat(100_000), tags));
            UserItem author = Frames.guest(ann.origin(), "änn");
            long before = System.currentTimeMillis();
            for (Say say : said) {
                ann.send(say);
            }
            for (int i = 0; i < said.size(); i++) {
                Say say = said.get(i);
                byte[] frame = bob.nextBytes();
                long time = ((Message) bob.decode(frame)).timeMillis();
                assertThat(time).isBetween(before, System.currentTimeMillis());
                Message wanted =
                        new Message(room, i + 1, time, ann.origin(), say.cid(), author, say.body(), say.tags());
                assertThat(frame).isEqualTo(wanted.toBytes());
                assertThat(ann.nextBytes()).isEqualTo(frame);
            }
        }
    }

    @EachKind
    void oneByteAtATimeIsAsGoodAsAll(String kind) throws IOException {
        try (Peer peer = Peer.start(kind);
                PeerClient ann = new PeerClient(peer, "ann")) {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            all.write(Wire.PREFACE.toArray());
            all.write(ann.hello().toBytes());
            all.write(new Join(1, "lobby", null, 0, "").toBytes());
            all.write(new Say(1, 1, "first", Tags.NONE).toBytes());
            all.write(new Say(1, 2, "second", Tags.NONE).toBytes());
            for (byte one : all.toByteArray()) {
                ann.write(new byte[] {one});
            }
            ann.welcomed();
            assertThat(ann.next()).isInstanceOf(Joined.class);
            assertThat(ann.nextMessage().body()).isEqualTo("first");
            assertThat(ann.nextMessage().body()).isEqualTo("second");
        }
    }

    @EachKind
    void aConnectionIsInAThousandRooms(String kind) throws IOException {
        int rooms = 1_000;
        try (Peer peer = Peer.start(kind);
                PeerClient wide = PeerClient.loggedIn(peer, "wide");
                PeerClient other = PeerClient.loggedIn(peer, "other");
                PeerClient narrow = PeerClient.loggedIn(peer, "narrow")) {
            ByteArrayOutputStream burst = new ByteArrayOutputStream();
            for (int i = 0; i < rooms; i++) {
                int room = wide.join("room" + i).snapshot().room();
                other.join("room" + i);
                for (int cid = 1; cid <= 3; cid++) {
                    burst.write(new Say(room, cid, "x".repeat(200), Tags.NONE).toBytes());
                }
            }
            int last = narrow.join("room" + (rooms - 1)).snapshot().room();
            narrow.write(burst.toByteArray());
            long[] seqs = new long[rooms + 1];
            for (int i = 0; i < 3 * rooms; i++) {
                Message message = wide.nextMessage();
                assertThat(message.seq()).isEqualTo(++seqs[message.room()]);
            }
            for (long seq = 1; seq <= 3; seq++) {
                Message message = narrow.nextMessage();
                assertThat(message.room()).isEqualTo(last);
                assertThat(message.seq()).isEqualTo(seq);
            }
        }
    }

    @EachKind
    void whoeverLeavesIsForgotten(String kind) throws IOException {
        try (Peer peer = Peer.start(kind);
                PeerClient ann = PeerClient.loggedIn(peer, "ann")) {
            int room = ann.join("lobby").snapshot().room();
            List<PeerClient> others = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                PeerClient other = PeerClient.loggedIn(peer, "m" + i);
                other.join("lobby");
                others.add(other);
            }
            for (PeerClient other : others.subList(0, 4)) {
                other.close();
            }
            await().atMost(PATIENCE).until(() -> ann.join("lobby").snapshot().memberCount() == 2);
            ann.send(new Say(room, 1, "still here", Tags.NONE));
            try (PeerClient last = others.get(4)) {
                assertThat(last.nextMessage().body()).isEqualTo("still here");
                assertThat(ann.nextMessage().seq()).isEqualTo(1);
            }
        }
    }

    @EachKind
    void aClientThatIsWrongIsCutOff(String kind) throws IOException {
        try (Peer peer = Peer.start(kind);
                PeerClient stranger = new PeerClient(peer, "");
                PeerClient hasty = new PeerClient(peer, "");
                PeerClient vast = PeerClient.loggedIn(peer, "vast");
                PeerClient brief = PeerClient.loggedIn(peer, "brief")) {
            stranger.write("GET / HTTP/1.1".getBytes(StandardCharsets.US_ASCII));
            assertThat(stranger.isEnded()).isTrue();
            hasty.write(Wire.PREFACE.toArray());
            hasty.send(new Say(1, 1, "too early", Tags.NONE));
            assertThat(hasty.isEnded()).isTrue();
            vast.write(new byte[] {0x20, 0x7F, 0, 0});
            assertThat(vast.isEnded()).isTrue();
            brief.write(new byte[] {0x20, 0, 0, 1, 1});
            assertThat(brief.isEnded()).isTrue();
        }
    }

    @EachKind
    void closingEndsTheConnections(String kind) throws IOException {
        Peer peer = Peer.start(kind);
        try (PeerClient ann = PeerClient.loggedIn(peer, "ann")) {
            peer.close();
            assertThat(ann.isEnded()).isTrue();
        }
    }
}
