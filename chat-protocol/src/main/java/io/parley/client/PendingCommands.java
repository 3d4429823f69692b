package io.parley.client;

import io.parley.codec.Utf8;
import io.parley.model.ErrorCode;
import io.parley.model.Tags;
import io.parley.wire.Limits;
import io.parley.wire.Say;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The commands that have no outcome yet. Any thread adds; the reader's thread brings the outcomes.
 *
 * <ul>
 *   <li><i>Under way</i>: sent in this session. When the session goes on over a new connection, they are sent again under
 *       their cids, in their order.
 *   <li><i>Unsure</i>: sent in an earlier session that is over. What the room has ordered is found among its entries. The
 *       rest is sent again under a new cid, or fails where that cannot be known.
 *   <li><i>Waiting</i>: never sent, or to be sent anew. Their bytes are bounded. A command waits while the server takes no
 *       more, while there is no connection, and while its room is not entered again or has commands that are unsure.
 * </ul>
 *
 * <p>No more are under way than the server allows, and no cid is further above the lowest of them. (Over 300 lines: all that
 * decides whether and in which order something is said is in one place.)
 */
final class PendingCommands {
    private static final int COMMAND_BYTES = 64; // the most that a command takes besides its texts
    private static final int MAX_WAITING_BYTES = 1 << 20;
    private static final Limits NONE = new Limits(0, 0, 0, 0, 0, 0, 0);

    private final Link link;
    private final ReentrantLock lock = new ReentrantLock(); // before the connection's outbox lock
    private final TreeMap<Long, Command> underWay = new TreeMap<>(); // by cid; lock
    private final List<Command> unsure = new ArrayList<>(0); // in their order; lock
    private final ArrayDeque<Command> waiting = new ArrayDeque<>(2); // in their order within each room; lock
    private volatile Limits limits = NONE; // set by WELCOME
    private int waitingBytes; // lock
    private long origin; // of this session; lock
    private long lastCid; // lock
    private long lastNumber; // lock
    private boolean sending; // lock
    private @Nullable ChatException over; // lock

    /** A command, and what became of it. */
    private record Failure(Command command, ChatException why) {}

    PendingCommands(Link link) {
        this.link = link;
    }

    // ---- from the program

    /** Says something, if the server takes that much. */
    CompletableFuture<Receipt> say(Place place, String text, Tags tags) {
        Limits bounds = limits;
        if (text.length() > bounds.maxBody() / 3 && Utf8.length(text) > bounds.maxBody()) {
            return tooLarge("a message has at most " + bounds.maxBody() + " bytes here");
        }
        if (!tags.isEmpty() && tags.encodedBytes() > bounds.maxTags()) {
            return tooLarge("tags have at most " + bounds.maxTags() + " bytes here");
        }
        return queue(place, (room, cid) -> new Say(room, cid, text, tags), COMMAND_BYTES + 3 * text.length());
    }

    /** Adds a command that has one text, if the server takes frames of that length. */
    CompletableFuture<Receipt> order(Place place, Command.Maker maker, String text) {
        return link.mayBeSent(COMMAND_BYTES + Utf8.length(text))
                ? queue(place, maker, COMMAND_BYTES + 3 * text.length())
                : tooLarge("that is longer than the server takes");
    }

    private CompletableFuture<Receipt> tooLarge(String text) {
        return link.callbacks().failed(new ChatException(ErrorCode.TOO_LARGE, text));
    }

    private CompletableFuture<Receipt> queue(Place place, Command.Maker maker, int bytes) {
        CompletableFuture<Receipt> receipt = link.callbacks().future();
        List<Failure> failures = new ArrayList<>(0);
        lock.lock();
        try {
            Command command = new Command(place, maker, bytes, receipt, ++lastNumber);
            if (over != null) {
                failures.add(new Failure(command, over));
            } else if (waitingBytes + bytes > MAX_WAITING_BYTES) {
                failures.add(new Failure(
                        command, new ChatException(ErrorCode.OVERLOADED, "too much is waiting to be sent")));
            } else {
                waiting.add(command);
                waitingBytes += bytes;
                sendSome(failures);
            }
        } finally {
            lock.unlock();
        }
        finish(failures);
        return receipt;
    }

    // ---- sending; under the lock, so that cids go out in their order: sending only queues

    private void sendSome(List<Failure> failures) {
        if (!sending || waiting.isEmpty()) {
            return;
        }
        Iterator<Command> all = waiting.iterator();
        while (all.hasNext() && mayGoOn()) {
            Command command = all.next();
            if (command.place.isIn(origin)) {
                if (!isUnsure(command.place)) {
                    all.remove();
                    waitingBytes -= command.bytes;
                    send(command);
                }
            } else if (command.place.isOver()) {
                all.remove();
                waitingBytes -= command.bytes;
                failures.add(new Failure(
                        command,
                        new ChatException(ErrorCode.NOT_A_MEMBER, "this client is not in that room any more")));
            }
        }
    }

    private boolean mayGoOn() {
        return underWay.isEmpty() || lastCid + 1 - underWay.firstKey() < limits.inFlight();
    }

    private boolean isUnsure(Place place) {
        for (Command command : unsure) {
            if (command.place.equals(place)) {
                return true;
            }
        }
        return false;
    }

    private void send(Command command) {
        command.origin = origin;
        command.cid = ++lastCid;
        underWay.put(lastCid, command);
        link.queue(command.frame());
    }

    private void finish(List<Failure> failures) {
        link.flush();
        failures.forEach(
                failure -> link.callbacks().tell(() -> failure.command().receipt.completeExceptionally(failure.why())));
    }

    // ---- the connection; the reader's thread

    /** The session goes on: what is under way is sent again, and then what waits. */
    void resume(Limits given) {
        List<Failure> failures = new ArrayList<>(0);
        limits = given;
        lock.lock();
        try {
            sending = true;
            underWay.values().forEach(command -> link.queue(command.frame()));
            sendSome(failures);
        } finally {
            lock.unlock();
        }
        finish(failures);
    }

    /** A session has begun: what was under way in the one before is unsure. */
    void restart(Limits given, long newOrigin) {
        List<Failure> failures = new ArrayList<>(0);
        limits = given;
        lock.lock();
        try {
            sending = true;
            origin = newOrigin;
            lastCid = 0;
            for (Command command : underWay.values()) {
                if (command.place.isOver()) {
                    failures.add(new Failure(command, unknown()));
                } else {
                    unsure.add(command);
                }
            }
            underWay.clear();
            sendSome(failures);
        } finally {
            lock.unlock();
        }
        finish(failures);
    }

    /** Sends nothing more until the session goes on or another begins. */
    void suspend() {
        lock.lock();
        try {
            sending = false;
        } finally {
            lock.unlock();
        }
    }

    // ---- rooms; the reader's thread

    /** A room is entered, or may be spoken in again. */
    void entered() {
        List<Failure> failures = new ArrayList<>(0);
        lock.lock();
        try {
            sendSome(failures);
        } finally {
            lock.unlock();
        }
        finish(failures);
    }

    /**
     * All that a room has ordered of the commands that were unsure is found.
     *
     * @param complete whether all of its entries were seen: then what is not among them is not in the room
     */
    void settle(Place place, boolean complete) {
        List<Failure> failures = new ArrayList<>(0);
        lock.lock();
        try {
            List<Command> again = new ArrayList<>();
            long last = place.lastOrdered;
            unsure.removeIf(command -> command.place.equals(place) && again.add(command));
            again.removeIf(command -> {
                boolean late = command.number < last;
                if (!complete) {
                    failures.add(new Failure(command, unknown()));
                } else if (late) {
                    failures.add(new Failure(
                            command,
                            new ChatException(
                                    ErrorCode.NOT_SAID, "it was lost with the connection, and a later one was not")));
                }
                return !complete || late;
            });
            for (int i = again.size() - 1; i >= 0; i--) {
                waiting.addFirst(again.get(i));
                waitingBytes += again.get(i).bytes;
            }
            sendSome(failures);
        } finally {
            lock.unlock();
        }
        finish(failures);
    }

    /** A stay is over: nobody can say any more what has become of the commands that are unsure. */
    void left(Place place) {
        settle(place, false);
    }

    // ---- outcomes; the reader's thread

    /** A command of this session is in its room. */
    void ordered(long cid, long seq) {
        ordered(origin(), cid, seq);
    }

    private long origin() {
        lock.lock();
        try {
            return origin;
        } finally {
            lock.unlock();
        }
    }

    /** A command of this session, or of an earlier one, is in its room. */
    void ordered(long session, long cid, long seq) {
        List<Failure> failures = new ArrayList<>(0);
        Command command;
        lock.lock();
        try {
            command = session == origin ? underWay.remove(cid) : takeUnsure(session, cid);
            if (command != null) {
                command.place.lastOrdered = Math.max(command.place.lastOrdered, command.number);
            }
            sendSome(failures);
        } finally {
            lock.unlock();
        }
        if (command != null) {
            Command done = command;
            link.callbacks().tell(() -> done.receipt.complete(new Receipt(seq)));
        }
        finish(failures);
    }

    private @Nullable Command takeUnsure(long session, long cid) {
        for (Command command : unsure) {
            if (command.origin == session && command.cid == cid) {
                unsure.remove(command);
                return command;
            }
        }
        return null;
    }

    /** A command of this session is in no room. */
    void rejected(long cid, ChatException why) {
        List<Failure> failures = new ArrayList<>(1);
        lock.lock();
        try {
            Command command = underWay.remove(cid);
            if (command != null) {
                failures.add(new Failure(command, why));
            }
            sendSome(failures);
        } finally {
            lock.unlock();
        }
        finish(failures);
    }

    // ---- the end

    /** Whether nothing has an outcome to come. */
    boolean isIdle() {
        lock.lock();
        try {
            return underWay.isEmpty() && waiting.isEmpty() && unsure.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Whether nothing that was sent has an outcome to come. */
    boolean isAnswered() {
        lock.lock();
        try {
            return underWay.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Takes nothing new; what is under way or waits still has its outcome. */
    void refuseMore(ChatException why) {
        lock.lock();
        try {
            over = over == null ? why : over;
        } finally {
            lock.unlock();
        }
    }

    /** Fails everything: what was sent may have been ordered or not, and what was not sent was not. */
    void end(ChatException why) {
        List<Failure> failures = new ArrayList<>();
        lock.lock();
        try {
            over = why;
            underWay.values().forEach(command -> failures.add(new Failure(command, unknown())));
            unsure.forEach(command -> failures.add(new Failure(command, unknown())));
            waiting.forEach(command -> failures.add(new Failure(command, why)));
            underWay.clear();
            unsure.clear();
            waiting.clear();
            waitingBytes = 0;
        } finally {
            lock.unlock();
        }
        finish(failures);
    }

    private static ChatException unknown() {
        return new ChatException(
                ErrorCode.UNKNOWN_OUTCOME, "the connection ended before it was known whether this was done");
    }
}
