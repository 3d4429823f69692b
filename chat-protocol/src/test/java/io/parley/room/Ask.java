package io.parley.room;

import io.parley.log.Faults;
import io.parley.model.Action;
import io.parley.model.Restriction;
import io.parley.model.RoomException;
import io.parley.model.RoomSettings;
import io.parley.model.Tags;
import io.parley.sequencer.Command;
import java.util.concurrent.atomic.AtomicLong;

/** What tests ask of a room for a user, as a session does once the policy has allowed it. */
final class Ask {
    private static final Encoding NOTHING = (room, entry, into) -> {};

    private static final AtomicLong CIDS = new AtomicLong(); // of all: no command is asked for twice

    private Ask() {}

    private static Participant by(User user, long origin) {
        return new Participant(user, origin, NOTHING, Nobody.NOBODY, null);
    }

    static void say(Room room, User user, long origin, long cid, String body, Tags tags, Outcome outcome) {
        room.take(by(user, origin), cid, body, tags, outcome);
        room.proceed();
    }

    static void topic(Room room, User user, String topic, Outcome outcome) {
        room.order(by(user, user.id()), CIDS.incrementAndGet(), new Command.SetTopic(topic), outcome);
    }

    static void configure(Room room, User user, RoomSettings settings, Outcome outcome) {
        room.order(by(user, user.id()), CIDS.incrementAndGet(), new Command.Configure(settings), outcome);
    }

    /** Acts on whoever has a name; a restriction is lifted by its number. */
    static void moderate(Room room, User user, Action action, String name, long millis, String text, Outcome outcome) {
        room.target(name).whenComplete((found, error) -> {
            if (found == null) {
                outcome.refused((RoomException) Faults.cause(error));
            } else {
                long number = action.lifts() ? number(room, action, found.item().id()) : 0;
                room.order(
                        by(user, user.id()),
                        CIDS.incrementAndGet(),
                        new Command.Moderate(action, found.item().id(), found, number, millis, text),
                        outcome);
            }
        });
    }

    private static long number(Room room, Action action, long id) {
        Restriction bound =
                (action == Action.UNBAN ? room.state().bans() : room.state().mutes()).get(id);
        return bound == null ? 0 : bound.number();
    }
}
