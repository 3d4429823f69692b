package io.parley.room;

import io.parley.model.Action;
import io.parley.model.Checks;
import io.parley.model.Restriction;
import io.parley.model.RoomException;
import io.parley.model.RoomSettings;
import io.parley.model.RoomState;
import io.parley.model.UserItem;
import io.parley.policy.Decision;
import io.parley.sequencer.Command;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The part of a session that changes rooms and who is in them. A superclass and no object of its own. */
abstract class Moderating extends Asking {

    Moderating(HubContext context, Participant participant) {
        super(context, participant);
    }

    /**
     * Sets the topic.
     *
     * @param in the subscription of the room
     * @param cid the session's own number for the command
     * @param topic the topic; empty to remove it
     * @param outcome told how it came out
     */
    public final void setTopic(Subscription in, long cid, String topic, Outcome outcome) {
        Room room = in.room();
        ask(() -> context.policy().topic(user().ref(), room.ref(), topic), decision -> {
            if (decision instanceof Decision.Replace other) {
                order(room, cid, new Command.SetTopic(other.body()), outcome);
            } else {
                decided(decision, room, cid, new Command.SetTopic(topic), outcome);
            }
        });
    }

    /**
     * Acts on a user.
     *
     * @param in the subscription of the room
     * @param cid the session's own number for the command
     * @param action what to do; not UNBAN or UNMUTE, see {@link #lift}
     * @param target the user's id; it need not be here, except for KICK
     * @param duration for how long, for BAN and MUTE; zero means for good
     * @param text why
     * @param outcome told how it came out
     */
    public final void moderate(
            Subscription in, long cid, Action action, long target, Duration duration, String text, Outcome outcome) {
        long millis = Checks.millis("duration", duration);
        moderate(in.room(), cid, action, target, 0, millis, text, outcome);
    }

    /**
     * Lifts a restriction.
     *
     * @param in the subscription of the room
     * @param cid the session's own number for the command
     * @param action UNBAN or UNMUTE
     * @param restriction the number of the restriction
     * @param text why
     * @param outcome told how it came out
     */
    public final void lift(Subscription in, long cid, Action action, long restriction, String text, Outcome outcome) {
        moderate(in.room(), cid, action, 0, restriction, 0, text, outcome);
    }

    private void moderate(
            Room room,
            long cid,
            Action action,
            long target,
            long restriction,
            long millis,
            String text,
            Outcome outcome) {
        Command.Target known = action.lifts() ? null : context.users().target(target);
        UserItem aim = known == null ? aim(room, action, target, restriction) : known.item();
        boolean blind = aim == null && !context.isOpen();
        Command command = new Command.Moderate(action, target, known, restriction, millis, text, blind);
        if (aim == null) { // the room says what is wrong
            ask(() -> Decision.ALLOW, always -> decided(always, room, cid, command, outcome));
        } else {
            ask(
                    () -> context.policy()
                            .moderate(user().ref(), room.ref(), action, aim, Duration.ofMillis(millis), text),
                    decision -> decided(decision, room, cid, command, outcome));
        }
    }

    private static @Nullable UserItem aim(Room room, Action action, long target, long restriction) {
        RoomState state = room.state();
        return action.lifts()
                ? state.restrictions(0).stream()
                        .filter(one -> one.number() == restriction)
                        .map(Restriction::user)
                        .findFirst()
                        .orElse(null)
                : state.find(target);
    }

    /**
     * Changes the settings.
     *
     * @param in the subscription of the room
     * @param cid the session's own number for the command
     * @param settings the new settings
     * @param outcome told how it came out
     */
    public final void configure(Subscription in, long cid, RoomSettings settings, Outcome outcome) {
        Room room = in.room();
        ask(
                () -> context.policy().configure(user().ref(), room.ref(), settings),
                decision -> decided(decision, room, cid, new Command.Configure(settings), outcome));
    }

    private void order(Room room, long cid, Command command, Outcome outcome) {
        room.order(participant, cid, command, outcome);
    }

    private void decided(Decision decision, Room room, long cid, Command command, Outcome outcome) {
        RoomException no = Questions.refusal(decision);
        if (no == null) {
            order(room, cid, command, outcome);
        } else {
            refuse(room, cid, outcome, no);
        }
    }
}
