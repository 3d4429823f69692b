package io.parley.sequencer;

import io.parley.model.Action;
import io.parley.model.Entry;
import io.parley.model.Restriction;
import io.parley.model.RoomException;
import io.parley.model.RoomException.Reason;
import io.parley.model.RoomKind;
import io.parley.model.RoomRef;
import io.parley.model.RoomState;
import io.parley.model.Tags;
import io.parley.model.UserItem;
import io.parley.model.UserKind;
import io.parley.sequencer.RoomContext.Place;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What may happen in a room, and as which entry: judges a command by the state at its place. The room's mover.
 */
public final class Rules {
    private final RoomContext context;
    private final Place<?> place;
    private final Roster roster;

    Rules(RoomContext context, Place<?> place, Roster roster) {
        this.context = context;
        this.place = place;
        this.roster = roster;
    }

    /**
     * For a room that is to be created, about which the policy was not asked.
     *
     * @return a new exception
     */
    public static RoomException unasked() {
        return new RoomException(Reason.UNAVAILABLE, "the room has just become empty");
    }

    private static final int MAX_TAG_BYTES = 16 << 10; // of a message that a policy has replaced

    /**
     * For whoever is no member.
     *
     * @return a new exception
     */
    public static RoomException notMember() {
        return new RoomException(Reason.NOT_A_MEMBER, "you are not in this room");
    }

    /**
     * Whether a message may have tags: only the server sets those whose names begin with @.
     *
     * @param tags the tags
     * @return false if they are too long, or the server's
     */
    public static boolean mayCarry(Tags tags) {
        return tags.isEmpty()
                || (tags.encodedBytes() <= MAX_TAG_BYTES
                        && tags.names().stream().noneMatch(name -> name.startsWith("@")));
    }

    void checkMayJoin(RoomUser user, RoomState state) {
        Permissions.checkNotBanned(state, user, context.steadyMillis());
        if (roster.find(user) != null) {
            return; // on another connection, or again
        }
        Permissions.checkInvited(state, user);
        int limit = state.settings().memberLimit();
        int most = limit <= 0
                ? context.bounds().members()
                : Math.min(limit, context.bounds().members());
        if (roster.size() >= most) {
            throw new RoomException(Reason.ROOM_FULL, "the room is full: it has " + most + " members");
        }
    }

    void checkRooms(RoomUser user) {
        if (user.isServer()) {
            return; // it tells as many users as the program wants
        }
        // By kind, and without conversations that others began: those must not keep anybody out.
        List<RoomRef> unanswered = user.directs().unanswered();
        long same = user.rooms().stream()
                .filter(room -> room.kind() == place.kind() && !unanswered.contains(room))
                .count();
        if (roster.find(user) == null && same >= context.bounds().roomsPerUser()) {
            throw new RoomException(Reason.TOO_MANY_ROOMS, user.name() + " is in as many rooms as one may be");
        }
    }

    /** Judges a command by the state at its place; throws if it may not be. */
    Entry.Sequenced entry(Task.Order order, RoomState before, long seq) {
        RoomUser actor = order.actor();
        if (place.kind() == RoomKind.ANNOUNCEMENTS && !actor.isServer()) {
            throw new RoomException(Reason.FORBIDDEN, "only the server speaks here");
        }
        if (!actor.isServer() && roster.find(actor) == null) {
            throw notMember();
        }
        long now = context.millis();
        Command command = order.command();
        if (command instanceof Command.Say say) {
            checkSay(actor, say, before);
            return new Entry.Message(seq, now, order.origin(), order.cid(), actor.item(), say.body(), say.tags());
        }
        if (place.kind() != RoomKind.ROOM) {
            throw new RoomException(Reason.FORBIDDEN, "this is not a room with owners");
        }
        Permissions.checkRole(before, actor, command);
        Permissions.checkNotMuted(before, actor, context.steadyMillis());
        if (command instanceof Command.SetTopic set) {
            checkText(set.topic());
            return new Entry.TopicChanged(seq, now, order.origin(), order.cid(), actor.item(), set.topic());
        }
        if (command instanceof Command.Configure configure) {
            return new Entry.Configured(seq, now, order.origin(), order.cid(), actor.item(), configure.settings());
        }
        return moderated(order, (Command.Moderate) command, before, seq, now);
    }

    private void checkSay(RoomUser actor, Command.Say say, RoomState before) {
        if (!before.mutes().isEmpty()) { // else the time need not be asked for
            Permissions.checkNotMuted(before, actor, context.steadyMillis());
        }
        if (isLonger(say.body(), context.bounds().bodyBytes())) {
            throw new RoomException(
                    Reason.TOO_LARGE,
                    "a message has at most " + context.bounds().bodyBytes() + " bytes");
        }
        for (RoomUser one : place.pair()) {
            if (one.isGuest() && !one.isHere()) {
                throw new RoomException(Reason.NO_SUCH_USER, one.name() + " is not here any more");
            }
        }
        if (place.kind() == RoomKind.DIRECT && !actor.isServer()) { // whose word to a user always arrives
            checkRooms(actor);
            checkMayTell(actor);
        }
    }

    /** Checks that the other of a conversation takes a user's messages. Whoever it has written to may answer. */
    void checkMayTell(RoomUser from) {
        String no = refusal(from);
        if (no != null) {
            throw new RoomException(Reason.FORBIDDEN, place.other(from).name() + no);
        }
    }

    /** Whether the other of a conversation takes a user's messages. */
    boolean mayTell(RoomUser from) {
        return refusal(from) == null;
    }

    private @Nullable String refusal(RoomUser from) {
        RoomUser to = place.other(from);
        Contacts contacts = to.directs().contacts();
        if (from.isOperator()) {
            return null;
        }
        if (contacts.ignored().contains(from.id())) {
            return " takes no messages from you";
        }
        boolean answers = roster.find(to) != null && !to.directs().unanswered().contains(place.ref());
        boolean takes = switch (contacts.mode()) {
            case EVERYBODY -> true;
            case ACCOUNTS -> !from.isGuest();
            case ROOM_MATES -> shareARoom(from, to);
            case NOBODY -> false;
        };
        if (takes || answers) {
            return null;
        }
        return switch (contacts.mode()) {
            case ACCOUNTS -> " takes no messages of guests";
            case ROOM_MATES -> " takes only messages of those who are in a room with it";
            default -> " takes no messages";
        };
    }

    private static boolean shareARoom(RoomUser one, RoomUser other) {
        return one.rooms().stream().filter(room -> room.kind() == RoomKind.ROOM).anyMatch(other.rooms()::contains);
    }

    private Entry.Moderated moderated(Task.Order order, Command.Moderate act, RoomState before, long seq, long now) {
        if (act.action() == Action.OTHER) {
            throw new RoomException(Reason.BAD_REQUEST, "there is no such action");
        }
        checkText(act.text());
        Restriction lifted = act.action().lifts() ? lifted(act, before) : null;
        UserItem target = lifted == null ? target(act, before) : lifted.user();
        if (lifted == null) {
            RoomUser here = context.users().find(target.id());
            Permissions.checkRank(before, order.actor(), act.action(), target, here);
        } else if (target.id() == order.actor().id()) {
            throw new RoomException(Reason.FORBIDDEN, "nobody lifts what binds oneself");
        }
        checkPresent(order, act, target, before);
        Restriction imposed = act.action().restricts() ? imposed(order, act, target, before, seq) : null;
        long ends = imposed == null ? act.restriction() : replaced(before, imposed);
        return new Entry.Moderated(
                seq,
                now,
                order.origin(),
                order.cid(),
                order.actor().item(),
                act.action(),
                target,
                act.action().restricts() || act.action().lifts() ? ends : 0,
                act.action().restricts() ? act.durationMillis() : 0,
                act.text(),
                imposed);
    }

    private Restriction lifted(Command.Moderate act, RoomState before) {
        Map<Long, Restriction> all = act.action() == Action.UNBAN ? before.bans() : before.mutes();
        return all.values().stream()
                .filter(one -> one.number() == act.restriction() && !act.blind())
                .findFirst()
                .orElseThrow(() -> new RoomException(
                        Reason.BAD_REQUEST,
                        "there is no " + (act.action() == Action.UNBAN ? "ban " : "mute ") + act.restriction()));
    }

    private static UserItem target(Command.Moderate act, RoomState before) {
        Command.Target known = act.known();
        UserItem target = known == null ? before.find(act.target()) : known.item();
        if (target == null || act.blind()) {
            throw new RoomException(Reason.NO_SUCH_USER, "there is no such user");
        }
        return target;
    }

    /** Only a member is kicked; a role or an invitation is of no use to a guest who is not here. */
    private void checkPresent(Task.Order order, Command.Moderate act, UserItem target, RoomState before) {
        RoomUser user = context.users().known(target.id());
        boolean member = user != null && roster.find(user) != null;
        boolean durable = target.kind() == UserKind.ACCOUNT;
        boolean listed = before.find(target.id()) != null;
        boolean fits = switch (act.action()) {
            case KICK -> member;
            case MAKE_MEMBER -> member || durable || listed;
            case MAKE_MODERATOR, MAKE_OWNER -> member || durable;
            case INVITE -> durable || context.users().find(target.id()) != null;
            default -> true;
        };
        if (!fits) {
            throw new RoomException(
                    Reason.NO_SUCH_USER,
                    target.name() + (act.action() == Action.INVITE ? " is not here" : " is not in this room"));
        }
        int most = context.bounds().restrictions();
        boolean full = act.action() == Action.INVITE
                ? before.invited().size() >= most && !before.invited().containsKey(target.id())
                : act.action().givesRole()
                        && act.action() != Action.MAKE_MEMBER
                        && before.roles().size() >= most
                        && !before.roles().containsKey(target.id());
        if (full && !order.actor().isOperator()) {
            throw new RoomException(Reason.FORBIDDEN, "this room's list is full");
        }
    }

    private Restriction imposed(Task.Order order, Command.Moderate act, UserItem target, RoomState before, long seq) {
        Restriction former = (act.action() == Action.BAN ? before.bans() : before.mutes()).get(target.id());
        long addressKey = former == null ? 0 : former.addressKey(); // of one that the hub has forgotten
        long now = context.steadyMillis();
        long end = now + act.durationMillis();
        return new Restriction(
                seq,
                act.action(),
                target,
                act.known() == null ? addressKey : act.known().addressKey(),
                now,
                act.durationMillis() == 0 || end < 0 ? Long.MAX_VALUE : end,
                order.actor().item(),
                act.text());
    }

    /**
     * The restriction that ends because another begins: that of the same user, or in a full list the one that matters least,
     * so that moderators can always act. 0 if none does.
     */
    private long replaced(RoomState before, Restriction imposed) {
        Map<Long, Restriction> all = imposed.action() == Action.BAN ? before.bans() : before.mutes();
        Restriction former = all.get(imposed.user().id());
        long now = imposed.sinceMillis();
        if (former != null && former.isRunning(now)) {
            return former.number();
        }
        List<Restriction> running =
                all.values().stream().filter(one -> one.isRunning(now)).toList();
        if (running.size() < context.bounds().restrictions()) {
            return 0;
        }
        return running.stream()
                .min(Comparator.comparing((Restriction one) -> !one.user().isGuest())
                        .thenComparingLong(Restriction::untilMillis)
                        .thenComparingLong(Restriction::number))
                .map(Restriction::number)
                .orElse(0L);
    }

    private void checkText(String text) {
        checkText(text, context.bounds().textBytes());
    }

    /**
     * Checks that a text is not too long.
     *
     * @param text the text
     * @param maxBytes how many bytes it may have
     */
    public static void checkText(String text, int maxBytes) {
        if (isLonger(text, maxBytes)) {
            throw new RoomException(Reason.TOO_LARGE, "a text here has at most " + maxBytes + " bytes");
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
     * @param wasHere whether it had a session in the room
     * @param cause why
     */
    record Removal(Roster.Item member, boolean wasHere, RoomException cause) {

        /** Who is removed by an entry that was kept; null if nobody is. */
        static @Nullable Removal by(Entry.Sequenced entry, Roster roster, RoomContext.Directory users) {
            if (!(entry instanceof Entry.Moderated act && act.action().removes())) {
                return null;
            }
            RoomUser target = users.known(act.target().id());
            Roster.Item member = target == null ? null : roster.find(target);
            if (member == null) {
                return null;
            }
            boolean ban = act.action() == Action.BAN;
            long millis = ban ? act.durationMillis() : 0;
            String words = (ban ? "banned" : "kicked") + Words.until(millis) + Words.because(act.text());
            return new Removal(
                    member, member.isHere(), new RoomException(ban ? Reason.BANNED : Reason.KICKED, words, millis));
        }
    }
}
