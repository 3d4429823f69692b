package io.parley.apps.client;

import io.parley.client.ChatClient;
import io.parley.client.ChatException;
import io.parley.client.ChatRoom;
import io.parley.client.Message;
import io.parley.client.Moderation;
import io.parley.client.RoomListener;
import io.parley.client.SettingsChange;
import io.parley.client.TopicChange;
import io.parley.wire.Action;
import io.parley.wire.MemberItem;
import io.parley.wire.Verdict;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Hears what happens in one room, or one conversation, and has it shown; comes back to it after a loss, behind the last
 * entry heard. The callbacks' thread alone.
 */
final class RoomFollower implements RoomListener {
    private final Face face;
    private final OpenRooms rooms;
    private final Supplier<String> me;
    private volatile Place place; // callbacks write
    private volatile @Nullable ChatRoom room; // callbacks write; set before the first entry is told
    private long head; // callbacks only: entries up to it are of the past
    private long lastSeq; // callbacks only: the last number heard; joins and leaves come without one
    private volatile boolean out; // set once

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
        begin(given);
        opened(given, arrival);
    }

    private void begin(ChatRoom given) {
        head = given.head();
        lastSeq = head;
    }

    /** The connection was lost and the room is entered again; what was missed follows. */
    void returned(ChatRoom given) {
        ChatRoom before = room;
        boolean same = before != null && before.epoch() == given.epoch();
        if (!same) {
            begin(given);
        }
        opened(given, same ? Face.Arrival.AGAIN : Face.Arrival.ANEW);
    }

    private void opened(ChatRoom given, Face.Arrival arrival) {
        room = given;
        place = Place.of(given);
        rooms.add(place, given);
        face.entered(given, arrival);
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
        lastSeq = message.seq();
        face.said(place, message, message.seq() <= head);
    }

    @Override
    public void onJoined(MemberItem member) {
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
        }
    }
}
