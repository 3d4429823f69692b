package io.parley.client;

import io.parley.model.Departure;
import io.parley.model.ErrorCode;
import io.parley.model.Member;
import io.parley.model.Role;
import io.parley.model.RoomSettings;
import io.parley.model.UserItem;
import io.parley.wire.Configured;
import io.parley.wire.Message;
import io.parley.wire.Moderated;
import io.parley.wire.Presence;
import io.parley.wire.Renamed;
import io.parley.wire.RoomSnapshot;
import io.parley.wire.ServerFrame;
import io.parley.wire.TopicChanged;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * One room as this client sees it: who is in it, and its entries put in order. The reader's thread changes it; any
 * thread reads.
 */
final class RoomView {
    private final Link link;
    private final ChatRoom room;
    private final int number;
    private final long head;
    private final long peer;
    private final EntryOrder history;
    private final Map<Long, Member> members = new ConcurrentHashMap<>();
    private long shown; // the entry up to which the snapshot has it all; the reader's thread
    private volatile int count;
    private volatile String topic = "";
    private volatile Role role = Role.MEMBER;
    private volatile RoomSettings settings;
    private volatile long epoch;
    private volatile boolean closed;
    private RoomListener listener; // callbacks only, once the first is under way

    RoomView(Link link, RoomSnapshot snapshot, RoomListener listener, long after) {
        this.link = link;
        this.number = snapshot.room();
        this.head = snapshot.head();
        this.peer = snapshot.peer();
        this.listener = listener;
        this.settings = snapshot.settings();
        this.epoch = snapshot.epoch();
        this.room = new ChatRoom(link, this, snapshot.name(), snapshot.kind());
        this.history = new EntryOrder(link, this, after);
        show(snapshot);
    }

    ChatRoom room() {
        return room;
    }

    int number() {
        return number;
    }

    long peer() {
        return peer;
    }

    long head() {
        return head;
    }

    long epoch() {
        return epoch;
    }

    List<Member> members() {
        return members.values().stream()
                .sorted(Comparator.comparing(Member::name))
                .toList();
    }

    int count() {
        return count;
    }

    String topic() {
        return topic;
    }

    Role role() {
        return role;
    }

    RoomSettings settings() {
        return settings;
    }

    // ---- the reader's thread

    private void show(RoomSnapshot snapshot) {
        epoch = snapshot.epoch();
        shown = snapshot.head();
        topic = snapshot.topic();
        role = snapshot.role();
        settings = snapshot.settings();
        count = snapshot.memberCount();
        members.clear();
        snapshot.members().forEach(member -> members.put(member.user().id(), member));
    }

    void gap(long from, long to, RoomSnapshot snapshot) {
        show(snapshot);
        history.gap(from, to);
    }

    /** An entry with a number came, live or with the backlog. */
    void sequenced(long seq, ServerFrame entry) {
        long cid = ownCid(entry);
        if (cid != 0) {
            link.commands().ordered(cid, seq); // now, even if it is told only when a gap before it is filled
        }
        history.live(seq, entry);
    }

    void presence(Presence presence) {
        count = presence.count();
        for (Departure left : presence.left()) {
            if (members.remove(left.user().id()) != null) {
                tell(128 + 2 * left.text().length(), to -> to.onLeft(left.user(), left.text()));
            }
        }
        for (Member joined : presence.joined()) {
            if (members.put(joined.user().id(), joined) == null) {
                tell(to -> to.onJoined(joined));
            }
        }
    }

    void renamed(Renamed renamed) {
        UserItem user = renamed.user();
        members.computeIfPresent(user.id(), (id, member) -> new Member(user, member.role()));
        tell(to -> to.onRenamed(renamed.from(), user));
    }

    void typing(UserItem user) {
        tell(to -> to.onTyping(user));
    }

    /** About how many bytes an entry takes while it waits. */
    static int cost(ServerFrame entry) {
        int chars = 0;
        if (entry instanceof Message message) {
            chars = message.body().length() + message.tags().encodedBytes();
        } else if (entry instanceof TopicChanged change) {
            chars = change.topic().length();
        } else if (entry instanceof Moderated act) {
            chars = act.text().length();
        }
        return 128 + 2 * chars;
    }

    /** An entry is in its turn. */
    void deliver(ServerFrame entry) {
        int cost = cost(entry);
        if (entry instanceof Message message) {
            io.parley.client.Message told = message(message);
            tell(cost, to -> to.onMessage(told));
        } else if (entry instanceof TopicChanged change) {
            topic = change.seq() > shown ? change.topic() : topic;
            tell(cost, to -> to.onTopic(change.entry()));
        } else if (entry instanceof Configured change) {
            settings = change.seq() > shown ? change.settings() : settings;
            tell(cost, to -> to.onConfigured(change.entry()));
        } else if (entry instanceof Moderated act) {
            if (act.seq() > shown) {
                moderated(act);
            }
            tell(cost, to -> to.onModerated(act.entry()));
        }
    }

    private void moderated(Moderated act) {
        Role given = switch (act.action()) {
            case MAKE_OWNER -> Role.OWNER;
            case MAKE_MODERATOR -> Role.MODERATOR;
            case MAKE_MEMBER, BAN -> Role.MEMBER;
            default -> null;
        };
        if (given != null) {
            long id = act.target().id();
            role = id == link.user().id() ? given : role;
            members.computeIfPresent(id, (same, member) -> new Member(member.user(), given));
        }
    }

    io.parley.client.Message message(Message message) {
        return new io.parley.client.Message(
                message.seq(), message.timeMillis(), message.author(), message.body(), message.tags(), isOwn(message));
    }

    private boolean isOwn(Message message) {
        return ownCid(message) != 0;
    }

    /** The number of the own command that an entry comes from; 0 if it is another's. */
    private long ownCid(ServerFrame entry) {
        if (entry instanceof Message message) {
            return message.origin() == link.origin() ? message.cid() : 0;
        }
        if (entry instanceof TopicChanged change) {
            return change.origin() == link.origin() ? change.cid() : 0;
        }
        if (entry instanceof Configured change) {
            return change.origin() == link.origin() ? change.cid() : 0;
        }
        return entry instanceof Moderated act && act.origin() == link.origin() ? act.cid() : 0;
    }

    void lost(long from, long to) {
        tell(listening -> listening.onLost(from, to));
    }

    /** Whether the stay in the room is over, or the connection is. */
    boolean isClosed() {
        return closed;
    }

    void closed(int code, String text) {
        closed = true;
        tell(to -> to.onClosed(new ChatException(code, text)));
    }

    void closed() {
        closed(ErrorCode.ROOM_GONE, "left");
    }

    private void tell(Consumer<RoomListener> event) {
        tell(128, event);
    }

    private void tell(int cost, Consumer<RoomListener> event) {
        link.callbacks().tell(cost, () -> event.accept(listener));
    }

    /** Says who listens, before anything is told. Inside a callback. */
    void listener(RoomListener value) {
        listener = value;
    }
}
