package io.parley.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.model.Tags;
import io.parley.model.UserItem;
import io.parley.model.UserKind;
import io.parley.testkit.chat.Peer;
import io.parley.wire.Join;
import io.parley.wire.Joined;
import io.parley.wire.Leave;
import io.parley.wire.Left;
import io.parley.wire.Message;
import io.parley.wire.Rejected;
import io.parley.wire.Say;
import io.parley.wire.ServerFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One session that comes into rooms, goes, and comes anew: what it says arrives in the room it names, or is refused. */
class ManyRoomsTest {
    private static final UserItem ALICE = new UserItem(1, UserKind.GUEST, "alice");
    private final Script script = new Script();
    private final TreeMap<String, Integer> in = new TreeMap<>(); // the rooms it is in, and their numbers
    private final TreeMap<Integer, Long> heads = new TreeMap<>(); // the last number of each
    private long id = 1;
    private long cid;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 6, 7, 8, 9, 30, 90})
    void eachSayIsInItsRoom(int count) {
        Random random = new Random(count);
        for (int i = 0; i < count; i++) {
            script.room("room" + i);
        }
        Peer<ServerFrame> peer = script.guest("alice");
        for (int step = 0; step < 400; step++) {
            String name = "room" + random.nextInt(count);
            Integer room = in.get(name);
            switch (random.nextInt(4)) {
                case 0 -> join(peer, name); // anew, if it is there
                case 1 -> {
                    if (room != null && random.nextBoolean()) {
                        leave(peer, name, room);
                    }
                }
                default -> burst(peer, random);
            }
        }
        assertThat(heads).isNotEmpty();
    }

    private void join(Peer<ServerFrame> peer, String name) {
        peer.send(new Join(++id, name, null, 0, ""));
        List<ServerFrame> answers = script.run(peer);
        Joined joined = answers.stream()
                .filter(Joined.class::isInstance)
                .map(Joined.class::cast)
                .findFirst()
                .orElseThrow();
        in.put(name, joined.snapshot().room());
        heads.put(joined.snapshot().room(), joined.snapshot().head());
    }

    private void leave(Peer<ServerFrame> peer, String name, int room) {
        peer.send(new Leave(++id, room));
        assertThat(script.run(peer)).contains(new Left(id, room));
        in.remove(name);
        peer.send(new Say(room, ++cid, "gone", Tags.NONE));
        assertThat(script.run(peer)).singleElement().isInstanceOf(Rejected.class);
    }

    /** Several in one packet, here and there. */
    private void burst(Peer<ServerFrame> peer, Random random) {
        List<Integer> rooms = List.copyOf(in.values());
        List<ServerFrame> expected = new ArrayList<>();
        List<Say> says = new ArrayList<>();
        for (int n = rooms.isEmpty() ? 0 : random.nextInt(5); n > 0; n--) {
            int room = rooms.get(random.nextInt(rooms.size()));
            Say say = new Say(room, ++cid, "number " + cid, Tags.NONE);
            says.add(say);
            long seq = heads.merge(room, 1L, Long::sum);
            expected.add(new Message(room, seq, 0, 0, cid, ALICE, say.body(), Tags.NONE));
        }
        peer.sendBytes(Script.bytes(says.toArray()));
        List<ServerFrame> heard = script.run(peer).stream()
                .filter(Message.class::isInstance)
                .map(Message.class::cast)
                .map(m -> (ServerFrame) new Message(m.room(), m.seq(), 0, 0, m.cid(), ALICE, m.body(), m.tags()))
                .toList();
        assertThat(heard).containsExactlyInAnyOrderElementsOf(expected);
    }
}
