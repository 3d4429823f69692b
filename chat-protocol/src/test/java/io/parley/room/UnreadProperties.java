package io.parley.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.journal.LastingJournal;
import io.parley.model.BacklogRequest;
import io.parley.model.MyRoom;
import io.parley.model.MyRooms;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/**
 * What is unread against a model of counters: accounts with two devices each and a guest, in rooms and conversations, who come and
 * go while the server is started again now and then.
 */
class UnreadProperties {
    private static final int ACCOUNTS = 3;
    private static final int DEVICES = 2;
    private static final int ROOMS = 3;

    /** Something that happens. */
    interface Act {
        void in(World world);
    }

    @Provide
    Arbitrary<List<Act>> acts() {
        Arbitrary<Integer> account = Arbitraries.integers().between(0, ACCOUNTS - 1);
        Arbitrary<Integer> device = Arbitraries.integers().between(0, DEVICES - 1);
        Arbitrary<Integer> room = Arbitraries.integers().between(0, ROOMS - 1);
        Arbitrary<Integer> seq = Arbitraries.integers().between(1, 30);
        Arbitrary<Act> act = Arbitraries.frequencyOf(
                Tuple.of(4, Combinators.combine(account, device).as((a, d) -> world -> world.connect(a, d))),
                Tuple.of(2, Combinators.combine(account, device).as((a, d) -> world -> world.disconnect(a, d))),
                Tuple.of(4, Combinators.combine(account, device, room).as((a, d, r) -> world -> world.join(a, d, r))),
                Tuple.of(4, room.map(r -> world -> world.guestSays(r))),
                Tuple.of(3, Combinators.combine(account, device, room).as((a, d, r) -> world -> world.say(a, d, r))),
                Tuple.of(
                        3,
                        Combinators.combine(account, device, room, seq)
                                .as((a, d, r, s) -> world -> world.read(a, d, r, s))),
                Tuple.of(1, Combinators.combine(account, device, room).as((a, d, r) -> world -> world.resign(a, d, r))),
                Tuple.of(
                        3,
                        Combinators.combine(account, device, account, seq)
                                .as((a, d, other, s) -> world -> world.tell(a, d, other, s))),
                Tuple.of(1, Arbitraries.just(World::write)),
                Tuple.of(1, Arbitraries.just(World::restart)));
        return act.list().ofMaxSize(60);
    }

    @Property(tries = 1_000)
    void countsAndMarkersAreExactAtEachStep(@ForAll("acts") List<Act> acts) {
        World world = new World();
        for (Act act : acts) {
            act.in(world);
            world.check();
        }
    }

    /** What is known of a room: how much was said, and who has read how much of it. */
    static final class Place {
        long head;
        final Map<Integer, Long> read = new HashMap<>(); // by members

        void enter(int account) {
            read.putIfAbsent(account, head);
        }

        void read(int account, long seq) {
            read.computeIfPresent(account, (same, before) -> Math.max(before, Math.min(seq, head)));
        }
    }

    /** A hub and the model side by side. */
    static final class World {
        private final LastingJournal journal = new LastingJournal();
        private final Map<String, Place> places = new TreeMap<>();
        private TestHub test = TestHub.with(journal);
        private Peer[][] peers = new Peer[ACCOUNTS][DEVICES];
        private final Map<String, Reader> readers = new HashMap<>(); // by device and room
        private final List<Reader> guests = new ArrayList<>();
        private final long[] ids = new long[ACCOUNTS];

        World() {
            for (int room = 0; room < ROOMS; room++) {
                places.put("room" + room, new Place());
                assertThat(test.say(test.room("room" + room), test.hub.operator(), "welcome")
                                .seq())
                        .isEqualTo(1);
                places.get("room" + room).head = 1;
            }
            begin();
        }

        private void begin() {
            for (int account = 0; account < ACCOUNTS; account++) { // each was here once, so it is known
                Peer peer = test.account("account" + account);
                ids[account] = peer.user().id();
                peer.exit();
            }
            guests.clear();
            Peer guest = test.guest("guest");
            for (int room = 0; room < ROOMS; room++) {
                guests.add(guest.join("room" + room));
            }
        }

        void connect(int account, int device) {
            if (peers[account][device] == null) {
                peers[account][device] = test.account("account" + account);
            }
        }

        void disconnect(int account, int device) {
            if (peers[account][device] != null) {
                String prefix = account + "/" + device + "/";
                readers.keySet().stream()
                        .filter(key -> key.startsWith(prefix))
                        .toList()
                        .forEach(key -> {
                            readers.remove(key).disconnect();
                        });
                peers[account][device].opened.forEach(Reader::disconnect); // conversations that others have opened
                peers[account][device].exit();
                peers[account][device] = null;
            }
        }

        void join(int account, int device, int room) {
            if (peers[account][device] != null) {
                Reader former = readers.put(key(account, device, room), peers[account][device].join("room" + room));
                if (former != null) {
                    former.subscription().close();
                }
                places.get("room" + room).enter(account);
            }
        }

        private static String key(int account, int device, int room) {
            return account + "/" + device + "/room" + room;
        }

        void guestSays(int room) {
            Place place = places.get("room" + room);
            place.head++;
            assertThat(guests.get(room).say("hello").seq()).isEqualTo(place.head);
        }

        void say(int account, int device, int room) {
            Reader reader = readers.get(key(account, device, room));
            if (reader != null) {
                Place place = places.get("room" + room);
                place.head++;
                assertThat(reader.say("hello").seq()).isEqualTo(place.head);
            }
        }

        void read(int account, int device, int room, long seq) {
            Reader reader = readers.get(key(account, device, room));
            if (reader != null) {
                read(account, reader, places.get("room" + room), seq);
            }
        }

        private void read(int account, Reader reader, Place place, long seq) {
            test.hub
                    .membership()
                    .read(reader.peer().participant(), reader.subscription(), seq)
                    .join();
            place.read(account, seq);
        }

        void resign(int account, int device, int room) {
            Reader reader = readers.get(key(account, device, room));
            if (reader != null) {
                reader.subscription().resign();
                for (int other = 0; other < DEVICES; other++) {
                    Reader over = readers.remove(key(account, other, room));
                    if (over != null) {
                        over.subscription().close();
                    }
                }
                places.get("room" + room).read.remove(account);
            }
        }

        /** An account opens the conversation with another, here or away, says something, reads some, and goes. */
        void tell(int account, int device, int other, long seq) {
            Peer peer = peers[account][device];
            if (peer == null || account == other) {
                return;
            }
            Place place = places.computeIfAbsent(
                    Math.min(account, other) + " and " + Math.max(account, other), name -> new Place());
            Reader reader = peer.reader(test.hub.direct(
                    peer.participant(), test.hub.other(peer.user(), ids[other]), BacklogRequest.NOTHING));
            place.enter(account);
            place.enter(other);
            place.head++;
            assertThat(reader.say("psst").seq()).isEqualTo(place.head);
            read(account, reader, place, seq);
            reader.disconnect();
        }

        void write() {
            test.pass(1_000);
            test.hub.tick();
        }

        void restart() {
            test.hub.flush().join();
            journal.die();
            readers.clear();
            peers = new Peer[ACCOUNTS][DEVICES];
            journal.live();
            test = TestHub.with(journal);
            begin();
        }

        void check() {
            for (int account = 0; account < ACCOUNTS; account++) {
                for (int device = 0; device < DEVICES; device++) {
                    if (peers[account][device] != null) {
                        check(account, peers[account][device]);
                    }
                }
            }
        }

        private void check(int account, Peer peer) {
            Map<String, String> expected = new TreeMap<>();
            places.forEach((name, place) -> {
                Long read = place.read.get(account);
                if (read != null) {
                    expected.put(name, "read " + read + ", unread " + (place.head - read));
                }
            });
            Map<String, String> found = new TreeMap<>();
            MyRooms page = test.hub.membership().mine(peer.user(), "", 2).join();
            take(account, page, found);
            while (!page.next().isEmpty()) {
                page = test.hub.membership().mine(peer.user(), page.next(), 2).join();
                take(account, page, found);
            }
            assertThat(found).isEqualTo(expected);
        }

        private void take(int account, MyRooms page, Map<String, String> found) {
            for (MyRoom room : page.rooms()) {
                String name = room.name();
                if (room.peer() != 0) {
                    int other = name.charAt(name.length() - 1) - '0';
                    name = Math.min(account, other) + " and " + Math.max(account, other);
                }
                found.put(name, "read " + room.readSeq() + ", unread " + room.unread());
            }
        }
    }
}
