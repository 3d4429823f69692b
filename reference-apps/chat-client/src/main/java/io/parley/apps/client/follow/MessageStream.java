package io.parley.apps.client.follow;

import io.parley.apps.client.connection.ExitCode;
import io.parley.apps.client.view.Place;
import io.parley.apps.client.view.View;
import io.parley.client.ChatException;
import io.parley.client.ChatRoom;
import io.parley.client.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Shows the messages of one room in their order, each once, but for those of ignored users; fetches those that were missed. The callback thread only. */
final class MessageStream {
    private static final int PAGE = 200;

    private final View view;
    private final Supplier<Place> place;
    private final Ignored ignored;
    private final List<Message> held = new ArrayList<>(0); // messages that came while missed ones are fetched
    private boolean fetching;
    private long head; // entries up to this number are of the past
    private long lastSeq; // the last number received; joins and leaves have none

    MessageStream(View view, Supplier<Place> place, Ignored ignored) {
        this.view = view;
        this.place = place;
        this.ignored = ignored;
    }

    /** Begins after the last entry of a room. */
    void begin(ChatRoom room) {
        head = room.head();
        lastSeq = head;
    }

    long lastSeq() {
        return lastSeq;
    }

    /** An entry was received that is no message. */
    void passed(long seq) {
        lastSeq = seq;
    }

    void receive(Message message) {
        if (fetching) {
            held.add(message);
        } else {
            show(message);
        }
    }

    private void show(Message message) {
        lastSeq = message.seq();
        // Direct messages are refused by the server; those of before stay to be seen.
        if (place.get().direct() || !ignored.hides(message)) {
            view.message(place.get(), message, message.seq() <= head);
        }
    }

    /** Fetches the messages that were missed up to the head of a conversation. Unlike a room, it is not resumed. */
    void fetchMissed(ChatRoom room) {
        long last = room.head();
        if (lastSeq >= last) {
            return;
        }
        fetching = true;
        room.historyAfter(lastSeq, PAGE).whenComplete((found, failed) -> {
            fetching = false;
            if (failed instanceof ChatException why && ExitCode.afterLogin(why) == ExitCode.LOST) {
                held.clear(); // the connection is lost again: the next one fetches all of it
                return;
            }
            if (found != null) {
                found.messages().stream()
                        .filter(message -> message.seq() > lastSeq && message.seq() <= last)
                        .forEach(message -> {
                            reportLost(message.seq());
                            show(message);
                        });
            }
            if (found != null && found.more() && !found.messages().isEmpty() && lastSeq < last) {
                fetchMissed(room);
                return;
            }
            reportLost(last + 1);
            lastSeq = last;
            held.forEach(this::show);
            held.clear();
        });
    }

    /** Reports the entries that are missing before a number. */
    private void reportLost(long seq) {
        if (seq - lastSeq > 1) {
            view.messagesLost(place.get(), seq - lastSeq - 1);
        }
    }
}
