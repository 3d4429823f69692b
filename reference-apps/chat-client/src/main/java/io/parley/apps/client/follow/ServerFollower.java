package io.parley.apps.client.follow;

import io.parley.apps.client.view.Place;
import io.parley.apps.client.view.ReadMarkers;
import io.parley.apps.client.view.View;
import io.parley.client.ChatClient;
import io.parley.client.ChatException;
import io.parley.client.ChatRoom;
import io.parley.client.ClientListener;
import io.parley.client.ClientState;
import io.parley.client.RoomListener;
import io.parley.model.UserKind;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Follows the client, and makes a follower for each room and conversation. Any thread may call it. */
public final class ServerFollower implements ClientListener {
    private final View view;
    private final String address;
    private final boolean first;
    private final Clock clock;
    private final OpenRooms rooms = new OpenRooms();
    private final Ignored ignored = new Ignored();
    private final ReadMarkers markers = new ReadMarkers();
    private volatile @Nullable ChatClient client; // set by the first callback
    private volatile @Nullable ChatException lost; // why there is no connection; callbacks write
    private volatile Consumer<ChatClient> again = connected -> {}; // set by the thread that runs the program
    private volatile boolean superseded; // set by the input thread
    private volatile String name = ""; // of the user; set by whoever learns of another

    /**
     * Makes a follower.
     *
     * @param address of the server, as the user could type it
     * @param first whether the client is the first of the program; else it takes the place of another one
     */
    public ServerFollower(View view, String address, boolean first, Clock clock) {
        this.view = view;
        this.first = first;
        this.address = address;
        this.clock = clock;
    }

    /** The client is connected for the first time. The callback thread. */
    public void connected(ChatClient value) {
        client = value;
        name = value.name();
        markers.kept(value.user().kind() == UserKind.ACCOUNT);
        view.markers(markers);
        view.connected(value, address, !first);
    }

    /** Sets what is to be done whenever the client is connected again, on the callback thread. */
    public void onConnectedAgain(Consumer<ChatClient> value) {
        again = value;
    }

    /** Another login is about to take the place of this one, or is not: what the server does to this one is not shown. */
    public void superseded(boolean value) {
        superseded = value;
    }

    /** The user has taken another name. */
    public void named(String value) {
        name = value;
    }

    public OpenRooms rooms() {
        return rooms;
    }

    public Ignored ignored() {
        return ignored;
    }

    /** Why there is no connection; null while there is one. */
    @Nullable
    public ChatException lost() {
        return lost;
    }

    public RoomFollower follow(Place place) {
        return new RoomFollower(place, view, rooms, ignored, markers, this::id, () -> superseded);
    }

    private long id() {
        ChatClient connected = client;
        return connected == null ? 0 : connected.user().id();
    }

    @Override
    public void onState(ClientState state) {
        ChatClient connected = client;
        switch (state.phase()) {
            case ONLINE -> {
                boolean back = lost != null;
                lost = null;
                if (back && connected != null) {
                    view.connected(connected, address, true);
                    again.accept(connected);
                }
            }
            case OFFLINE -> {
                lost = state.cause();
                if (state.cause() != null && state.retryAt() != null) {
                    Duration delay = Duration.between(clock.instant(), state.retryAt());
                    view.connectionLost(
                            String.valueOf(state.cause().getMessage()), delay.isNegative() ? Duration.ZERO : delay);
                }
            }
            case CONNECTING, ENDED -> {
                // The attempt, and the end, are told by what comes of them.
            }
        }
    }

    @Override
    public void onRenamed(String given) {
        if (superseded) {
            return;
        }
        view.answer(null, "the name that you had belongs to an account");
        if (rooms.current() == null) {
            view.renamed(null, name, given, true); // else the room shows it
        }
        name = given;
    }

    @Override
    public RoomListener onDirect(ChatRoom conversation) {
        RoomFollower follower = follow(Place.of(conversation));
        follower.entered(conversation, View.Arrival.INCOMING);
        return follower;
    }

    @Override
    public void onNotice(String sender, String text) {
        view.notice(sender, text);
    }

    @Override
    public void onGoingAway(String reason, long reconnectAfterMillis) {
        view.goingAway(reason);
    }

    @Override
    public void onClosed(ChatException why) {
        lost = why;
    }
}
