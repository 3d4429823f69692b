package io.parley.apps.client;

import io.parley.apps.client.Line.Kind;
import io.parley.client.ChatClient;
import io.parley.client.ChatRoom;
import io.parley.client.Message;
import io.parley.client.Moderation;
import io.parley.client.SettingsChange;
import io.parley.client.TopicChange;
import io.parley.model.Member;
import io.parley.model.RoomItem;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
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
    private static final long INTRODUCE_MILLIS = 1_000;
    private static final long TYPING_MILLIS = 4_000;
    private static final Pattern NOBODY = Pattern.compile("(?!)");

    private final Pane pane;
    private final Executor callbacks;
    private final Printer printer;
    private final Clock clock;
    private final Windows windows = new Windows();
    private final Link link = new Link();
    private final Board board;
    private final Desk desk;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicBoolean ticking = new AtomicBoolean();
    private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "chat-tick");
        thread.setDaemon(true);
        return thread;
    });

    private Pattern me = NOBODY; // this user's name as a word
    private String name = "";
    private String greeting = ""; // until it has been shown in a room
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
        this.callbacks = callbacks;
        this.printer = printer;
        this.clock = clock;
        this.board = new Board(pane, windows, clock);
        this.desk = new Desk(board, pane, keyboard, link, new Past(this::line, pane, windows));
    }

    private void begin() {
        desk.open(pane.open(windows, () -> link.text(clock.millis()) + " · " + name), callbacks);
        ticks.scheduleWithFixedDelay(this::tickSoon, 1, 1, TimeUnit.SECONDS);
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
    private void tick() {
        long now = clock.millis();
        link.tick(now, pane::changedFoot);
        if (now - entered >= INTRODUCE_MILLIS) {
            windows.places().forEach(board::introduce);
        }
        ChatRoom room = windows.current().room();
        if (pane.takeTyped() && room != null && link.isUp() && now - typingTold >= TYPING_MILLIS) {
            typingTold = now;
            room.typing();
        }
        pane.changedFoot();
    }

    private Line line(Message message) {
        Kind kind = Phrase.isAction(message)
                ? Kind.ACTION
                : message.own() ? Kind.OWN : isCalled(message) ? Kind.MENTION : Kind.MESSAGE;
        return new Line(message.timeMillis(), message.seq(), kind, message.sender(), message.text());
    }

    private boolean isCalled(Message message) {
        return me.matcher(message.text()).find();
    }

    private void iAm(String given) {
        name = given;
        pane.words().me(name);
        me = Pattern.compile(
                "(?<![\\p{L}\\p{N}_])" + Pattern.quote(name) + "(?![\\p{L}\\p{N}_])",
                Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }

    // ---- the connection

    @Override
    public void connected(ChatClient connected, String server, boolean again) {
        link.up(connected);
        if (!again) {
            begin();
        }
        board.event(
                again
                        ? "you are back, as " + connected.name()
                        : "you are " + connected.name() + " at " + server
                                + (connected.tls() == null
                                        ? ", in the clear"
                                        : ", under " + connected.tls().getProtocol()));
        if (!again && !connected.greeting().isEmpty()) {
            greeting = connected.greeting() + "\n";
            board.event(connected.greeting());
        }
        iAm(connected.name());
        connected
                .rooms("", ROOMS_LISTED)
                .thenAccept(rooms ->
                        pane.words().listed(rooms.stream().map(RoomItem::name).toList()));
        tick();
    }

    @Override
    public void interrupted(String why, Duration pause) {
        if (link.isUp()) {
            Line lost = board.line(Kind.TROUBLE, "the connection is lost: " + why);
            board.add(windows.home(), lost);
            windows.places().forEach(window -> board.add(window, lost));
        }
        link.down(pause, clock.millis());
        desk.interrupted();
        pane.changedFoot();
    }

    @Override
    public void notice(String sender, String text) {
        board.tell(new Line(clock.millis(), 0, Kind.NOTICE, sender, text));
    }

    @Override
    public void goingAway(String reason) {
        board.event(reason);
    }

    @Override
    public void over(String why, int exitCode) {
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
        Window window = board.open(Place.of(room));
        boolean again = arrival == Arrival.AGAIN || arrival == Arrival.ANEW;
        window.room(room);
        if (!room.isDirect()) {
            entered = clock.millis();
            String came = again ? "you are here again; " : "you came in; ";
            String present = Phrase.present(room, room.members());
            window.introduction(board.line(Kind.EVENT, greeting + came + present));
            greeting = "";
        }
        if (arrival == Arrival.ANEW) {
            board.add(window, board.line(Kind.TROUBLE, Phrase.ANEW));
        }
        if (arrival == Arrival.ASKED && desk.isAwaited(Place.of(room))) {
            board.show(window);
        }
        pane.changedFoot();
    }

    @Override
    public void left(Place place, String why) {
        Window window = windows.find(place);
        if (window == null) {
            return; // it was given up
        }
        window.room(null);
        if (desk.wasLeft(place)) {
            board.close(window);
        } else {
            board.news(window, board.line(Kind.TROUBLE, "you are out" + Phrase.because(why)), false);
        }
    }

    @Override
    public void said(Place place, Message message, boolean past) {
        Window window = board.open(place);
        if (past) {
            board.add(window, line(message));
        } else if (message.own()) {
            board.introduce(window);
            board.add(window, line(message));
        } else {
            board.news(window, line(message), isCalled(message));
        }
        introduceBehind(window, message.seq());
    }

    /** What was said before this user came is there when the last of it is. */
    private void introduceBehind(Window window, long seq) {
        ChatRoom room = window.room();
        if (room != null && seq == room.head()) {
            board.introduce(window);
        }
    }

    @Override
    public void remembered(Place place, List<Message> messages) {
        desk.remembered(board.open(place), messages.stream().map(this::line).toList());
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
        Window window = board.open(place);
        board.introduce(window);
        boolean anew = window.passed(name, came, clock.millis());
        board.changed(window, anew);
    }

    @Override
    public void renamed(@Nullable Place place, String from, String to, boolean self) {
        if (self) {
            iAm(to);
        }
        String text = self ? "you are now " + to : from + " is now " + to;
        if (place == null) {
            board.event(text);
            return;
        }
        Window window = board.open(place);
        if (place.direct() && !self) {
            board.renamed(window, new Place(to, true));
        }
        if (!place.direct() || !self) {
            board.introduce(window);
            board.add(window, board.line(Kind.EVENT, text));
        }
    }

    @Override
    public void typing(Place place, String name) {
        board.open(place).typing(name, clock.millis());
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
        Window window = board.open(place);
        ChatRoom room = window.room();
        if (room == null || seq > room.head()) {
            board.introduce(window);
        }
        board.add(window, new Line(time, seq, Kind.EVENT, "", text));
        introduceBehind(window, seq);
    }

    @Override
    public void lost(Place place, long count) {
        board.news(board.open(place), board.line(Kind.TROUBLE, Phrase.lost(count)), false);
    }

    @Override
    public void present(ChatRoom room, List<Member> members) {
        board.event(Phrase.present(room, members));
    }

    @Override
    public void listed(List<RoomItem> rooms) {
        rooms.forEach(room -> board.event(Phrase.room(room)));
    }

    @Override
    public void answer(@Nullable Place place, String text) {
        board.event(text);
    }

    @Override
    public void trouble(String text) {
        board.trouble(text.startsWith("! ") ? text.substring(2) : text);
    }
}
