package io.parley.client;

import io.parley.model.Entry;
import io.parley.model.ErrorCode;
import io.parley.model.Member;
import io.parley.model.Role;
import io.parley.model.RoomSettings;
import io.parley.wire.Configured;
import io.parley.wire.Message;
import io.parley.wire.Moderated;
import io.parley.wire.Presence;
import io.parley.wire.Renamed;
import io.parley.wire.RoomSnapshot;
import io.parley.wire.ServerFrame;
import io.parley.wire.TopicChanged;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
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
    private final EntryOrder history;
    private final ConcurrentSkipListMap<String, Member> members = new ConcurrentSkipListMap<>();
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

    long head() {
        return head;
    }

    long epoch() {
        return epoch;
    }

    Collection<Member> members() {
        return List.copyOf(members.values());
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
        topic = snapshot.topic();
        role = snapshot.role();
        settings = snapshot.settings();
        count = snapshot.memberCount();
        members.clear();
        snapshot.members().forEach(member -> members.put(member.name(), member));
    }

    void gap(long from, long to, RoomSnapshot snapshot) {
        show(snapshot);
        history.gap(from, to);
    }

    /** An entry with a number came, live or with the backlog. */
    void sequenced(long seq, ServerFrame entry) {
        if (entry instanceof Message message && isOwn(message)) {
            link.messages().ordered(message.cid(), seq); // now, even if it is told only when a gap before it is filled
        }
        history.live(seq, entry);
    }

    void presence(Presence presence) {
        count = presence.count();
        for (io.parley.model.Departure left : presence.left()) {
            if (members.remove(left.name()) != null) {
                tell(128 + 2 * left.text().length(), to -> to.onLeft(left.name(), left.text()));
            }
        }
        for (Member joined : presence.joined()) {
            if (members.put(joined.name(), joined) == null) {
                tell(to -> to.onJoined(joined));
            }
        }
    }

    void renamed(Renamed renamed) {
        Member member = members.remove(renamed.from());
        if (member != null) {
            members.put(renamed.to(), new Member(renamed.to(), member.origin(), member.role()));
        }
        tell(to -> to.onRenamed(renamed.from(), renamed.to()));
    }

    void typing(String name) {
        tell(to -> to.onTyping(name));
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
            topic = change.topic();
            Entry.TopicChanged told =
                    new Entry.TopicChanged(change.seq(), change.timeMillis(), change.actor(), change.topic());
            tell(cost, to -> to.onTopic(told));
        } else if (entry instanceof Configured change) {
            settings = change.settings();
            Entry.Configured told =
                    new Entry.Configured(change.seq(), change.timeMillis(), change.actor(), change.settings());
            tell(cost, to -> to.onConfigured(told));
        } else if (entry instanceof Moderated act) {
            moderated(act, cost);
        }
    }

    private void moderated(Moderated act, int cost) {
        Role given = switch (act.action()) {
            case MAKE_OWNER -> Role.OWNER;
            case MAKE_MODERATOR -> Role.MODERATOR;
            case MAKE_MEMBER -> Role.MEMBER;
            default -> null;
        };
        if (given != null) {
            if (act.target().equals(link.name())) {
                role = given;
            }
            members.computeIfPresent(act.target(), (name, member) -> new Member(name, member.origin(), given));
        }
        Moderation told = new Moderation(
                act.seq(), act.timeMillis(), act.actor(), act.action(), act.target(), act.durationMillis(), act.text());
        tell(cost, to -> to.onModerated(told));
    }

    io.parley.client.Message message(Message message) {
        return new io.parley.client.Message(
                message.seq(), message.timeMillis(), message.sender(), message.body(), message.tags(), isOwn(message));
    }

    private boolean isOwn(Message message) {
        return message.cid() != 0 && message.origin() == link.origin();
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
