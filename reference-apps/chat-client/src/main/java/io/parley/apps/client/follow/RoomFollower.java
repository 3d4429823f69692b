package io.parley.apps.client.follow;

import io.parley.apps.client.view.Place;
import io.parley.apps.client.view.ReadMarkers;
import io.parley.apps.client.view.View;
import io.parley.client.ChatException;
import io.parley.client.ChatRoom;
import io.parley.client.Message;
import io.parley.client.RoomListener;
import io.parley.model.Action;
import io.parley.model.Entry;
import io.parley.model.Member;
import io.parley.model.UserItem;
import io.parley.model.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Follows one room or conversation: shows its events. The callback thread only. */
public final class RoomFollower implements RoomListener {
    private final View view;
    private final OpenRooms rooms;
    private final Ignored ignored;
    private final ReadMarkers markers;
    private final LongSupplier ownId;
    private final BooleanSupplier superseded;
    private Place place;
    private @Nullable ChatRoom room; // set before the first event
    private @Nullable List<Runnable> held; // the events since hold; null if they are shown at once

    /**
     * Makes a follower of a room that is about to be opened.
     *
     * @param ignored whose messages are not shown
     * @param markers told of what is shown at once
     * @param ownId gives the id of the user, which for a guest is another in another session
     * @param superseded whether another login takes the place of this one
     */
    RoomFollower(
            Place place,
            View view,
            OpenRooms rooms,
            Ignored ignored,
            ReadMarkers markers,
            LongSupplier ownId,
            BooleanSupplier superseded) {
        this.place = place;
        this.view = view;
        this.rooms = rooms;
        this.ignored = ignored;
        this.markers = markers;
        this.ownId = ownId;
        this.superseded = superseded;
    }

    /** The room is open; its events follow. */
    public void entered(ChatRoom opened, View.Arrival arrival) {
        room = opened;
        place = Place.of(opened);
        rooms.add(place, opened);
        view.entered(opened, arrival);
    }

    /** Keeps the events to come until {@link #release}, so that history comes before them. Before the room is open. */
    public void hold() {
        held = new ArrayList<>();
    }

    /** Shows history, and then what has happened meanwhile. */
    public void release(List<Message> history) {
        List<Runnable> events = held == null ? List.of() : held;
        held = null;
        history.forEach(this::onMessage);
        events.forEach(Runnable::run);
    }

    private boolean isHeld(Runnable event) {
        if (held == null) {
            return false;
        }
        held.add(event);
        return true;
    }

    private void seen(long seq) {
        if (room != null) {
            rooms.seen(room, seq);
        }
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
        if (isHeld(() -> onMessage(message))) {
            return;
        }
        seen(message.seq());
        // Direct messages of ignored users are refused by the server; those of before stay to be seen.
        if (place.direct() || !ignored.hides(message)) {
            view.message(place, message);
        }
        if (room != null && view.isRead(room)) {
            markers.read(room, message.seq());
        }
    }

    @Override
    public void onRead(long seq) {
        if (isHeld(() -> onRead(seq))) {
            return;
        }
        view.read(place, seq);
    }

    @Override
    public void onJoined(Member member) {
        if (isHeld(() -> onJoined(member))) {
            return;
        }
        if (!place.direct() && !isSelf(member.user())) {
            view.joined(place, member.name());
        }
    }

    @Override
    public void onLeft(UserItem user, String text) {
        if (isHeld(() -> onLeft(user, text))) {
            return;
        }
        if (!place.direct()) {
            view.parted(place, user.name(), text);
        }
    }

    @Override
    public void onRenamed(String from, UserItem user) {
        if (isHeld(() -> onRenamed(from, user))) {
            return;
        }
        boolean self = isSelf(user);
        if (self && superseded.getAsBoolean()) {
            return;
        }
        view.renamed(place, from, user.name(), self);
        if (place.direct() && !self && room != null) {
            place = new Place(user.name(), true);
            rooms.rename(room, place);
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
        if (isHeld(() -> onTopic(change))) {
            return;
        }
        seen(change.seq());
        view.topic(place, change);
    }

    @Override
    public void onModerated(Entry.Moderated act) {
        if (isHeld(() -> onModerated(act))) {
            return;
        }
        seen(act.seq());
        // When a guest leaves, the room then takes the guest's role back; that is not worth showing.
        if (act.action() != Action.MAKE_MEMBER || isMember(act.target())) {
            view.moderated(place, act);
        }
    }

    @Override
    public void onConfigured(Entry.Configured change) {
        if (isHeld(() -> onConfigured(change))) {
            return;
        }
        seen(change.seq());
        view.configured(place, change);
    }

    @Override
    public void onLost(long fromSeq, long toSeq) {
        if (isHeld(() -> onLost(fromSeq, toSeq))) {
            return;
        }
        seen(toSeq);
        view.messagesLost(place, toSeq - fromSeq + 1);
    }

    @Override
    public void onReset(long epoch) {
        if (isHeld(() -> onReset(epoch))) {
            return;
        }
        if (room != null) {
            view.restarted(place, room);
        }
    }

    @Override
    public void onClosed(ChatException why) {
        if (isHeld(() -> onClosed(why))) {
            return;
        }
        if (room != null) {
            rooms.remove(place, room);
        }
        // The end of the client is shown once, not by each room.
        if (why.verdict() == Verdict.REFUSED) {
            view.left(place, String.valueOf(why.getMessage()));
        }
    }
}
