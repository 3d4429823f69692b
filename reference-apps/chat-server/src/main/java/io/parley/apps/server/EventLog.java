package io.parley.apps.server;

import io.parley.apps.server.ServerSettings.Logged;
import io.parley.room.Entry;
import io.parley.room.Room;
import io.parley.room.RoomKind;
import io.parley.room.User;
import io.parley.server.ServerListener;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Prints a line for each thing that happens: the time, what, where, who. The server calls it on one thread at a time.
 *
 * <p>Direct conversations are nobody else's business: neither what is said in them nor that they take place is logged.
 */
final class EventLog implements ServerListener {
    private static final String ACTION = "action"; // the client's tag of what is done rather than said
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    private final Printer printer;
    private final Logged logged;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock(); // a leaf
    private final Condition deserted = lock.newCondition(); // of the lock
    private int present; // lock

    EventLog(Printer printer, Logged logged, Clock clock) {
        this.printer = printer;
        this.logged = logged;
        this.clock = clock;
    }

    @Override
    public void onEnter(User user) {
        count(1);
        presence("enter", user.name());
    }

    @Override
    public void onExit(User user) {
        presence("exit", user.name());
        count(-1);
    }

    @Override
    public void onJoin(Room room, User user) {
        if (room.kind() == RoomKind.ROOM) {
            presence("join", room.name() + " " + user.name());
        }
    }

    @Override
    public void onLeave(Room room, User user) {
        if (room.kind() == RoomKind.ROOM) {
            presence("leave", room.name() + " " + user.name());
        }
    }

    @Override
    public void onEntry(Room room, Entry.Sequenced entry) {
        if (room.kind() == RoomKind.DIRECT) {
            return;
        }
        if (entry instanceof Entry.Message message) {
            if (logged == Logged.MESSAGES) {
                boolean done = message.tags().containsKey(ACTION);
                String said = done ? "* " + message.sender() + " " : message.sender() + ": ";
                print("say", room.name() + " " + said + message.body());
            }
        } else if (entry instanceof Entry.TopicChanged change) {
            presence("topic", room.name() + " " + change.actor() + ": " + change.topic());
        } else if (entry instanceof Entry.Moderated act) {
            String why = act.text().isEmpty() ? "" : " (" + act.text() + ")";
            presence("act", room.name() + " " + act.actor() + ": " + act.action() + " " + act.target() + why);
        } else if (entry instanceof Entry.Configured change) {
            presence("set", room.name() + " " + change.actor() + ": " + change.settings());
        }
    }

    private void presence(String what, String details) {
        if (logged != Logged.NOTHING) {
            print(what, details);
        }
    }

    private void print(String what, String details) {
        printer.line(String.format("%s %-5s %s", LocalDateTime.now(clock).format(TIME), what, details));
    }

    private void count(int more) {
        lock.lock();
        try {
            present += more;
            if (present == 0) {
                deserted.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits until everybody's exit has been logged, for as long as is given: the log comes after the event. */
    void awaitDeserted(Duration atMost) throws InterruptedException {
        long left = atMost.toNanos();
        lock.lock();
        try {
            while (present > 0 && left > 0) {
                left = deserted.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }
}
