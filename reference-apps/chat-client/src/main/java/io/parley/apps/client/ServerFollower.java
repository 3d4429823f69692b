package io.parley.apps.client;

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

/** Hears what concerns the whole connection, and knows which rooms and conversations are open. Any thread reads. */
final class ServerFollower implements ClientListener {
    static final int MOST_KNOWN = 1_000; // conversations; what was missed of older ones is not asked for

    private final Face face;
    private final OpenRooms rooms = new OpenRooms();
    private final ReentrantLock lock = new ReentrantLock(); // a leaf
    private final Map<Place, RoomFollower> conversations = new LinkedHashMap<>(); // the latest last; lock
    private final AtomicReference<@Nullable ChatException> end = new AtomicReference<>();
    private volatile @Nullable ChatClient client; // set by the thread that runs the program
    private volatile long pause; // callbacks write

    ServerFollower(Face face) {
        this.face = face;
    }

    /** The client that is connected from now on. */
    void connected(ChatClient value) {
        client = value;
    }

    OpenRooms rooms() {
        return rooms;
    }

    /** Why the last connection, or attempt at one, ended; null if none has. */
    @Nullable
    ChatException end() {
        return end.get();
    }

    /** After how many milliseconds the server has asked this client to come back; once, then 0. */
    long takePause() {
        long asked = pause;
        pause = 0;
        return asked;
    }

    RoomFollower follow(Place place) {
        return new RoomFollower(place, face, rooms, this::name);
    }

    /** Follows a conversation: as it was followed before, if it was and that is over. */
    RoomFollower converse(Place place) {
        lock.lock();
        try {
            RoomFollower known = conversations.remove(place);
            RoomFollower follower = known != null && known.isOut() ? known : follow(place);
            conversations.put(place, follower);
            if (conversations.size() > MOST_KNOWN) {
                conversations.remove(conversations.keySet().iterator().next());
            }
            return follower;
        } finally {
            lock.unlock();
        }
    }

    /** The conversations that ended with the connection. */
    List<RoomFollower> cut() {
        lock.lock();
        try {
            return conversations.values().stream().filter(RoomFollower::isCut).toList();
        } finally {
            lock.unlock();
        }
    }

    private String name() {
        ChatClient connected = client;
        return connected == null ? "" : connected.name();
    }

    @Override
    public RoomListener onDirect(ChatRoom conversation) {
        RoomFollower follower = converse(Place.of(conversation));
        follower.entered(conversation, Face.Arrival.CALLED);
        return follower;
    }

    @Override
    public void onNotice(String sender, String text) {
        face.notice(sender, text);
    }

    @Override
    public void onGoingAway(String reason, long reconnectAfterMillis) {
        pause = reconnectAfterMillis;
        face.goingAway(reason);
    }

    @Override
    public void onClosed(ChatException why) {
        end.set(why);
    }
}
