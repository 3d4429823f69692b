package io.parley.apps.server.monitoring;

import io.parley.model.Entry;
import io.parley.model.RoomKind;
import io.parley.room.Room;
import io.parley.room.User;
import io.parley.server.ServerListener;
import java.net.SocketAddress;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/**
 * Events for Java Flight Recorder: names and numbers, never the text of messages, and nothing about direct conversations.
 * The server calls it on one thread at a time. While no recording runs, an event costs one test.
 */
public final class FlightEvents implements ServerListener {

    /** A client connected. */
    @Name("io.parley.Connect")
    @Label("Connect")
    @Category("Parley")
    @StackTrace(false)
    static final class Connect extends Event {
        @Label("From")
        @Nullable
        String from;
    }

    /** A user joined a room. */
    @Name("io.parley.Join")
    @Label("Join")
    @Category("Parley")
    @StackTrace(false)
    static final class Join extends Event {
        @Label("Room")
        @Nullable
        String room;

        @Label("User")
        @Nullable
        String user;

        @Label("Members")
        int members;
    }

    /** A message was sent to a room. */
    @Name("io.parley.Message")
    @Label("Message")
    @Category("Parley")
    @StackTrace(false)
    static final class Message extends Event {
        @Label("Room")
        @Nullable
        String room;

        @Label("Sender")
        @Nullable
        String sender;

        @Label("Number")
        @Description("The number of the message in its room")
        long number;

        @Label("Length")
        @Description("The length of the text in UTF-16 units")
        int length;
    }

    /** A member missed entries of a room. */
    @Name("io.parley.Gap")
    @Label("Gap")
    @Category("Parley")
    @StackTrace(false)
    static final class Gap extends Event {
        @Label("Room")
        @Nullable
        String room;

        @Label("User")
        @Nullable
        String user;

        @Label("First")
        long first;

        @Label("Last")
        long last;
    }

    /** A connection was closed because it accepted no bytes. */
    @Name("io.parley.SlowMember")
    @Label("Slow Member")
    @Category("Parley")
    @StackTrace(false)
    static final class SlowMember extends Event {
        @Label("From")
        @Nullable
        String from;

        @Label("User")
        @Nullable
        String user;
    }

    /** The server shut down; the event lasts until the last connection ended, or the timeout. */
    @Name("io.parley.Drain")
    @Label("Drain")
    @Category("Parley")
    @StackTrace(false)
    public static final class Drain extends Event {
        @Label("Connections")
        int connections;
    }

    /** Begins a drain; the caller commits the event. */
    public static Drain drain(int connections) {
        Drain event = new Drain();
        event.connections = connections;
        event.begin();
        return event;
    }

    @Override
    public void onConnect(SocketAddress from) {
        Connect event = new Connect();
        if (event.isEnabled()) {
            event.from = from.toString();
            event.commit();
        }
    }

    @Override
    public void onJoin(Room room, User user) {
        Join event = new Join();
        if (event.isEnabled() && room.kind() == RoomKind.ROOM) {
            event.room = room.name();
            event.user = user.name();
            event.members = room.memberCount();
            event.commit();
        }
    }

    @Override
    public boolean wantsEntry(Room room, Entry.Sequenced entry) {
        return entry instanceof Entry.Message && room.kind() == RoomKind.ROOM && new Message().isEnabled();
    }

    @Override
    public void onEntry(Room room, Entry.Sequenced entry) {
        Message event = new Message();
        if (event.isEnabled() && room.kind() == RoomKind.ROOM && entry instanceof Entry.Message message) {
            event.room = room.name();
            event.sender = message.author().name();
            event.number = message.seq();
            event.length = message.body().length();
            event.commit();
        }
    }

    @Override
    public void onGap(User user, Room room, long from, long to) {
        Gap event = new Gap();
        if (event.isEnabled() && room.kind() == RoomKind.ROOM) {
            event.room = room.name();
            event.user = user.name();
            event.first = from;
            event.last = to;
            event.commit();
        }
    }

    @Override
    public void onSlow(SocketAddress from, @Nullable User user) {
        SlowMember event = new SlowMember();
        if (event.isEnabled()) {
            event.from = from.toString();
            event.user = user == null ? null : user.name();
            event.commit();
        }
    }
}
