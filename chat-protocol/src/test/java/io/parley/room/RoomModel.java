package io.parley.room;

import io.parley.model.Action;
import io.parley.model.PresenceMode;
import io.parley.model.Role;
import io.parley.model.RoomException.Reason;
import io.parley.model.RoomSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a room has to be, in plain collections and one thread: users by number, each with devices by number. Methods return
 * what the room has to answer: a sequence number or a reason.
 */
final class RoomModel {
    final String[] names;
    final List<String> history = new ArrayList<>(); // entry n is at n - 1
    final Map<Integer, Role> roles = new HashMap<>();
    final Map<Integer, Long> bans = new HashMap<>();
    final Map<Integer, Long> mutes = new HashMap<>();
    final Set<Integer> invited = new TreeSet<>();
    final Map<Integer, Map<Integer, ModelLog.Reader>> members = new TreeMap<>();
    String topic = "";
    RoomSettings settings = RoomSettings.DEFAULT;
    long now = 1_000_000;
    boolean open;
    ModelLog log; // null while no cursor reads
    private int attached;
    private boolean news;
    private boolean flushDue;
    private long lastPresence;

    RoomModel(int users) {
        names = new String[users];
        for (int user = 0; user < users; user++) {
            names[user] = "n" + user;
        }
    }

    long head() {
        return history.size();
    }

    boolean isMember(int user) {
        return open && members.containsKey(user);
    }

    private Role role(int user) {
        return roles.getOrDefault(user, Role.MEMBER);
    }

    private boolean isUnder(Map<Integer, Long> list, int user) {
        return now < list.getOrDefault(user, Long.MIN_VALUE);
    }

    // ---- joining and leaving

    private boolean isNew() {
        return members.isEmpty() && history.isEmpty();
    }

    /** Null if the user may join. */
    Reason refusal(int user) {
        if (isUnder(bans, user)) {
            return Reason.BANNED;
        }
        if (isMember(user)) {
            return null;
        }
        if (role(user) == Role.MEMBER && settings.inviteOnly() && !invited.contains(user)) {
            return Reason.INVITE_ONLY;
        }
        boolean full = settings.memberLimit() > 0 && open && members.size() >= settings.memberLimit();
        return full ? Reason.ROOM_FULL : null;
    }

    /** A refused joiner may have opened the room; it is put away at once. */
    ModelLog.Reader join(int user, int device, Subscription cursor) {
        if (!open) {
            open = true;
            news = false;
            flushDue = false;
            log = null;
            attached = 0;
            lastPresence = now - 100;
        }
        boolean founder = isNew();
        if (!members.containsKey(user)) {
            members.put(user, new HashMap<>());
            news = true;
            tellPresence(false);
        }
        ModelLog.Reader former = members.get(user).get(device);
        if (former != null) {
            former.end(head(), null);
        }
        log = log == null ? new ModelLog(head()) : log;
        attached++;
        ModelLog.Reader reader = new ModelLog.Reader(log, cursor);
        members.get(user).put(device, reader);
        if (founder) {
            roles.put(user, Role.OWNER);
            publish("operator MAKE_OWNER " + names[user]);
        }
        return reader;
    }

    void leave(int user, int device) {
        members.get(user).remove(device).end(head(), null);
        remove(user, Reason.NOT_A_MEMBER);
        open = !members.isEmpty();
    }

    private void remove(int user, Reason why) {
        members.remove(user).values().forEach(reader -> reader.end(head(), why));
        news = true;
        tellPresence(false);
    }

    void closed(ModelLog.Reader reader) {
        if (reader.log == log && --attached == 0) {
            log = null;
        }
    }

    // ---- entries

    private long publish(String what) {
        tellPresence(true);
        String line = "#" + (head() + 1) + " " + what;
        history.add(line);
        write(line);
        return head();
    }

    private void write(String line) {
        if (log != null) {
            log.append(line, head());
        }
    }

    private void tellPresence(boolean atOnce) {
        if (!news) {
            return;
        }
        if (!atOnce && now - lastPresence < 100) {
            flushDue = true;
            return;
        }
        lastPresence = now;
        news = false;
        if (settings.presence() != PresenceMode.OFF) {
            write("=" + members.size());
        }
    }

    private Reason outsider(int user) {
        return !open ? Reason.ROOM_GONE : !members.containsKey(user) ? Reason.NOT_A_MEMBER : null;
    }

    Object say(int user, String body) {
        Reason no = outsider(user);
        if (no == null && isUnder(mutes, user)) {
            no = Reason.MUTED;
        }
        return no != null ? no : (Object) publish(names[user] + ": " + body);
    }

    Object setTopic(int user, String next) {
        Reason no = outsider(user);
        if (no == null) {
            no = restrained(user, Role.MODERATOR);
        }
        if (no != null) {
            return no;
        }
        long seq = publish(names[user] + " topic " + next);
        topic = next;
        return seq;
    }

    Object configure(int user, RoomSettings next) {
        Reason no = outsider(user);
        if (no == null) {
            no = restrained(user, Role.OWNER);
        }
        if (no != null) {
            return no;
        }
        long seq = publish(names[user] + " " + next.inviteOnly() + " " + next.memberLimit() + " " + next.presence());
        settings = next;
        return seq;
    }

    /** Why a member may not give a command for which a role is needed; null if it may. */
    private Reason restrained(int user, Role needed) {
        if (role(user).compareTo(needed) < 0) {
            return Reason.FORBIDDEN;
        }
        return isUnder(mutes, user) ? Reason.MUTED : null;
    }

    Object moderate(int user, Action action, int target, long millis) {
        Reason no = outsider(user);
        if (no == null) {
            no = restrained(user, action.givesRole() ? Role.OWNER : Role.MODERATOR);
        }
        if (no != null) {
            return no;
        }
        if (action == Action.OTHER) {
            return Reason.BAD_REQUEST;
        }
        if (action.lifts()) {
            if (!(action == Action.UNBAN ? bans : mutes).containsKey(target)) {
                return Reason.BAD_REQUEST;
            }
            if (user == target) {
                return Reason.FORBIDDEN;
            }
        } else if (isAbove(user, action, target)) {
            return Reason.FORBIDDEN;
        }
        if (action == Action.KICK && !members.containsKey(target)) {
            return Reason.NO_SUCH_USER;
        }
        long seq = publish(names[user] + " " + action + " " + names[target]);
        take(action, target, millis == 0 ? Long.MAX_VALUE : now + millis);
        if ((action == Action.KICK || action == Action.BAN) && members.containsKey(target)) {
            remove(target, action == Action.BAN ? Reason.BANNED : Reason.KICKED);
        }
        return seq;
    }

    /** Whether a target is not for a user to act on. */
    private boolean isAbove(int user, Action action, int target) {
        boolean lowers = action.givesRole() && action.role().compareTo(role(target)) < 0;
        if (user == target) {
            long owners = roles.values().stream().filter(Role.OWNER::equals).count();
            return !action.givesRole() || (lowers && role(user) == Role.OWNER && owners == 1);
        }
        boolean harms = action == Action.KICK || action == Action.BAN || action == Action.MUTE || lowers;
        return harms && role(user).compareTo(role(target)) <= 0;
    }

    private void take(Action action, int target, long until) {
        switch (action) {
            case KICK, OTHER -> {}
            case BAN -> {
                bans.values().removeIf(end -> end <= now);
                bans.put(target, until);
                roles.remove(target);
            }
            case UNBAN -> bans.remove(target);
            case MUTE -> {
                mutes.values().removeIf(end -> end <= now);
                mutes.put(target, until);
            }
            case UNMUTE -> mutes.remove(target);
            case INVITE -> invited.add(target);
            case UNINVITE -> invited.remove(target);
            case MAKE_MEMBER -> roles.remove(target);
            case MAKE_MODERATOR -> roles.put(target, Role.MODERATOR);
            case MAKE_OWNER -> roles.put(target, Role.OWNER);
        }
    }

    // ---- what has no number

    private void pass(int user, String line) {
        if (isMember(user) && settings.presence() == PresenceMode.FULL) {
            tellPresence(true);
            write(line);
        }
    }

    void typing(int user) {
        if (isUnder(mutes, user)) {
            return;
        }
        pass(user, "~" + names[user]);
    }

    /** False if somebody else has the name, or the user is muted. */
    boolean rename(int user, String next) {
        if (isMember(user) && isUnder(mutes, user)) {
            return false;
        }
        for (int other = 0; other < names.length; other++) {
            if (other != user && names[other].equals(next)) {
                return false;
            }
        }
        String former = names[user];
        names[user] = next;
        if (!former.equals(next)) {
            pass(user, former + " > " + next);
        }
        return true;
    }

    void pass(long millis) {
        now += millis;
        if (open && flushDue) {
            flushDue = false;
            tellPresence(true);
        }
    }
}
