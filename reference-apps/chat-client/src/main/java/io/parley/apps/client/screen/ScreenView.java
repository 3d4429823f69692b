package io.parley.apps.client.screen;

import io.parley.apps.client.view.EventText;
import io.parley.apps.client.view.Place;
import io.parley.apps.client.view.Printer;
import io.parley.apps.client.view.ReadMarkers;
import io.parley.apps.client.view.View;
import io.parley.apps.client.window.Line;
import io.parley.apps.client.window.Line.Kind;
import io.parley.apps.client.window.Window;
import io.parley.apps.client.window.Windows;
import io.parley.client.ChatClient;
import io.parley.client.ChatException;
import io.parley.client.ChatRoom;
import io.parley.client.Message;
import io.parley.client.MessageKind;
import io.parley.model.Entry;
import io.parley.model.Member;
import io.parley.model.MyRoom;
import io.parley.model.RestrictionItem;
import io.parley.model.RoomItem;
import io.parley.model.UserItem;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Shows everything on a screen: a window for each room and conversation, one of which is shown, and a line to type in.
 * The callback thread only. What keys do runs on that thread as well, so there are no locks.
 *
 * <p>Events become {@link Line}s of a {@link Window}; {@link Pane} draws them after the current events. The class has
 * more than 200 lines because it has a method for each event.
 */
public final class ScreenView implements View {
    private static final int MAX_ROOMS_COMPLETED = 200;
    private static final long ENTRY_LINE_MILLIS = 1_000;
    private static final long TYPING_MILLIS = 4_000;

    private final Pane pane;
    private final Executor callbacks;
    private final Printer printer;
    private final Clock clock;
    private final Windows windows = new Windows();
    private final ConnectionStatus connection = new ConnectionStatus();
    private final MessageLines messages = new MessageLines();
    private final WindowDisplay display;
    private final HistoryLoader history;
    private final Look look;
    private final ScreenController controller;
    private final ScreenTicker ticker;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Queue<String> unsaid = new ConcurrentLinkedQueue<>(); // to be printed after the screen is restored
    private ReadMarkers markers = new ReadMarkers();
    private String greeting = ""; // until it is shown in a room
    private long self; // the id of the user
    private long lastEntered; // when a room was last entered
    private long lastTyping; // when the server was last notified that the user is typing

    /**
     * Makes a view; it draws nothing before the client is connected.
     *
     * @param environment what the terminal has told its programs of itself
     * @param callbacks the thread that calls the view
     * @param printer prints the last message after the screen is restored
     */
    public ScreenView(
            Pane pane,
            Keyboard keyboard,
            ScreenOptions options,
            Map<String, String> environment,
            Executor callbacks,
            Printer printer,
            Clock clock) {
        this.pane = pane;
        this.callbacks = callbacks;
        this.printer = printer;
        this.clock = clock;
        this.display = new WindowDisplay(pane, windows, clock);
        this.history = new HistoryLoader(messages::line, pane, windows);
        this.look = new Look(pane, windows, options, environment, clock);
        this.controller = new ScreenController(display, pane, keyboard, connection, history, look);
        this.ticker = new ScreenTicker(callbacks, this::tick);
    }

    private void open() {
        Editor editor =
                pane.open(windows, () -> connection.text(clock.millis()) + " · " + messages.name(), look::title);
        controller.open(editor, callbacks);
        look.begin();
        ticker.start();
    }

    /** Does what is due by time. */
    private void tick() {
        long now = clock.millis();
        connection.tick(now, pane::changedFoot);
        if (now - lastEntered >= ENTRY_LINE_MILLIS) {
            windows.places().forEach(display::showEntryLine);
        }
        ChatRoom room = windows.current().room();
        if (pane.takeTyped() && room != null && connection.isUp() && now - lastTyping >= TYPING_MILLIS) {
            lastTyping = now;
            room.typing();
        }
        if (room != null && connection.isUp() && !windows.current().isScrolled()) {
            markers.read(room, windows.current().lastSeq());
        }
        pane.changedFoot();
    }

    @Override
    public void markers(ReadMarkers value) {
        markers = value;
    }

    @Override
    public boolean isRead(ChatRoom room) {
        return false; // the ticker looks what is shown
    }

    @Override
    public void read(Place place, long seq) {
        Window window = windows.find(place);
        if (window != null && window.unread() > 0 && seq >= window.lastSeq()) {
            window.markRead(); // on another device
            pane.changedFoot();
        }
    }

    private void ownName(String name) {
        messages.name(name);
        pane.completer().ownName(name);
    }

    // ---- the connection

    @Override
    public void connected(ChatClient client, String server, boolean again) {
        connection.up(client);
        if (!again) {
            open();
        }
        display.event(
                again
                        ? "you are back, as " + client.name()
                        : "you are " + client.name() + " at " + server
                                + (client.tls() == null
                                        ? ", in the clear"
                                        : ", under " + client.tls().getProtocol()));
        if (!again && !client.greeting().isEmpty()) {
            greeting = client.greeting() + "\n";
            display.event(client.greeting());
        }
        ownName(client.name());
        self = client.user().id();
        client.rooms("", MAX_ROOMS_COMPLETED)
                .thenAccept(rooms -> pane.completer()
                        .serverRooms(rooms.stream().map(RoomItem::name).toList()));
        tick();
    }

    @Override
    public void connectionLost(String why, Duration delay) {
        if (connection.isUp()) {
            Line lost = display.line(Kind.ERROR, "the connection is lost: " + why);
            display.add(windows.home(), lost);
            windows.places().forEach(window -> display.add(window, lost));
        }
        connection.down(delay, clock.millis());
        controller.connectionLost();
        pane.changedFoot();
    }

    @Override
    public void notice(String sender, String text) {
        display.addToCurrent(new Line(clock.millis(), 0, Kind.NOTICE, sender, text));
    }

    @Override
    public void goingAway(String reason) {
        display.event(reason);
    }

    @Override
    public void ended(String text, @Nullable ChatException why, int exitCode) {
        close();
        printer.error(text);
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            ticker.stop();
            pane.close();
            printUnsaid();
        }
    }

    private void printUnsaid() {
        for (String text = unsaid.poll(); text != null; text = unsaid.poll()) {
            printer.error(text);
        }
    }

    // ---- rooms

    @Override
    public void entered(ChatRoom room, Arrival arrival) {
        Window window = display.open(Place.of(room));
        boolean another = window.isOfAnother(room);
        window.room(room);
        if (markers.isKept()) {
            window.readTo(room.readSeq());
        }
        if (another) {
            display.add(window, display.line(Kind.ERROR, "this is another " + room.name() + " than before"));
        }
        if (!room.isDirect()) {
            lastEntered = clock.millis();
            String members = EventText.someMembers(room);
            window.entryLine(display.line(Kind.EVENT, greeting + "you came in; " + members));
            greeting = "";
        }
        if (arrival == Arrival.REQUESTED) {
            controller.arrived(window, Place.of(room));
        }
        pane.changedFoot();
    }

    @Override
    public void restarted(Place place, ChatRoom room) {
        Window window = display.open(place);
        window.room(room); // its numbers are others now
        display.add(window, display.line(Kind.ERROR, EventText.RESTARTED));
        pane.changedFoot();
    }

    @Override
    public void left(Place place, String why) {
        Window window = windows.find(place);
        if (window == null) {
            return; // it was closed to make room for another
        }
        window.room(null);
        if (controller.wasLeft(place)) {
            display.close(window);
        } else {
            display.addUnread(window, display.line(Kind.ERROR, "you are out" + EventText.because(why)), false);
        }
    }

    @Override
    public void message(Place place, Message message) {
        Window window = display.open(place);
        Line line = messages.line(message);
        boolean missed = !message.own() && window.isMissed(message.seq());
        if (message.kind() == MessageKind.HISTORY && missed) {
            display.addMissed(window, line, messages.isMention(message));
        } else if (message.kind() == MessageKind.HISTORY) {
            display.add(window, line);
        } else if (message.own()) {
            boolean whole = window.said(messages.pendingText(message), message.seq());
            display.showEntryLine(window);
            display.add(window, line);
            display.changed(window, whole);
        } else {
            display.addUnread(window, line, messages.isMention(message));
        }
        showEntryLineAfter(window, message.seq());
        long author = message.author().id(); // another device of the user's account, perhaps
        if (message.kind() == MessageKind.LIVE && !message.own() && author != self && !history.isIgnored(author)) {
            look.heard(window, place, message, place.direct() || messages.isMention(message));
        }
    }

    /** Shows the entry line if this was the last entry of the history. */
    private void showEntryLineAfter(Window window, long seq) {
        ChatRoom room = window.room();
        if (room != null && seq == room.head()) {
            display.showEntryLine(window);
        }
    }

    @Override
    public void pending(ChatRoom room, long number, String text, boolean action) {
        windows.places().stream()
                .filter(window -> window.room() == room)
                .forEach(window -> display.addPending(window, number, messages.pending(clock.millis(), text, action)));
    }

    @Override
    public void settled(long number, long seq) {
        for (Window window : windows.places()) {
            if (window.settle(number, seq)) {
                display.changed(window, true);
            }
        }
    }

    @Override
    public void unsaid(@Nullable Place place, String text, boolean over) {
        Window window = place == null ? null : windows.find(place);
        if (window == null) {
            display.error(text);
        } else {
            display.addUnread(window, display.line(Kind.ERROR, text), false);
        }
        if (over) {
            unsaid.add(text);
        }
        if (closed.get()) {
            printUnsaid();
        }
    }

    @Override
    public void giveBack(String line) {
        pane.offer(line);
    }

    @Override
    public void history(Place place, List<Message> found) {
        controller.showHistory(
                display.open(place), found.stream().map(messages::line).toList());
    }

    @Override
    public void found(Place place, List<Message> messages, boolean more) {
        messages.forEach(message -> display.event(EventText.past(message)));
        display.event(EventText.found(messages.size(), more));
    }

    @Override
    public void joined(Place place, String name) {
        presence(place, name, true);
    }

    @Override
    public void parted(Place place, String name, String why) {
        presence(place, name, false);
    }

    private void presence(Place place, String name, boolean joined) {
        Window window = display.open(place);
        display.showEntryLine(window);
        boolean whole = window.presence(name, joined, clock.millis());
        display.changed(window, whole);
    }

    @Override
    public void renamed(@Nullable Place place, String from, String to, boolean self) {
        if (self) {
            ownName(to);
        }
        String text = self ? "you are now " + to : from + " is now " + to;
        if (place == null) {
            display.event(text);
            return;
        }
        Window window = display.open(place);
        if (place.direct() && !self) {
            display.renamed(window, new Place(to, true));
        }
        if (!place.direct() || !self) {
            display.showEntryLine(window);
            display.add(window, display.line(Kind.EVENT, text));
        }
    }

    @Override
    public void typing(Place place, String name) {
        display.open(place).typing(name, clock.millis());
        pane.changedFoot();
    }

    @Override
    public void topic(Place place, Entry.TopicChanged change) {
        roomEvent(place, change.seq(), change.timeMillis(), EventText.topic(change));
    }

    @Override
    public void moderated(Place place, Entry.Moderated act) {
        roomEvent(place, act.seq(), act.timeMillis(), EventText.moderated(act));
    }

    @Override
    public void configured(Place place, Entry.Configured change) {
        roomEvent(place, change.seq(), change.timeMillis(), EventText.configured(change));
    }

    private void roomEvent(Place place, long seq, long time, String text) {
        Window window = display.open(place);
        ChatRoom room = window.room();
        if (room == null || seq > room.head()) {
            display.showEntryLine(window);
        }
        display.add(window, new Line(time, seq, Kind.EVENT, "", text));
        showEntryLineAfter(window, seq);
    }

    @Override
    public void messagesLost(Place place, long count) {
        display.addUnread(display.open(place), display.line(Kind.ERROR, EventText.messagesLost(count)), false);
    }

    // ---- answers

    @Override
    public void members(ChatRoom room, List<Member> members) {
        EventText.allMembers(room, members).forEach(display::event);
    }

    @Override
    public void restrictions(ChatRoom room, List<RestrictionItem> restrictions) {
        EventText.restrictions(restrictions).forEach(display::event);
    }

    @Override
    public void ignoring(UserItem user, boolean on) {
        history.ignore(user.id(), on);
        display.event(EventText.ignoring(user, on));
    }

    @Override
    public void ignored(List<UserItem> users) {
        display.event(EventText.ignored(users));
    }

    @Override
    public void mine(List<MyRoom> rooms) {
        EventText.mine(rooms).forEach(display::event);
    }

    @Override
    public void rooms(List<RoomItem> rooms) {
        rooms.forEach(room -> display.event(EventText.room(room)));
    }

    @Override
    public void answer(@Nullable Place place, String text) {
        display.event(text);
    }

    @Override
    public void error(String text) {
        display.error(text.startsWith("! ") ? text.substring(2) : text);
    }
}
