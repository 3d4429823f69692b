package io.parley.server;

import io.parley.log.Faults;
import io.parley.model.Entry;
import io.parley.model.RoomException;
import io.parley.model.Snapshot;
import io.parley.room.Subscription;
import io.parley.transport.SerialExecutor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The rooms a bot is in, and what is told of them: one thing after another, on the bot's listening thread. That is a thread of
 * the executor, and mostly another each time. Its queue is bounded by the number of rooms: each has one task there at most.
 */
final class BotReadings implements BotReading.Owner {
    private final BotListener listener;
    private final BotRequests requests;
    private final long origin; // of the bot, whose own messages are not told
    private final SerialExecutor listening;
    private final Map<Integer, BotRoom> rooms = new ConcurrentHashMap<>(); // by number, the newest of each
    private final Map<Integer, BotReading> current = new HashMap<>(); // by number, those under way; listening thread
    private volatile boolean silent; // nothing is told any more
    private volatile boolean over; // no room begins any more
    private boolean closed; // onClosed was called; listening thread

    BotReadings(BotListener listener, BotRequests requests, long origin) {
        this.listener = listener;
        this.requests = requests;
        this.origin = origin;
        this.listening = new SerialExecutor(requests::execute);
    }

    /** Those the bot is in. Any thread. */
    List<BotRoom> rooms() {
        return rooms.values().stream().filter(room -> !room.isOver()).toList();
    }

    @Override
    public void execute(Runnable task) {
        listening.execute(task);
    }

    @Override
    public boolean isSilent() {
        return silent;
    }

    // ---- beginning

    /** The bot has joined a room. Any thread, but one after the other for each room. */
    BotRoom joined(Subscription subscription, Snapshot snapshot, List<Entry.Sequenced> backlog) {
        return begin(subscription, snapshot, backlog, false);
    }

    /** Somebody has opened a conversation with the bot. Any thread. */
    void opened(Subscription subscription, Snapshot snapshot) {
        begin(subscription, snapshot, List.of(), true);
    }

    @SuppressWarnings("ReferenceEquality") // whether the room is this one
    private BotRoom begin(
            Subscription subscription, Snapshot snapshot, List<Entry.Sequenced> backlog, boolean byOther) {
        List<Entry.Sequenced> before =
                backlog.stream().map(NativeEncoding::shown).toList();
        BotRoom fresh = new BotRoom(requests, subscription, snapshot.name(), before);
        BotRoom room = rooms.compute(
                snapshot.room().number(),
                (number, known) -> known != null && known.goesOnWith(subscription, before) ? known : fresh);
        if (over) {
            subscription.leave("");
            subscription.close();
            room.end();
            throw BotRequests.gone();
        }
        BotReading reading = new BotReading(this, room, subscription);
        execute(() -> start(snapshot.room().number(), reading, byOther && room == fresh));
        return room;
    }

    private void start(int number, BotReading reading, boolean tellOfIt) {
        if (tellOfIt && !silent) {
            Faults.safely(() -> listener.onOpened(reading.room()));
        }
        BotReading before = current.get(number);
        if (before == null) {
            current.put(number, reading);
            reading.read();
            return;
        }
        while (before.successor != null) {
            before = before.successor;
        }
        before.successor = reading;
    }

    // ---- telling

    @Override
    public void tell(BotRoom room, Entry entry) {
        if (!(entry instanceof Entry.Message message)) {
            Faults.safely(() -> listener.onEntry(room, entry));
        } else if (message.origin() != origin) {
            Faults.safely(() -> listener.onMessage(room, message));
        }
    }

    @Override
    public void missed(BotRoom room, long from, long to) {
        Faults.safely(() -> listener.onMissed(room, from, to));
    }

    @Override
    public void done(BotReading reading) {
        BotRoom room = reading.room();
        int number = room.ref().number();
        RoomException cause = reading.cause();
        if (cause != null && !room.isOver() && !silent) {
            room.end();
            Faults.safely(() -> listener.onEnded(room, cause));
        }
        if (room.isOver()) {
            rooms.remove(number, room);
        } // else it has been joined anew
        BotReading next = reading.successor;
        if (next == null) {
            current.remove(number, reading);
        } else {
            current.put(number, next);
            next.wake();
        }
    }

    // ---- the end

    /** Tells nothing more, not even of the end. Any thread. */
    void silence() {
        silent = true;
        execute(() -> closed = true);
    }

    /** Tells of the end, and nothing more. Any thread; the listener is told once. */
    void close(String why) {
        silent = true;
        execute(() -> {
            if (!closed) {
                closed = true;
                Faults.safely(() -> listener.onClosed(why));
            }
        });
    }

    /** Leaves all rooms, and those that are being joined. Any thread. */
    void leave(String text) {
        silent = true;
        over = true;
        for (BotRoom room : rooms.values()) {
            room.end();
            room.subscription().leave(text);
            room.subscription().close();
        }
        rooms.clear();
    }
}
