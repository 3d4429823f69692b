package io.parley.apps.benchmarks.chaos;

import io.parley.client.ChatException;
import io.parley.client.ChatRoom;
import io.parley.client.Message;
import io.parley.client.RoomListener;
import io.parley.model.ErrorCode;
import io.parley.model.Member;
import io.parley.model.UserItem;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A client in one room: what it says there and what it is shown. One thread speaks, callbacks listen, the checker reads. */
final class Seat implements RoomListener {
    private final String name;
    private final String room;
    private final Tally tally;
    private final Runnable atMessage;
    private final List<Said> said = new ArrayList<>(); // guarded by itself
    private final List<Evidence.Shown> shown = new ArrayList<>(); // guarded by itself
    private final AtomicLong acknowledged = new AtomicLong();
    private volatile @Nullable ChatRoom place;

    Seat(String name, String room, Tally tally, Runnable atMessage) {
        this.name = name;
        this.room = room;
        this.tally = tally;
        this.atMessage = atMessage;
    }

    String room() {
        return room;
    }

    void taken(ChatRoom entered) {
        place = entered;
    }

    /** Says the next numbered message. */
    void say() {
        ChatRoom here = place;
        if (here == null) {
            return;
        }
        Said next;
        synchronized (said) {
            next = new Said(said.size(), name + " " + room + " " + said.size());
            said.add(next);
        }
        here.say(next.text()).whenComplete((receipt, why) -> {
            if (receipt != null) {
                next.acknowledged(receipt.seq());
                acknowledged.incrementAndGet();
            } else {
                failed(next, why instanceof CompletionException wrapped ? wrapped.getCause() : why);
            }
        });
    }

    private void failed(Said one, @Nullable Throwable why) {
        boolean unknown = why instanceof ChatException known && known.code() == ErrorCode.UNKNOWN_OUTCOME;
        one.failed(unknown);
        if (!unknown) {
            tally.note(name + " could not say " + one.text() + ": " + words(why));
        }
    }

    private static String words(@Nullable Throwable why) {
        return why instanceof ChatException known ? known.code() + " " + known.getMessage() : String.valueOf(why);
    }

    boolean isSettled() {
        return openCount() == 0;
    }

    private long openCount() {
        synchronized (said) {
            return said.stream()
                    .filter(one -> one.outcome() == Said.Outcome.OPEN)
                    .count();
        }
    }

    /** How many messages were acknowledged so far. */
    long acknowledgedCount() {
        return acknowledged.get();
    }

    @Override
    public String toString() {
        return room + ": shown " + shownCount() + ", without an outcome " + openCount();
    }

    int shownCount() {
        synchronized (shown) {
            return shown.size();
        }
    }

    Evidence evidence(long user) {
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
