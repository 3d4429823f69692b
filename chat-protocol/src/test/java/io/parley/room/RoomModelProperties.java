package io.parley.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.log.LogProbe;
import io.parley.model.Action;
import io.parley.model.PresenceMode;
import io.parley.model.RoomException;
import io.parley.model.RoomSettings;
import io.parley.model.Tags;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** A room and its cursors against {@link RoomModel}: whatever users do, every answer and every byte read agrees. */
class RoomModelProperties {
    /** Something a user does, or that happens to the room. */
    interface Act {
        void in(RoomWorld world);
    }

    record Join(int user, int device) implements Act {
        @Override
        public void in(RoomWorld world) {
            world.join(user, device);
        }
    }

    record Leave(int user, int device) implements Act {
        @Override
        public void in(RoomWorld world) {
            world.leave(user, device);
        }
    }

    record Say(int user, int length) implements Act {
        @Override
        public void in(RoomWorld world) {
            String body = "x".repeat(length);
            world.order(
                    world.model.say(user, body),
                    (room, answer) -> Ask.say(room, world.user(user), 1, 1, body, Tags.NONE, answer));
        }
    }

    record SetTopic(int user, String topic) implements Act {
        @Override
        public void in(RoomWorld world) {
            world.order(
                    world.model.setTopic(user, topic),
                    (room, answer) -> Ask.topic(room, world.user(user), topic, answer));
        }
    }

    record Configure(int user, boolean inviteOnly, int limit, PresenceMode presence) implements Act {
        @Override
        public void in(RoomWorld world) {
            RoomSettings settings = new RoomSettings(inviteOnly, limit, presence);
            world.order(
                    world.model.configure(user, settings),
                    (room, answer) -> Ask.configure(room, world.user(user), settings, answer));
        }
    }

    record Moderate(int user, Action action, int target, long millis) implements Act {
        @Override
        public void in(RoomWorld world) {
            String name = world.model.names[target];
            world.order(
                    world.model.moderate(user, action, target, millis),
                    (room, answer) -> Ask.moderate(room, world.user(user), action, name, millis, "", answer));
        }
    }

    record Rename(int user, int name) implements Act {
        @Override
        public void in(RoomWorld world) {
            Participant participant = world.participants[user][0];
            if (world.model.rename(user, "n" + name)) {
                assertThat(world.test.rename(participant.user(), "n" + name)).isEqualTo("n" + name);
            } else {
                assertThatThrownBy(() -> world.test.rename(participant.user(), "n" + name))
                        .isInstanceOf(RoomException.class);
            }
        }
    }

    record Type(int user) implements Act {
        @Override
        public void in(RoomWorld world) {
            if (world.room != null) {
                world.room.typing(world.user(user));
                world.model.typing(user);
            }
        }
    }

    record Read(int user, int device, int maxBytes, int bytes) implements Act {
        @Override
        public void in(RoomWorld world) {
            ModelLog.Reader reader = world.readers[user][device];
            if (reader != null) {
                reader.step(maxBytes, bytes);
            }
        }
    }

    record Evict() implements Act {
        @Override
        public void in(RoomWorld world) {
            for (ModelLog.Reader[] devices : world.readers) {
                for (ModelLog.Reader reader : devices) {
                    if (reader != null && reader.log == world.model.log) {
                        assertThat(LogProbe.dropOldest(reader.subscription())).isEqualTo(reader.log.evict());
                        return;
                    }
                }
            }
        }
    }

    record Pass(long millis) implements Act {
        @Override
        public void in(RoomWorld world) {
            world.test.pass(millis);
            world.test.hub.tick();
            world.model.pass(millis);
        }
    }

    @Property(tries = 2_000, seed = "20260101")
    void everyoneReadsWhatTheModelSays(@ForAll("acts") List<Act> acts) {
        RoomWorld world = new RoomWorld();
        for (Act act : acts) {
            act.in(world);
            world.check();
        }
        world.checkAtTheEnd();
    }

    @Provide
    Arbitrary<List<Act>> acts() {
        Arbitrary<Integer> user = Arbitraries.integers().between(0, RoomWorld.USERS - 1);
        Arbitrary<Integer> device = Arbitraries.integers().between(0, RoomWorld.DEVICES - 1);
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
