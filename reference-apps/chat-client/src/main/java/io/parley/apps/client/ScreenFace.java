package io.parley.apps.client;

import io.parley.apps.client.Line.Kind;
import io.parley.client.ChatClient;
import io.parley.client.ChatRoom;
import io.parley.client.HistoryResult;
import io.parley.client.Message;
import io.parley.client.Moderation;
import io.parley.client.SettingsChange;
import io.parley.client.TopicChange;
import io.parley.wire.RoomItem;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Shows everything on a screen: a window for each place, of which one is seen, and a line to type in. As for any face
 * the callbacks' thread alone calls it; what keys do is handed to that thread, too, so nothing here is locked.
 *
 * <p>Events become {@link Line}s of a {@link Window}; {@link Pane} draws them when the events of the moment are over.
 * (Over 300 lines: it has a method for each thing that can happen.)
 */
final class ScreenFace implements Face {
    private static final int ROOMS_LISTED = 200;
    private static final int HISTORY_PAGE = 100;
    private static final long INTRODUCE_MILLIS = 1_000;
    private static final long TYPING_MILLIS = 4_000;
    private static final List<String> KEYS = List.of(
            "Alt-1 ... Alt-9: to a room or conversation; Ctrl-N, Ctrl-P: the next, the one before; Alt-A: unread",
            "PgUp, PgDn: through what was said before; Tab: completes; Up, Down, Ctrl-R: what you typed before",
            "Alt-Enter: a line break; Ctrl-L: draws anew; Ctrl-D: says goodbye");

    private final Pane pane;
    private final Keyboard keyboard;
    private final Executor callbacks;
    private final Printer printer;
    private final Clock clock;
    private final Windows windows = new Windows();
    private final Link link = new Link();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicBoolean ticking = new AtomicBoolean();
    private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "chat-tick");
        thread.setDaemon(true);
        return thread;
    });

    private @Nullable ChatClient client;
    private @Nullable Place leaving; // asked to be left by whoever types
    private @Nullable Window fetching; // whose history was asked for
    private long entered; // when a room was last entered
    private long typingTold;

    /**
     * Makes one; nothing is drawn before it is connected.
     *
     * @param callbacks the thread that calls this
     * @param printer for the last word, when the screen is as it was
     */
    ScreenFace(Pane pane, Keyboard keyboard, Executor callbacks, Printer printer, Clock clock) {
        this.pane = pane;
        this.keyboard = keyboard;
        this.callbacks = callbacks;
        this.printer = printer;
        this.clock = clock;
    }

    private void begin() {
        Editor editor = pane.open(windows, () -> link.text(clock.millis()));
        bind(editor, "parley-next", () -> show(windows.beside(1)), "\u000E", "\u001B[1;3C");
        bind(editor, "parley-before", () -> show(windows.beside(-1)), "\u0010", "\u001B[1;3D");
        bind(editor, "parley-unread", () -> show(windows.busiest()), "\u001Ba");
        bind(editor, "parley-older", () -> scroll(1), "\u001B[5~");
        bind(editor, "parley-newer", () -> scroll(-1), "\u001B[6~");
        bind(editor, "parley-redraw", pane::changed, "\f");
        for (int number = 0; number <= 9; number++) {
            int which = number;
            bind(editor, "parley-" + number, () -> showNumbered(which), "\u001B" + number);
        }
        keyboard.start(
                editor,
                input -> callbacks.execute(() -> typed(input)),
                () -> callbacks.execute(() -> event("Ctrl-C once more, or Ctrl-D, says goodbye")));
        ticks.scheduleWithFixedDelay(this::tickSoon, 1, 1, TimeUnit.SECONDS);
    }

    private void bind(Editor editor, String name, Runnable action, CharSequence... keys) {
        editor.bind(name, () -> callbacks.execute(action), keys);
    }

    private void tickSoon() {
        if (ticking.compareAndSet(false, true)) {
            callbacks.execute(() -> {
                ticking.set(false);
                tick();
            });
        }
    }

    /** Does what comes with time. */
    void tick() {
        long now = clock.millis();
        link.tick(now, pane::changedFoot);
        if (now - entered >= INTRODUCE_MILLIS) {
            windows.places().forEach(this::introduce);
        }
        ChatRoom room = windows.current().room();
        if (pane.takeTyped() && room != null && link.isUp() && now - typingTold >= TYPING_MILLIS) {
            typingTold = now;
            room.typing();
        }
        pane.changedFoot();
    }

    // ---- windows

    private void show(Window window) {
        if (window != windows.current()) {
            windows.current().scroll(0);
            windows.show(window);
        }
        pane.changed();
    }

    private void showNumbered(int number) {
        Window window = windows.numbered(number);
        if (window != null) {
            show(window);
        }
    }

    private void scroll(int pages) {
        Window window = windows.current();
        boolean atTop = pane.scroll(pages);
        ChatRoom room = window.room();
        if (pages > 0 && atTop && fetching == null && room != null && window.hasMore()) {
            fetching = window;
            room.historyBefore(window.oldest(), HISTORY_PAGE).whenComplete((found, failed) -> fetched(window, found));
        }
    }

    private void fetched(Window window, @Nullable HistoryResult found) {
        fetching = null;
        if (found != null) {
            window.prepend(found.messages().stream().map(this::line).toList(), found.firstSeq(), found.more());
            if (window == windows.current()) {
                pane.changed();
            }
        }
    }

    private void add(Window window, Line line, boolean past) {
        if (!past) {
            introduce(window);
        }
        boolean anew = window.add(line);
        boolean read = window == windows.current();
        if (!read && !past && line.kind() != Kind.OWN && line.kind() != Kind.EVENT) {
            window.unread(line);
            pane.changedFoot();
        } else if (read && anew) {
            pane.changed();
        } else if (read) {
            pane.grown();
        }
    }

    private void introduce(Window window) {
        Line line = window.introduce();
        if (line != null) {
            add(window, line, true);
        }
    }

    private Window window(Place place) {
        return windows.open(place);
    }

    /** A line about something that happens now. */
    private Line line(Kind kind, String text) {
        return new Line(clock.millis(), 0, kind, "", text);
    }

    private Line line(Message message) {
        Kind kind = message.own() ? Kind.OWN : isCalled(message.text()) ? Kind.MENTION : Kind.MESSAGE;
        return new Line(
                message.timeMillis(),
                message.seq(),
                Phrase.isAction(message) ? Kind.ACTION : kind,
                message.sender(),
                message.text());
    }

    private boolean isCalled(String text) {
        String name = client == null ? "" : client.name();
        return !name.isEmpty()
                && Pattern.compile(
                                "(?<![\\p{L}\\p{N}_])" + Pattern.quote(name) + "(?![\\p{L}\\p{N}_])",
                                Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)
                        .matcher(text)
                        .find();
    }

    /** Shows something where it is seen now. */
    private void tell(Line line) {
        add(windows.current(), line, false);
    }

    private void event(String text) {
        tell(line(Kind.EVENT, text));
    }

    // ---- what is typed

    private void typed(Input input) {
        Window here = windows.current();
        here.scroll(0);
        pane.takeTyped(); // it is not being typed any more
        pane.changed();
        switch (input.verb()) {
            case SWITCH -> goTo(input.first());
            case JOIN -> {
                Window known = windows.find(new Place(input.first(), false));
                if (known != null && known.room() != null) {
                    show(known);
                } else {
                    send(input, here);
                }
            }
            case LEAVE -> leave(input, here);
            case MSG -> {
                Window known = windows.find(new Place(input.first(), true));
                if (known != null) {
                    show(known);
                }
                send(input, here);
            }
            case HISTORY -> scroll(1);
            case HELP -> help();
            case QUIT -> keyboard.quit(!link.isUp());
            default -> send(input, here);
        }
    }

    private void goTo(String word) {
        Window window = windows.called(word);
        if (window == null) {
            trouble("there is no window " + word + "; /join ROOM enters a room");
        } else {
            show(window);
        }
    }

    private void leave(Input input, Window here) {
        Window window = input.first().isEmpty() ? here : windows.called(input.first());
        if (window == null || window.place() == null) {
            trouble(window == null ? "you are not in " + input.first() : "you are in no room");
        } else if (window.isDirect() || window.room() == null) {
            close(window);
        } else {
            leaving = window.place();
            send(new Input(Input.Verb.LEAVE, window.name(), ""), window);
        }
    }

    private void close(Window window) {
        if (windows.close(window)) {
            pane.changed();
        }
    }

    private void send(Input input, Window here) {
        if (!link.isUp()) {
            event("that waits until you are back: " + (input.rest().isEmpty() ? input.first() : input.rest()));
        }
        keyboard.put(new Lines.Typed(input, here.place()));
    }

    private void help() {
        for (Input.Verb verb : Input.Verb.values()) {
            if (verb.isCommand()) {
                event(String.format("%-16s %s", verb.usage(), verb.does()));
            }
        }
        KEYS.forEach(this::event);
    }

    // ---- the connection

    @Override
    public void connected(ChatClient connected, String server, boolean again) {
        client = connected;
        link.up(connected);
        if (!again) {
            begin();
        }
        event(
                again
                        ? "you are back, as " + connected.name()
                        : "you are " + connected.name() + " at " + server
                                + (connected.tls() == null
                                        ? ", in the clear"
                                        : ", under " + connected.tls().getProtocol()));
        if (!again && !connected.greeting().isEmpty()) {
            event(connected.greeting());
        }
        pane.words().me(connected.name());
        connected
                .rooms("", ROOMS_LISTED)
                .thenAccept(rooms ->
                        pane.words().listed(rooms.stream().map(RoomItem::name).toList()));
        tick();
    }

    @Override
    public void interrupted(String why, Duration pause) {
        if (link.isUp()) {
            Line lost = line(Kind.TROUBLE, "the connection is lost: " + why);
            add(windows.home(), lost, true);
            windows.places().forEach(window -> add(window, lost, true));
        }
        link.down(pause, clock.millis());
        pane.changedFoot();
    }

    @Override
    public void notice(String sender, String text) {
        tell(new Line(clock.millis(), 0, Kind.NOTICE, sender, text));
    }

    @Override
    public void goingAway(String reason) {
        event(reason);
    }

    @Override
    public void over(String why) {
        close();
        printer.complaint(why);
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            ticks.shutdownNow();
            pane.close();
        }
    }

    // ---- a room

    @Override
    public void entered(ChatRoom room, Arrival arrival) {
        Window window = window(Place.of(room));
        boolean again = arrival == Arrival.AGAIN || arrival == Arrival.ANEW;
        window.room(room, arrival == Arrival.ANEW);
        if (!room.isDirect()) {
            entered = clock.millis();
            String present = Phrase.present(room, room.members());
            window.introduction(line(Kind.EVENT, (again ? "you are here again; " : "you came in; ") + present));
        }
        if (arrival == Arrival.ANEW) {
            add(window, line(Kind.TROUBLE, Phrase.ANEW), true);
        }
        if (arrival == Arrival.ASKED) {
            show(window);
        }
        pane.changedFoot();
    }

    @Override
    public void left(Place place, String why) {
        Window window = window(place);
        window.room(null, false);
        if (place.equals(leaving)) {
            leaving = null;
            close(window);
        } else {
            add(window, line(Kind.TROUBLE, "you are out" + Phrase.because(why)), false);
        }
    }

    @Override
    public void said(Place place, Message message, boolean past) {
        Window window = window(place);
        add(window, line(message), past);
        ChatRoom room = window.room();
        if (past && room != null && message.seq() == room.head()) {
            introduce(window);
        }
    }

    @Override
    public void remembered(Place place, List<Message> messages) {
        Window window = window(place);
        List<Line> older = new ArrayList<>();
        messages.stream()
                .filter(message -> message.seq() < window.oldest())
                .map(this::line)
                .forEach(older::add);
        if (!older.isEmpty()) {
            window.prepend(older, older.get(0).seq(), true);
            pane.changed();
        }
    }

    @Override
    public void joined(Place place, String name) {
        passed(place, name, true);
    }

    @Override
    public void parted(Place place, String name, String why) {
        passed(place, name, false);
    }

    private void passed(Place place, String name, boolean came) {
        Window window = window(place);
        introduce(window);
        boolean anew = window.passed(name, came, clock.millis());
        if (window == windows.current()) {
            if (anew) {
                pane.changed();
            } else {
                pane.grown();
            }
        }
    }

    @Override
    public void renamed(Place place, String from, String to, boolean self) {
        Window window = window(place);
        if (place.direct() && !self) {
            window.renamed(new Place(to, true));
        }
        if (!place.direct() || !self) {
            add(window, line(Kind.EVENT, self ? "you are now " + to : from + " is now " + to), false);
        }
        pane.words().me(client == null ? "" : client.name());
    }

    @Override
    public void typing(Place place, String name) {
        window(place).typing(name, clock.millis());
        pane.changedFoot();
    }

    @Override
    public void topic(Place place, TopicChange change) {
        happened(place, change.seq(), change.timeMillis(), Phrase.topic(change));
    }

    @Override
    public void moderated(Place place, Moderation act) {
        String text = Phrase.moderated(act.actor(), act.action(), act.target(), act.text());
        happened(place, act.seq(), act.timeMillis(), text);
    }

    @Override
    public void configured(Place place, SettingsChange change) {
        happened(place, change.seq(), change.timeMillis(), Phrase.configured(change));
    }

    private void happened(Place place, long seq, long time, String text) {
        Window window = window(place);
        ChatRoom room = window.room();
        boolean past = room != null && seq <= room.head();
        add(window, new Line(time, seq, Kind.EVENT, "", text), past);
        if (past && seq == Objects.requireNonNull(room).head()) {
            introduce(window);
        }
    }

    @Override
    public void lost(Place place, long count) {
        add(window(place), line(Kind.TROUBLE, Phrase.lost(count)), false);
    }

    @Override
    public void answer(@Nullable Place place, String text) {
        event(text);
    }

    @Override
    public void trouble(String text) {
        tell(line(Kind.TROUBLE, text.startsWith("! ") ? text.substring(2) : text));
    }
}
