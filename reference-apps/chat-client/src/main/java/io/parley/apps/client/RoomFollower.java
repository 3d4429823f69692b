package io.parley.apps.client;

import io.parley.client.ChatClient;
import io.parley.client.ChatException;
import io.parley.client.ChatRoom;
import io.parley.client.Message;
import io.parley.client.Moderation;
import io.parley.client.RoomListener;
import io.parley.client.SettingsChange;
import io.parley.client.TopicChange;
import io.parley.model.Action;
import io.parley.model.Member;
import io.parley.model.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Hears what happens in one room, or one conversation, and has it shown; comes back to it after a loss, behind the last
 * entry heard. The callbacks' thread alone.
 */
final class RoomFollower implements RoomListener {
    private static final int MISSED_PAGE = 200;

    private final Face face;
    private final OpenRooms rooms;
    private final Supplier<String> me;
    private volatile Place place; // callbacks write
    private volatile @Nullable ChatRoom room; // callbacks write; set before the first entry is told
    private long head; // callbacks only: entries up to it are of the past
    private long lastSeq; // callbacks only: the last number heard; joins and leaves come without one
    private final List<Message> held =
            new ArrayList<>(0); // callbacks only: what comes while what was missed is fetched
    private boolean catching; // callbacks only: whether it is
    private volatile boolean out; // callbacks write
    private volatile boolean cut; // callbacks write

    /**
     * Makes one for a room that is about to be opened.
     *
     * @param me this user's name, as it is when it is asked for
     */
    RoomFollower(Place place, Face face, OpenRooms rooms, Supplier<String> me) {
        this.place = place;
        this.face = face;
        this.rooms = rooms;
        this.me = me;
    }

    /** The room is open; what happens in it follows. */
    void entered(ChatRoom given, Face.Arrival arrival) {
        boolean goesOn = given.isDirect() && isKnown(given);
        if (!goesOn) {
            begin(given);
        }
        opened(given, arrival);
        if (goesOn) {
            catchUp(given);
        }
    }

    private boolean isKnown(ChatRoom given) {
        ChatRoom before = room;
        return before != null && before.epoch() == given.epoch();
    }

    private void begin(ChatRoom given) {
        head = given.head();
        lastSeq = head;
    }

    /** The connection was lost and the room is entered again; what was missed follows. */
    void returned(ChatRoom given) {
        boolean same = isKnown(given);
        if (!same) {
            begin(given);
        }
        opened(given, same ? Face.Arrival.AGAIN : Face.Arrival.ANEW);
    }

    private void opened(ChatRoom given, Face.Arrival arrival) {
        out = false;
        cut = false;
        room = given;
        place = Place.of(given);
        rooms.add(place, given);
        face.entered(given, arrival);
    }

    /** A conversation is opened again, not entered like a room: what was said in it meanwhile is asked for. */
    private void catchUp(ChatRoom given) {
        long last = given.head();
        if (lastSeq >= last) {
            return;
        }
        catching = true;
        given.historyAfter(lastSeq, MISSED_PAGE).whenComplete((found, failed) -> {
            catching = false;
            if (failed instanceof ChatException why && ExitCode.afterLogin(why) == ExitCode.LOST) {
                held.clear(); // the connection is lost again: all of it is asked for once more
                return;
            }
            if (found != null) {
                found.messages().stream()
                        .filter(message -> message.seq() > lastSeq && message.seq() <= last)
                        .forEach(message -> {
                            lose(message.seq());
                            tell(message);
                        });
            }
            if (found != null && found.more() && !found.messages().isEmpty() && lastSeq < last) {
                catchUp(given);
                return;
            }
            lose(last + 1);
            lastSeq = last;
            held.forEach(this::tell);
            held.clear();
        });
    }

    private void tell(Message message) {
        lastSeq = message.seq();
        face.said(place, message, message.seq() <= head);
    }

    /** Says that something before a number is missing, where it is. */
    private void lose(long before) {
        if (before - lastSeq > 1) {
            face.lost(place, before - lastSeq - 1);
        }
    }

    /** Enters the room again. On the callbacks' thread. */
    CompletableFuture<ChatRoom> resume(ChatClient client, int backlog) {
        ChatRoom known = room;
        return known == null
                ? client.enterAsync(place.name(), backlog, this)
                : client.resumeAsync(place.name(), known.epoch(), lastSeq, this);
    }

    /** The room is over for this client: it is not entered again. */
    void over() {
        out = true;
        if (room != null) {
            rooms.remove(room);
        }
    }

    /** Whether the room is over for this client, and not just the connection. */
    boolean isOut() {
        return out;
    }

    /** Whether this is a conversation that ended with the connection, and not before. */
    boolean isCut() {
        return cut;
    }

    Place place() {
        return place;
    }

    private boolean isMe(String name) {
        return name.equals(me.get());
    }

    private boolean isHere(String name) {
        return room != null
                && room.members().stream().anyMatch(member -> member.name().equals(name));
    }

    @Override
    public void onMessage(Message message) {
        if (catching) {
            held.add(message);
        } else {
            tell(message);
        }
    }

    @Override
    public void onJoined(Member member) {
        if (!place.direct() && !isMe(member.name())) {
            face.joined(place, member.name());
        }
    }

    @Override
    public void onLeft(String name, String text) {
        if (!place.direct()) {
            face.parted(place, name, text);
        }
    }

    @Override
    public void onRenamed(String from, String to) {
        boolean self = isMe(from) || isMe(to);
        face.renamed(place, from, to, self);
        if (place.direct() && !self && room != null) {
            rooms.remove(room);
            place = new Place(to, true);
            rooms.add(place, room);
        }
    }

    @Override
    public void onTyping(String name) {
        if (!isMe(name)) {
            face.typing(place, name);
        }
    }

    @Override
    public void onTopic(TopicChange change) {
        lastSeq = change.seq();
        face.topic(place, change);
    }

    @Override
    public void onModerated(Moderation act) {
        lastSeq = act.seq();
        // A guest's role ends with its visit: that is bookkeeping, once the room has said that the guest left.
        if (act.action() != Action.MAKE_MEMBER || isHere(act.target())) {
            face.moderated(place, act);
        }
    }

    @Override
    public void onConfigured(SettingsChange change) {
        lastSeq = change.seq();
        face.configured(place, change);
    }

    @Override
    public void onLost(long fromSeq, long toSeq) {
        lastSeq = toSeq;
        face.lost(place, toSeq - fromSeq + 1);
    }

    @Override
    public void onClosed(ChatException why) {
        // The end of the whole connection is told once, and not by each room; a room may be entered again.
        if (why.verdict() == Verdict.REFUSED) {
            over();
            face.left(place, String.valueOf(why.getMessage()));
        } else if (place.direct()) {
            over();
            cut = true;
        }
    }
}
