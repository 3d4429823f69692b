package io.parley.room;

import io.parley.model.Action;
import io.parley.model.Entry;
import io.parley.model.Role;
import io.parley.model.RoomException;
import io.parley.model.RoomException.Reason;
import io.parley.model.RoomKind;
import io.parley.model.RoomState;
import io.parley.model.Tags;
import io.parley.room.RoomContext.Place;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What may happen in a room, and as which entry: judges a command by the state at its place. The room's mover.
 */
final class Rules {
    private final RoomContext context;
    private final Place place;
    private final Roster roster;

    Rules(RoomContext context, Place place, Roster roster) {
        this.context = context;
        this.place = place;
        this.roster = roster;
    }

    /** For a room that is to be created, about which the policy was not asked. */
    static RoomException unasked() {
        return new RoomException(Reason.UNAVAILABLE, "the room has just become empty");
    }

    private static final int MAX_TAG_BYTES = 16 << 10; // of a message that a policy has replaced

    static RoomException notMember() {
        return new RoomException(Reason.NOT_A_MEMBER, "you are not in this room");
    }

    /** Whether a message may have tags: only the server sets those whose names begin with @. */
    static boolean mayCarry(Tags tags) {
        return tags.isEmpty()
                || (tags.encodedBytes() <= MAX_TAG_BYTES
                        && tags.names().stream().noneMatch(name -> name.startsWith("@")));
    }

    void checkMayJoin(User user, RoomState state, boolean isKept) {
        Permissions.checkNotBanned(state, user, context.millis());
        if (roster.find(user) != null) {
            return; // on another connection, or again
        }
        if (isKept || !isForsaken(state)) {
            Permissions.checkInvited(state, user);
        }
        int limit = state.settings().memberLimit();
        int most = limit <= 0
                ? context.options().maxMembers()
                : Math.min(limit, context.options().maxMembers());
        if (roster.size() >= most) {
            throw new RoomException(Reason.ROOM_FULL, "the room is full: it has " + most + " members");
        }
    }

    /** Whether nobody is in the room and nobody owns it: whoever comes now begins it anew. */
    boolean isForsaken(RoomState state) {
        return roster.size() == 0
                && state.roles().entrySet().stream()
                        .noneMatch(role -> role.getValue() == Role.OWNER && !User.isGuest(role.getKey()));
    }

    void checkRooms(User user) {
        if (user.isServer()) {
            return; // it tells as many users as the program wants
        }
        // By kind: conversations that others open must not keep anybody out of rooms.
        long same = user.rooms().stream()
                .filter(room -> room.kind() == place.kind())
                .count();
        if (roster.find(user) == null && same >= context.options().maxRoomsPerUser()) {
            throw new RoomException(Reason.TOO_MANY_ROOMS, user.name() + " is in as many rooms as one may be");
        }
    }

    /** Judges a command by the state at its place; throws if it may not be. */
    Entry.Sequenced entry(Task.Order order, RoomState before, long seq) {
        User actor = order.actor();
        if (place.kind() == RoomKind.ANNOUNCEMENTS && !actor.isServer()) {
            throw new RoomException(Reason.FORBIDDEN, "only the server speaks here");
        }
        if (!actor.isServer() && roster.find(actor) == null) {
            throw notMember();
        }
        long now = context.millis();
        if (order.command() instanceof Command.Say say) {
            checkSay(actor, say, before, now);
            return new Entry.Message(seq, now, say.origin(), say.cid(), actor.name(), say.body(), say.tags());
        }
        if (place.kind() != RoomKind.ROOM) {
            throw new RoomException(Reason.FORBIDDEN, "this is not a room with owners");
        }
        Permissions.checkMay(before, actor, order.command(), context.options().maxRestrictions(), now);
        if (order.command() instanceof Command.SetTopic set) {
            checkText(set.topic());
            return new Entry.TopicChanged(seq, now, actor.name(), set.topic());
        }
        if (order.command() instanceof Command.Configure configure) {
            return new Entry.Configured(seq, now, actor.name(), configure.settings());
        }
        return moderated(order, (Command.Moderate) order.command(), before, seq, now);
    }

    private void checkSay(User actor, Command.Say say, RoomState before, long now) {
        Permissions.checkMaySpeak(before, actor, now);
        if (isLonger(say.body(), context.options().maxBodyBytes())) {
            throw new RoomException(
                    Reason.TOO_LARGE,
                    "a message has at most " + context.options().maxBodyBytes() + " bytes");
        }
        for (User one : place.pair()) {
            if (one.isGuest() && !one.isHere()) {
                throw new RoomException(Reason.NO_SUCH_USER, one.name() + " is not here any more");
            }
            if (!actor.isServer()) { // whose word to a user always arrives
                checkRooms(one); // it would be opened there with this message
            }
        }
    }

    private Entry.Moderated moderated(Task.Order order, Command.Moderate act, RoomState before, long seq, long now) {
        Command.Target target = act.target();
        if (act.action() == Action.OTHER) {
            throw new RoomException(Reason.BAD_REQUEST, "there is no such action");
        }
        checkText(act.text());
        boolean founds = order.outcome() instanceof Joining.Founding; // then the owner may be away
        if ((act.action().givesRole() || act.action() == Action.KICK)
                && !founds
                && !knows(target, act.action().givesRole(), before)) {
            throw new RoomException(Reason.NO_SUCH_USER, target.name() + " is not in this room");
        }
        String subject = act.action().givesRole() || act.action() == Action.KICK
                ? target.identity()
                : Permissions.subject(before, act.action(), target);
        return new Entry.Moderated(
                seq, now, order.actor().name(), act.action(), target.name(), subject, act.durationMillis(), act.text());
    }

    private boolean knows(Command.Target target, boolean givesRole, RoomState before) {
        return (givesRole && before.roles().containsKey(target.identity()))
                || (target.user() != null && roster.find(target.user()) != null);
    }

    private void checkText(String text) {
        checkText(text, context.options());
    }

    static void checkText(String text, HubOptions options) {
        if (isLonger(text, options.maxTextBytes())) {
            throw new RoomException(Reason.TOO_LARGE, "a text here has at most " + options.maxTextBytes() + " bytes");
        }
    }

    private static boolean isLonger(String text, int maxBytes) {
        // One char is at most three bytes, so most texts need not be encoded to be measured.
        return text.length() > maxBytes / 3 && text.getBytes(StandardCharsets.UTF_8).length > maxBytes;
    }

    /**
     * A member who is removed by a moderator.
     *
     * @param member who
     * @param cause why
     */
    record Removal(Roster.Item member, RoomException cause) {

        /** Who is removed by a command that was kept; null if nobody is. */
        static @Nullable Removal by(Command command, Roster roster) {
            if (!(command instanceof Command.Moderate act && act.action().removes())) {
                return null;
            }
            User target = act.target().user();
            Roster.Item member = target == null ? null : roster.find(target);
            if (member == null) {
                return null;
            }
            boolean ban = act.action() == Action.BAN;
            String words = (ban ? "banned" : "kicked") + (act.text().isEmpty() ? "" : ": " + act.text());
            return new Removal(member, new RoomException(ban ? Reason.BANNED : Reason.KICKED, words));
        }
    }
}
