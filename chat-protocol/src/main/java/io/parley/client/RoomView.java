package io.parley.client;

import io.parley.model.Departure;
import io.parley.model.ErrorCode;
import io.parley.model.Member;
import io.parley.model.Role;
import io.parley.model.RoomKind;
import io.parley.model.RoomSettings;
import io.parley.model.UserItem;
import io.parley.wire.Configured;
import io.parley.wire.Message;
import io.parley.wire.Moderated;
import io.parley.wire.Presence;
import io.parley.wire.Renamed;
import io.parley.wire.RoomSnapshot;
import io.parley.wire.ServerFrame;
import io.parley.wire.Since;
import io.parley.wire.TopicChanged;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One room as this client sees it: who is in it, and its entries put in order. It lives on when the connection is lost.
 * The reader's thread changes it, of one connection after the other; any thread reads.
 *
 * <p>(Over 300 lines: it is all that a room's frames do to what the program sees.)
 */
final class RoomView implements Link.Marked {
    private final Link link;
    private final ChatRoom room;
    private final Place place = new Place();
    private final RoomKind kind;
    private final String name;
    private final long peer;
    private final int backlog;
    private final EntryOrder order;
    private final Map<Long, Member> members = new ConcurrentHashMap<>();
    private long shown; // the entry up to which the snapshot has it all; the reader's thread
    private long start; // where the backlog begins that was asked for; the reader's thread
    private long historyTo; // the last entry of that backlog; the reader's thread
    private long settleAt; // the entry with which all unsure commands are known, or -1; the reader's thread
    private boolean complete; // whether none up to that was lost; the reader's thread
    private long caughtUpTo; // the last entry that was missed while there was no connection; the reader's thread
    private volatile long head;
    private volatile int count;
    private volatile long readSeq; // written by the reader's thread
    private volatile String topic = "";
    private volatile Role role = Role.MEMBER;
    private volatile RoomSettings settings;
    private volatile long epoch;
    private volatile boolean closed;
    private RoomListener listener; // callbacks only, once the first is under way

    /**
     * Makes a view of a room that was just entered; {@link #enter} is to follow.
     *
     * @param backlog how many of the last entries are wanted where nothing is known
     */
    RoomView(Link link, RoomSnapshot snapshot, RoomListener listener, int backlog) {
        this.link = link;
        this.kind = snapshot.kind();
        this.name = snapshot.name();
        this.peer = snapshot.peer();
        this.listener = listener;
        this.backlog = backlog;
        this.settings = snapshot.settings();
        this.epoch = snapshot.epoch();
        this.room = new ChatRoom(link, this, name, kind);
        this.order = new EntryOrder(link, this);
        this.settleAt = -1;
    }

    // ---- coming in; the reader's thread

    /**
     * The room was entered for the first time.
     *
     * @param since where the program has read the room to, or null
     */
    void enter(RoomSnapshot snapshot, boolean recovered, @Nullable Since since) {
        if (since == null) {
            come(snapshot);
            beginAnew(snapshot);
        } else {
            epoch = since.epoch();
            order.begin(since.seq());
            enterAgain(snapshot, recovered);
        }
    }

    /** A conversation that another has begun: what is behind a point follows, or is fetched. */
    void open(RoomSnapshot snapshot, boolean recovered, long after, Runnable announcement) {
        come(snapshot);
        announcement.run(); // once the room can be used, and before anything of it is told
        historyTo = after;
        caughtUpTo = snapshot.head();
        order.begin(after);
        if (!recovered) {
            order.gap(after + 1, snapshot.head());
        }
    }

    /** The room was entered or continued after the connection was lost. */
    void enterAgain(RoomSnapshot snapshot, boolean recovered) {
        Since since = since();
        boolean known = since.epoch() == snapshot.epoch() && since.seq() <= snapshot.head();
        complete = known && recovered;
        Map<Long, Member> before = Map.copyOf(members);
        if (known) {
            come(snapshot);
            caughtUpTo = snapshot.head();
            order.begin(since.seq());
            settleAt = snapshot.head();
            if (!recovered) {
                order.gap(since.seq() + 1, snapshot.head());
            }
        } else {
            tell(to -> to.onReset(snapshot.epoch()));
            come(snapshot);
            beginAnew(snapshot);
        }
        tellChanges(before);
        if (complete) {
            settle();
        } else {
            settleAt = -1;
            link.commands().settle(place, false);
        }
        link.commands().entered();
        link.requests().sendReady();
    }

    /** Tells who else came and went meanwhile, where both snapshots say who is here. */
    private void tellChanges(Map<Long, Member> before) {
        if (before.isEmpty() || members.isEmpty()) {
            return;
        }
        before.forEach((id, member) -> {
            Member now = members.get(id);
            if (now == null && !link.isSelf(id)) {
                tell(to -> to.onLeft(member.user(), ""));
            } else if (now != null && !now.name().equals(member.name())) {
                tell(to -> to.onRenamed(member.name(), now.user()));
            }
        });
        members.forEach((id, member) -> {
            if (!before.containsKey(id) && !link.isSelf(id)) {
                tell(to -> to.onJoined(member));
            }
        });
    }

    private void come(RoomSnapshot snapshot) {
        place.entered(link.origin(), snapshot.room());
        head = snapshot.head();
        show(snapshot);
    }

    private void beginAnew(RoomSnapshot snapshot) {
        order.begin(-1);
        historyTo = snapshot.head();
        caughtUpTo = 0;
        long wanted = Math.min(backlog, link.historyPage());
        long below = Math.min(snapshot.floor() - 1, snapshot.head()); // nothing up to there can be read
        start = Math.max(0, Math.max(snapshot.head() - wanted, below));
    }

    /** The connection is lost. */
    void lost() {
        order.stop();
        settleAt = -1;
    }

    /** The last entry that was handed to the program: what follows is wanted. */
    Since since() {
        long delivered = order.delivered();
        return new Since(epoch, delivered < 0 ? start : delivered);
    }

    /** Whether all unsure commands that are in the room are found. */
    private void settle() {
        if (settleAt >= 0 && order.delivered() >= settleAt) {
            settleAt = -1;
            link.commands().settle(place, complete);
        }
    }

    ChatRoom room() {
        return room;
    }

    @Override
    public Place place() {
        return place;
    }

    RoomKind kind() {
        return kind;
    }

    String name() {
        return name;
    }

    int backlog() {
        return backlog;
    }

    @Override
    public int number() {
        return place.room();
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
        readSeq = snapshot.read();
        members.clear();
        snapshot.members().forEach(member -> members.put(member.user().id(), member));
    }

    void gap(long from, long to, RoomSnapshot snapshot) {
        if (snapshot.epoch() == epoch) {
            show(snapshot);
        } else {
            tell(listening -> listening.onReset(snapshot.epoch()));
            come(snapshot);
            beginAnew(snapshot);
        }
        order.gap(from, to);
    }

    /** An entry with a number came, live or with the backlog. */
    void sequenced(long seq, ServerFrame entry) {
        outcome(seq, entry); // now, even if it is told only when a gap before it is filled
        order.live(seq, entry);
    }

    /** An entry may be the outcome of a command. */
    void outcome(long seq, ServerFrame entry) {
        long session = origin(entry);
        if (session != 0 && link.isOwn(session)) {
            link.commands().ordered(session, cid(entry), seq);
        }
    }

    void presence(Presence presence) {
        count = presence.count();
        for (Departure left : presence.left()) {
            int cost = 128 + 2 * left.text().length();
            long id = left.user().id();
            if (left.stays()) {
                if (members.computeIfPresent(id, (same, member) -> new Member(left.user(), member.role(), false))
                        != null) {
                    tell(cost, to -> to.onAway(left.user(), left.text()));
                }
            } else if (members.remove(id) != null) {
                tell(cost, to -> to.onLeft(left.user(), left.text()));
            }
        }
        for (Member joined : presence.joined()) {
            Member before = members.put(joined.user().id(), joined);
            if (before == null) {
                tell(to -> to.onJoined(joined));
            } else if (joined.here() && !before.here()) {
                tell(to -> to.onBack(joined));
            }
        }
    }

    /** Up to which number the account has read the room. */
    long readSeq() {
        return readSeq;
    }

    /** The account has read the room up to a number, here or on another connection. */
    @Override
    public void read(long seq) {
        if (seq > readSeq) {
            readSeq = seq;
            tell(to -> to.onRead(seq));
        }
    }

    void renamed(Renamed renamed) {
        UserItem user = renamed.user();
        members.computeIfPresent(user.id(), (id, member) -> new Member(user, member.role(), member.here()));
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
            io.parley.client.Message told = message(message, kind(message.seq()));
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
        settle();
    }

    private MessageKind kind(long seq) {
        if (seq <= historyTo) {
            return MessageKind.HISTORY;
        }
        return seq <= caughtUpTo ? MessageKind.CATCH_UP : MessageKind.LIVE;
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
            members.computeIfPresent(id, (same, member) -> new Member(member.user(), given, member.here()));
        }
    }

    io.parley.client.Message message(Message message, MessageKind told) {
        boolean own = link.isOwn(message.origin());
        return new io.parley.client.Message(
                message.seq(), message.timeMillis(), message.author(), message.body(), message.tags(), own, told);
    }

    /** The session that an entry comes from; 0 if that is not known. */
    private static long origin(ServerFrame entry) {
        if (entry instanceof Message message) {
            return message.origin();
        }
        if (entry instanceof TopicChanged change) {
            return change.origin();
        }
        if (entry instanceof Configured change) {
            return change.origin();
        }
        return entry instanceof Moderated act ? act.origin() : 0;
    }

    /** The number of the command that an entry comes from. */
    private static long cid(ServerFrame entry) {
        if (entry instanceof Message message) {
            return message.cid();
        }
        if (entry instanceof TopicChanged change) {
            return change.cid();
        }
        if (entry instanceof Configured change) {
            return change.cid();
        }
        return entry instanceof Moderated act ? act.cid() : 0;
    }

    void lost(long from, long to) {
        complete &= from > settleAt;
        tell(listening -> listening.onLost(from, to));
        settle();
    }

    /** Whether the stay in the room is over, or the connection is. */
    boolean isClosed() {
        return closed;
    }

    void closed(int code, String text) {
        closed = true;
        place.leave();
        link.commands().left(place);
        link.requests().sendReady(); // that is, what was for this room fails
        tell(to -> to.onClosed(new ChatException(code, text)));
    }

    /** The program has entered the room once more, and goes on with another view of it. */
    void replace() {
        closed = true;
        place.leave();
        link.commands().left(place);
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
