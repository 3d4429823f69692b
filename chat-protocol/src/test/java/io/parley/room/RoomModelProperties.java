package io.parley.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.room.RoomException.Reason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;

/** A room and its cursors against {@link RoomModel}: whatever users do, every answer and every byte read agrees. */
class RoomModelProperties {
    private static final int USERS = 4;
    private static final int DEVICES = 2;
    private static final AtomicInteger DONE = new AtomicInteger();

    /** As {@link TestHub#LINES}, but presence tells the count only. */
    private static final Encoding COUNTS = (room, entry, into) ->
            into.put(((entry instanceof Entry.Presence news ? "=" + news.count() : TestHub.line(entry)) + "\n")
                    .getBytes(StandardCharsets.US_ASCII));

    /** Something a user does, or that happens to the room. */
    interface Act {
        void in(World world);
    }

    record Join(int user, int device) implements Act {
        @Override
        public void in(World world) {
            world.join(user, device);
        }
    }

    record Leave(int user, int device) implements Act {
        @Override
        public void in(World world) {
            world.leave(user, device);
        }
    }

    record Say(int user, int length) implements Act {
        @Override
        public void in(World world) {
            String body = "x".repeat(length);
            world.order(
                    world.model.say(user, body),
                    (room, answer) -> room.say(world.user(user), 1, 1, body, Map.of(), answer));
        }
    }

    record SetTopic(int user, String topic) implements Act {
        @Override
        public void in(World world) {
            world.order(
                    world.model.setTopic(user, topic),
                    (room, answer) -> room.setTopic(world.user(user), topic, answer));
        }
    }

    record Configure(int user, boolean inviteOnly, int limit, PresenceMode presence) implements Act {
        @Override
        public void in(World world) {
            RoomSettings settings = new RoomSettings(inviteOnly, limit, presence);
            world.order(
                    world.model.configure(user, settings),
                    (room, answer) -> room.configure(world.user(user), settings, answer));
        }
    }

    record Moderate(int user, Action action, int target, long millis) implements Act {
        @Override
        public void in(World world) {
            // What a ban does to a role, a kick to somebody who is away, and giving oneself the voice: see their tests.
            boolean role = world.model.roles.containsKey(target);
            if ((role && action == Action.BAN)
                    || (action == Action.KICK && !world.model.isMember(target))
                    || (action == Action.UNMUTE && user == target)) {
                return;
            }
            String name = world.model.names[target];
            world.order(
                    world.model.moderate(user, action, target, millis),
                    (room, answer) -> room.moderate(world.user(user), action, name, millis, "", answer));
        }
    }

    record Rename(int user, int name) implements Act {
        @Override
        public void in(World world) {
            Participant participant = world.participants[user][0];
            if (world.model.rename(user, "n" + name)) {
                assertThat(participant.rename("n" + name)).isEqualTo("n" + name);
            } else {
                assertThatThrownBy(() -> participant.rename("n" + name)).isInstanceOf(RoomException.class);
            }
        }
    }

    record Type(int user) implements Act {
        @Override
        public void in(World world) {
            if (world.room != null) {
                world.room.typing(world.user(user));
                world.model.typing(user);
            }
        }
    }

    record Read(int user, int device, int maxBytes, int bytes) implements Act {
        @Override
        public void in(World world) {
            ModelLog.Reader reader = world.readers[user][device];
            if (reader != null) {
                reader.step(maxBytes, bytes);
            }
        }
    }

    record Evict() implements Act {
        @Override
        public void in(World world) {
            for (ModelLog.Reader[] devices : world.readers) {
                for (ModelLog.Reader reader : devices) {
                    if (reader != null && reader.log == world.model.log) {
                        assertThat(reader.cursor().log().dropOldest()).isEqualTo(reader.log.evict());
                        return;
                    }
                }
            }
        }
    }

    record Pass(long millis) implements Act {
        @Override
        public void in(World world) {
            world.test.pass(millis);
            world.test.hub.tick();
            world.model.pass(millis);
        }
    }

    /** How an order is put to the room. */
    interface Order {
        void put(Room room, Outcome outcome);
    }

    /** The hub and the model, side by side. */
    private static final class World {
        private final TestHub test = TestHub.create();
        private final RoomModel model = new RoomModel(USERS);
        private final Participant[][] participants = new Participant[USERS][DEVICES];
        private final ModelLog.Reader[][] readers = new ModelLog.Reader[USERS][DEVICES];
        private Room room;

        World() {
            for (int user = 0; user < USERS; user++) {
                for (int device = 0; device < DEVICES; device++) {
                    participants[user][device] = test.hub.enterAccount("" + user, "n" + user, COUNTS, new Peer(test));
                }
            }
        }

        User user(int user) {
            return participants[user][0].user();
        }

        void join(int user, int device) {
            Reason no = model.refusal(user);
            if (no != null && model.isMember(user)) {
                return; // may a member come in again by a closed door? not the question here
            }
            ModelLog.Reader former = readers[user][device];
            if (former != null && former.isOver()) {
                close(user, device);
                former = null;
            }
            CompletableFuture<Joined> joining = participants[user][device].join("lobby", Past.NOTHING);
            if (no != null) {
                assertThat(Answer.reasonOf(joining)).isEqualTo(no);
                return;
            }
            assertThat(joining).isCompleted();
            Snapshot snapshot = joining.join().snapshot();
            assertThat(snapshot.head()).isEqualTo(model.head());
            assertThat(snapshot.state().topic()).isEqualTo(model.topic);
            Cursor cursor = joining.join().cursor();
            room = cursor.room();
            ModelLog.Reader reader = model.join(user, device, cursor);
            assertThat(snapshot.memberCount()).isEqualTo(model.members.size());
            if (former != null) {
                close(user, device);
            }
            readers[user][device] = reader;
        }

        private void close(int user, int device) {
            ModelLog.Reader reader = readers[user][device];
            reader.drain();
            assertThat(reader.cursor().isEnded()).isTrue();
            reader.cursor().close();
            model.closed(reader);
            readers[user][device] = null;
        }

        void leave(int user, int device) {
            ModelLog.Reader reader = readers[user][device];
            if (reader != null) {
                reader.cursor().room().leave(reader.cursor(), "");
                if (!reader.isOver()) {
                    model.leave(user, device);
                }
            }
        }

        void order(Object expected, Order order) {
            if (room != null) {
                Answer answer = new Answer();
                order.put(room, answer);
                assertThat(answer.value()).isEqualTo(expected);
            }
        }

        void check() {
            assertThat(test.hub.rooms()).isEqualTo(model.open ? List.of(room) : List.of());
            if (model.open) {
                assertThat(room.memberCount()).isEqualTo(model.members.size());
                assertThat(room.head()).isEqualTo(model.head());
                assertThat(room.topic()).isEqualTo(model.topic);
                assertThat(room.state().settings()).isEqualTo(model.settings);
            }
        }

        void checkAtTheEnd() {
            for (int user = 0; user < USERS; user++) {
                for (ModelLog.Reader reader : readers[user]) {
                    if (reader != null) {
                        reader.drain();
                    }
                }
                if (model.isMember(user)) {
                    checkAsSeenBy(user);
                }
            }
        }

        private void checkAsSeenBy(int user) {
            List<String> names = new ArrayList<>();
            model.members.keySet().forEach(member -> names.add(model.names[member]));
            assertThat(room.members(user(user), "", 100))
                    .extracting(Entry.Listed::name)
                    .isEqualTo(names.stream().sorted().toList());
            assertThat(room.state().role(user(user))).isEqualTo(model.roles.getOrDefault(user, Role.MEMBER));
            List<String> lines = new ArrayList<>();
            for (long after = 0; after < model.head(); after = lines.size()) {
                Journal.Page page =
                        room.history(user(user), after, Journal.NONE, 7).join();
                page.entries().forEach(entry -> lines.add(TestHub.line(entry)));
            }
            assertThat(lines).isEqualTo(model.history);
        }
    }

    @Property(tries = 1_200)
    void everyoneReadsWhatTheModelSays(@ForAll("acts") List<Act> acts) {
        World world = new World();
        for (Act act : acts) {
            act.in(world);
            world.check();
        }
        world.checkAtTheEnd();
        DONE.addAndGet(acts.size());
    }

    @AfterContainer
    static void didNotPassForWantOfActs() {
        assertThat(DONE.get()).isGreaterThan(1_000 * 30);
    }

    @Provide
    Arbitrary<List<Act>> acts() {
        Arbitrary<Integer> user = Arbitraries.integers().between(0, USERS - 1);
        Arbitrary<Integer> device = Arbitraries.integers().between(0, DEVICES - 1);
        Arbitrary<Act> act = Arbitraries.frequencyOf(
                Tuple.of(12, Combinators.combine(user, device).as(Join::new)),
                Tuple.of(4, Combinators.combine(user, device).as(Leave::new)),
                Tuple.of(
                        12,
                        Combinators.combine(user, Arbitraries.integers().between(0, 900))
                                .as(Say::new)),
                Tuple.of(
                        2,
                        Combinators.combine(user, Arbitraries.of("", "tea", "rain"))
                                .as(SetTopic::new)),
                Tuple.of(2, configurations(user)),
                Tuple.of(10, moderations(user)),
                Tuple.of(
                        2,
                        Combinators.combine(user, Arbitraries.integers().between(0, 5))
                                .as(Rename::new)),
                Tuple.of(2, user.map(Type::new)),
                Tuple.of(12, reads(user, device)),
                Tuple.of(4, Arbitraries.create(Evict::new)),
                Tuple.of(3, Arbitraries.longs().between(0, 300).map(Pass::new)));
        return act.list().ofMinSize(30).ofMaxSize(70);
    }

    private static Arbitrary<Act> configurations(Arbitrary<Integer> user) {
        return Combinators.combine(
                        user,
                        Arbitraries.frequency(Tuple.of(3, false), Tuple.of(1, true)),
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.of(PresenceMode.class))
                .as(Configure::new);
    }

    private static Arbitrary<Act> moderations(Arbitrary<Integer> user) {
        return Combinators.combine(
                        user,
                        Arbitraries.of(Action.class),
                        user,
                        Arbitraries.longs().between(0, 500))
                .as(Moderate::new);
    }

    private static Arbitrary<Act> reads(Arbitrary<Integer> user, Arbitrary<Integer> device) {
        Arbitrary<Integer> bytes = Arbitraries.integers().between(1, 2_000);
        return Combinators.combine(user, device, bytes, bytes).as(Read::new);
    }
}
