package io.parley.apps.benchmarks.evidence;

import io.parley.client.ChatException;
import io.parley.client.ChatRoom;
import io.parley.client.Message;
import io.parley.client.RoomListener;
import io.parley.model.ErrorCode;
import io.parley.model.Member;
import io.parley.model.UserItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A client in one room: what it says there and what it is shown. One thread speaks, callbacks listen, the checker reads. */
public final class Seat implements RoomListener {
    private final String name;
    private final String room;
    private final Tally tally;
    private final Runnable atMessage;
    private final Runnable atAcknowledged;
    private final List<Said> said = new ArrayList<>(); // guarded by itself
    private final List<Evidence.Shown> shown = new ArrayList<>(); // guarded by itself
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicLong open = new AtomicLong(); // without an outcome
    private volatile @Nullable ChatRoom place;

    /**
     * Makes a seat that nobody has taken yet.
     *
     * @param name of the client
     * @param room of the room
     * @param tally counts what the client is told
     * @param atMessage run when a message was shown
     * @param atAcknowledged run when one of its own was acknowledged
     */
    public Seat(String name, String room, Tally tally, Runnable atMessage, Runnable atAcknowledged) {
        this.name = name;
        this.room = room;
        this.tally = tally;
        this.atMessage = atMessage;
        this.atAcknowledged = atAcknowledged;
    }

    /** The name of the room. */
    public String room() {
        return room;
    }

    /** The client has entered. */
    public void taken(ChatRoom entered) {
        place = entered;
    }

    /** The room as the client sees it; fails before it is taken. */
    public ChatRoom place() {
        return Objects.requireNonNull(place, "not taken yet");
    }

    /** Says the next numbered message. */
    public void say() {
        ChatRoom here = place;
        if (here == null) {
            return;
        }
        Said next;
        synchronized (said) {
            next = new Said(said.size(), name + " " + room + " " + said.size());
            said.add(next);
        }
        open.incrementAndGet();
        long at = System.nanoTime();
        here.say(next.text()).whenComplete((receipt, why) -> {
            tally.waited(System.nanoTime() - at);
            if (receipt != null) {
                next.acknowledged(receipt.seq());
                acknowledged.incrementAndGet();
                atAcknowledged.run();
            } else {
                failed(next, why instanceof CompletionException wrapped ? wrapped.getCause() : why);
            }
            open.decrementAndGet();
        });
    }

    private void failed(Said one, @Nullable Throwable why) {
        boolean unknown = why instanceof ChatException known && known.code() == ErrorCode.UNKNOWN_OUTCOME;
        one.failed(unknown);
        tally.refused(why instanceof ChatException known ? ErrorCode.name(known.code()) : String.valueOf(why));
        if (!unknown && !(why instanceof ChatException known && known.code() == ErrorCode.UNAVAILABLE)) {
            tally.note(name + " could not say " + one.text() + ": " + words(why));
        }
    }

    private static String words(@Nullable Throwable why) {
        return why instanceof ChatException known ? known.code() + " " + known.getMessage() : String.valueOf(why);
    }

    /** Whether all that was said has an outcome. */
    public boolean isSettled() {
        return openCount() == 0;
    }

    /** How many messages have no outcome yet. */
    public long openCount() {
        return open.get();
    }

    /** How many messages were acknowledged so far. */
    public long acknowledgedCount() {
        return acknowledged.get();
    }

    @Override
    public String toString() {
        return room + ": shown " + shownCount() + ", without an outcome " + openCount();
    }

    /** How many messages it was shown. */
    public int shownCount() {
        synchronized (shown) {
            return shown.size();
        }
    }

    /** What it said and was shown, as a user of this id. */
    public Evidence evidence(long user) {
        synchronized (said) {
            synchronized (shown) {
                return new Evidence(room, name, user, said, shown);
            }
        }
    }

    // ---- what it is told

    @Override
    public void onMessage(Message message) {
        synchronized (shown) {
            String text = tally.sameText(message.text());
            shown.add(new Evidence.Shown(message.seq(), message.author().id(), text));
        }
        atMessage.run();
    }

    @Override
    public void onJoined(Member member) {
        tally.noise(name + " in " + room + ": joined " + member.user().name());
    }

    @Override
    public void onLeft(UserItem user, String text) {
        tally.noise(name + " in " + room + ": left " + user.name() + " " + text);
    }

    @Override
    public void onLost(long fromSeq, long toSeq) {
        tally.count(Tally.Event.LOST_PART);
        tally.note(name + " in " + room + ": lost " + fromSeq + " to " + toSeq);
    }

    @Override
    public void onReset(long epoch) {
        tally.count(Tally.Event.RESET);
        tally.note(name + " in " + room + ": numbers begin anew");
    }

    @Override
    public void onClosed(ChatException why) {
        if (tally.count(Tally.Event.ROOM_CLOSED)) {
            tally.note(name + " in " + room + ": closed, " + words(why));
        }
    }
}
