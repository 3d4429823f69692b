package io.parley.apps.client.follow;

import io.parley.apps.client.view.Place;
import io.parley.apps.client.view.View;
import io.parley.client.ChatClient;
import io.parley.client.ChatException;
import io.parley.client.ChatRoom;
import io.parley.client.Message;
import io.parley.client.RoomListener;
import io.parley.model.Action;
import io.parley.model.Entry;
import io.parley.model.Member;
import io.parley.model.UserItem;
import io.parley.model.Verdict;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Follows one room or conversation: shows its events, and after a reconnect resumes it after the last entry received.
 * The callback thread only, except where a method says otherwise.
 */
public final class RoomFollower implements RoomListener {
    private final View view;
    private final OpenRooms rooms;
    private final Ignored ignored;
    private final LongSupplier ownId;
    private final MessageStream messages;
    private volatile Place place; // callbacks write
    private volatile @Nullable ChatRoom room; // callbacks write; set before the first entry
    private volatile long peer; // the other's id, once it is known
    private volatile boolean over; // callbacks write
    private volatile boolean cut; // callbacks write

    /**
     * Makes a follower of a room that is about to be opened.
     *
     * @param ignored whose messages are not shown
     * @param ownId gives the id of the user, which for a guest is another after a reconnect
     */
    RoomFollower(Place place, View view, OpenRooms rooms, Ignored ignored, LongSupplier ownId) {
        this.place = place;
        this.view = view;
        this.rooms = rooms;
        this.ignored = ignored;
        this.ownId = ownId;
        this.messages = new MessageStream(view, this::place, ignored);
    }

    /** The room is open; its events follow. */
    public void entered(ChatRoom opened, View.Arrival arrival) {
        boolean continues = opened.isDirect() && isSameEpoch(opened);
        if (!continues) {
            messages.begin(opened);
        }
        follow(opened, arrival);
        if (continues) {
            messages.fetchMissed(opened);
        }
    }

    /** The client has reconnected and the room is open again; the missed entries follow. */
    public void resumed(ChatRoom opened) {
        boolean same = isSameEpoch(opened);
        if (!same) {
            messages.begin(opened);
        }
        follow(opened, same ? View.Arrival.RESUMED : View.Arrival.RESTARTED);
    }

    private boolean isSameEpoch(ChatRoom opened) {
        ChatRoom before = room;
        return before != null && before.epoch() == opened.epoch();
    }

    private void follow(ChatRoom opened, View.Arrival arrival) {
        over = false;
        cut = false;
        room = opened;
        place = Place.of(opened);
        rooms.add(place, opened);
        view.entered(opened, arrival);
    }

    /** Opens the room again over a new connection. */
    public CompletableFuture<ChatRoom> resume(ChatClient client, int backlog) {
        ChatRoom known = room;
        return known == null
                ? client.enterAsync(place.name(), backlog, this)
                : client.resumeAsync(place.name(), known.epoch(), messages.lastSeq(), this);
    }

    /** The user is not in the room any more, and does not join it again. Any thread may call it. */
    public void end() {
        over = true;
        if (room != null) {
            rooms.remove(room);
        }
    }

    /** Whether the user is not in the room any more, for another reason than a lost connection. Any thread may call it. */
    public boolean isOver() {
        return over;
    }

    /** Whether it is a conversation that ended with the connection. Any thread may call it. */
    boolean isCut() {
        return cut;
    }

    /** The room or conversation. Any thread may call it. */
    public Place place() {
        return place;
    }

    /** With whom the conversation is, whatever the name; 0 if that is not known, and for rooms. Any thread may call it. */
    public long peer() {
        return peer;
    }

    /** The conversation is with this user. Any thread may call it. */
    void peer(long user) {
        peer = user;
    }

    private boolean isSelf(UserItem user) {
        return user.id() == ownId.getAsLong();
    }

    private boolean isMember(UserItem user) {
        return room != null
                && room.members().stream().anyMatch(member -> member.user().id() == user.id());
    }

    @Override
    public void onMessage(Message message) {
        if (place.direct() && !message.own() && !isSelf(message.author())) {
            peer = message.author().id();
        }
        messages.receive(message);
    }

    @Override
    public void onJoined(Member member) {
        if (!place.direct() && !isSelf(member.user())) {
            view.joined(place, member.name());
        }
    }

    @Override
    public void onLeft(UserItem user, String text) {
        if (!place.direct()) {
            view.parted(place, user.name(), text);
        }
    }

    @Override
    public void onRenamed(String from, UserItem user) {
        boolean self = isSelf(user);
        view.renamed(place, from, user.name(), self);
        if (place.direct() && !self && room != null) {
            rooms.remove(room);
            place = new Place(user.name(), true);
            rooms.add(place, room);
        }
    }

    @Override
    public void onTyping(UserItem user) {
        if (!isSelf(user) && !ignored.contains(user)) {
            view.typing(place, user.name());
        }
    }

    @Override
    public void onTopic(Entry.TopicChanged change) {
        messages.passed(change.seq());
        view.topic(place, change);
    }

    @Override
    public void onModerated(Entry.Moderated act) {
        messages.passed(act.seq());
        // When a guest leaves, the room then takes the guest's role back; that is not worth showing.
        if (act.action() != Action.MAKE_MEMBER || isMember(act.target())) {
            view.moderated(place, act);
        }
    }

    @Override
    public void onConfigured(Entry.Configured change) {
        messages.passed(change.seq());
        view.configured(place, change);
    }

    @Override
    public void onLost(long fromSeq, long toSeq) {
        messages.passed(toSeq);
        view.messagesLost(place, toSeq - fromSeq + 1);
    }

    @Override
    public void onClosed(ChatException why) {
        // A lost connection is shown once, not by each room; the room may be resumed.
        if (why.verdict() == Verdict.REFUSED) {
            end();
            view.left(place, String.valueOf(why.getMessage()));
        } else if (place.direct()) {
            end();
            cut = true;
        }
    }
}
