package io.parley.apps.client;

import io.parley.apps.client.ClientSettings.Mode;
import io.parley.client.ChatClient;
import io.parley.client.ChatException;
import io.parley.client.ChatRoom;
import io.parley.client.Message;
import io.parley.client.Moderation;
import io.parley.client.RoomListener;
import io.parley.client.SettingsChange;
import io.parley.client.TopicChange;
import io.parley.wire.Action;
import io.parley.wire.MemberItem;
import io.parley.wire.RoomSettings;
import io.parley.wire.Verdict;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Prints what happens in one room, each line with the room's name before it. The callbacks' thread alone.
 *
 * <p>What was said before this client came carries its time. The library does not tell where the past ends, so that is
 * judged by the clocks of both machines; only the look of a line depends on it.
 */
final class RoomScreen implements RoomListener {
    private final Printer printer;
    private final OpenRooms rooms;
    private final Mode mode;
    private final Supplier<String> me;
    private final long begun;
    private @Nullable ChatRoom room; // set before the first entry is told
    private boolean live; // callbacks only
    private long lastSeq; // callbacks only: the last number heard; joins and leaves come without one
    private volatile boolean out; // set once

    /**
     * Makes a listener for a room that is about to be entered.
     *
     * @param me this user's name, as it is when it is asked for
     * @param now milliseconds since 1970
     */
    RoomScreen(Printer printer, OpenRooms rooms, Mode mode, Supplier<String> me, long now) {
        this.printer = printer;
        this.rooms = rooms;
        this.mode = mode;
        this.me = me;
        this.begun = now;
    }

    /** The room is entered; what happens in it follows. */
    void entered(ChatRoom given) {
        room = given;
        rooms.add(given.name(), given);
        print("--> you; " + Phrase.present(given, given.members()));
        if (!given.topic().isEmpty()) {
            print("topic: " + given.topic());
        }
    }

    /** The connection was lost and the room is entered again; what was missed follows. */
    void returned(ChatRoom given) {
        boolean same = room != null && room.epoch() == given.epoch();
        room = given;
        rooms.add(given.name(), given);
        print("--> you again; " + Phrase.present(given, given.members()));
        if (!same) {
            lastSeq = 0;
            print("... the room has begun anew; what was said meanwhile may be lost ...");
        }
    }

    /** Enters the room again, behind the last entry heard. On the callbacks' thread. */
    CompletableFuture<ChatRoom> resume(ChatClient client, int backlog) {
        ChatRoom known = Objects.requireNonNull(room);
        return lastSeq == 0
                ? client.enterAsync(known.name(), backlog, this)
                : client.resumeAsync(known.name(), known.epoch(), lastSeq, this);
    }

    /** The room is over for this client: it is not entered again. */
    void over() {
        out = true;
        if (room != null) {
            rooms.remove(room);
        }
    }

    /** Whether the room is over for this client, and not just the connection. */
    boolean isOut() {
        return out;
    }

    String name() {
        return room == null ? "" : room.name();
    }

    private void print(String text) {
        printer.line("[" + (room == null ? "?" : room.name()) + "] " + text);
    }

    private boolean isMe(String name) {
        return name.equals(me.get());
    }

    private boolean isHere(String name) {
        return room != null
                && room.members().stream().anyMatch(member -> member.name().equals(name));
    }

    @Override
    public void onMessage(Message message) {
        lastSeq = message.seq();
        live |= message.own() || message.timeMillis() >= begun;
        if (!message.own() || mode == Mode.PIPE) {
            print(live ? Phrase.said(message) : Phrase.remembered(message));
        }
    }

    @Override
    public void onJoined(MemberItem member) {
        if (!isMe(member.name())) {
            print("--> " + member.name());
        }
    }

    @Override
    public void onLeft(String name, String text) {
        print("<-- " + name + Phrase.because(text));
    }

    @Override
    public void onRenamed(String from, String to) {
        print(isMe(from) || isMe(to) ? "you are now " + to : from + " is now " + to);
    }

    @Override
    public void onTopic(TopicChange change) {
        lastSeq = change.seq();
        String topic = change.topic();
        print(change.actor() + (topic.isEmpty() ? " removed the topic" : " set the topic: " + topic));
    }

    @Override
    public void onModerated(Moderation act) {
        lastSeq = act.seq();
        // A guest's role ends with its visit: that is bookkeeping, once the room has said that the guest left.
        if (act.action() != Action.MAKE_MEMBER || isHere(act.target())) {
            print(Phrase.moderated(act.actor(), act.action(), act.target(), act.text()));
        }
    }

    @Override
    public void onConfigured(SettingsChange change) {
        lastSeq = change.seq();
        RoomSettings settings = change.settings();
        print(change.actor() + " changed the settings: "
                + (settings.inviteOnly() ? "for the invited only" : "open to all")
                + (settings.memberLimit() > 0 ? ", at most " + settings.memberLimit() + " members" : ""));
    }

    @Override
    public void onLost(long fromSeq, long toSeq) {
        lastSeq = toSeq;
        print(Phrase.lost(toSeq - fromSeq + 1));
    }

    @Override
    public void onClosed(ChatException why) {
        // The end of the whole connection is told once, and not by each room; the room may be entered again.
        if (why.verdict() == Verdict.REFUSED) {
            over();
            print("<-- you" + Phrase.because(String.valueOf(why.getMessage())));
        }
    }
}
