package io.parley.apps.client.follow;

import io.parley.apps.client.view.Place;
import io.parley.apps.client.view.View;
import io.parley.client.ChatClient;
import io.parley.client.ChatException;
import io.parley.client.ChatRoom;
import io.parley.client.ClientListener;
import io.parley.client.RoomListener;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Follows the connection, and makes a follower for each room and conversation. Any thread may call it. */
public final class ServerFollower implements ClientListener {
    static final int MAX_CONVERSATIONS = 1_000; // missed messages of older ones are not fetched

    private final View view;
    private final OpenRooms rooms = new OpenRooms();
    private final Ignored ignored = new Ignored();
    private final ReentrantLock lock = new ReentrantLock(); // a leaf
    private final Map<Place, RoomFollower> conversations = new LinkedHashMap<>(); // the most recent last; lock
    private final AtomicReference<@Nullable ChatException> end = new AtomicReference<>();
    private volatile @Nullable ChatClient client; // set by the thread that runs the program
    private volatile String name = ""; // of the user; set by whoever learns of another
    private volatile long delay; // callbacks write

    public ServerFollower(View view) {
        this.view = view;
    }

    /** Sets the client that is connected now. */
    public void connected(ChatClient value) {
        client = value;
        name = value.name();
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

    /** Why the last connection or attempt ended; null if none has. */
    @Nullable
    public ChatException end() {
        return end.get();
    }

    /** The delay in milliseconds that the server asked for before a reconnect; 0 after the first call. */
    public long takeDelay() {
        long asked = delay;
        delay = 0;
        return asked;
    }

    public RoomFollower follow(Place place) {
        return new RoomFollower(place, view, rooms, ignored, this::id);
    }

    /** The follower of a conversation; null if there is none. */
    public @Nullable RoomFollower conversation(Place place) {
        lock.lock();
        try {
            return conversations.get(place);
        } finally {
            lock.unlock();
        }
    }

    /**
     * The follower of a conversation: the former one if that is over and was with the same user, else a new one.
     *
     * @param user the id of the other; 0 if that is not known yet
     */
    public RoomFollower converse(Place place, long user) {
        lock.lock();
        try {
            RoomFollower known = conversations.remove(place);
            boolean same = known != null && known.isOver() && (user == 0 || known.peer() == 0 || known.peer() == user);
            RoomFollower follower = known != null && same ? known : follow(place);
            if (user != 0) {
                follower.peer(user);
            }
            conversations.put(place, follower);
            if (conversations.size() > MAX_CONVERSATIONS) {
                conversations.remove(conversations.keySet().iterator().next());
            }
            return follower;
        } finally {
            lock.unlock();
        }
    }

    /** The conversations that ended with the connection. */
    public List<RoomFollower> cut() {
        lock.lock();
        try {
            return conversations.values().stream().filter(RoomFollower::isCut).toList();
        } finally {
            lock.unlock();
        }
    }

    private long id() {
        ChatClient connected = client;
        return connected == null ? 0 : connected.user().id();
    }

    @Override
    public void onRenamed(String given) {
        view.answer(null, "the name that you had belongs to an account");
        if (rooms.current() == null) {
            view.renamed(null, name, given, true); // else the room shows it
        }
        name = given;
    }

    @Override
    public RoomListener onDirect(ChatRoom conversation) {
        RoomFollower follower = converse(Place.of(conversation), 0);
        follower.entered(conversation, View.Arrival.INCOMING);
        return follower;
    }

    @Override
    public void onNotice(String sender, String text) {
        view.notice(sender, text);
    }

    @Override
    public void onGoingAway(String reason, long reconnectAfterMillis) {
        delay = reconnectAfterMillis;
        view.goingAway(reason);
    }

    @Override
    public void onClosed(ChatException why) {
        end.set(why);
    }
}
