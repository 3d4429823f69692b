package io.parley.server;

import static java.util.Objects.requireNonNull;

import io.parley.model.BacklogRequest;
import io.parley.model.Checks;
import io.parley.model.RoomException;
import io.parley.model.Snapshot;
import io.parley.model.UserItem;
import io.parley.policy.Applicant;
import io.parley.policy.Credentials;
import io.parley.room.Encoding;
import io.parley.room.Hub;
import io.parley.room.Opening;
import io.parley.room.Session;
import io.parley.room.Subscriber;
import io.parley.room.Subscription;
import io.parley.room.User;
import io.parley.transport.Scheduler;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A user that is a program inside the server. Any thread may call it; nothing blocks. {@link ChatServer#bot} makes one.
 *
 * <p>A bot has no connection. It is a user as any other: the policy is asked about it, and rooms may refuse, mute, kick and ban
 * it. Requests happen in the order of the calls.
 *
 * <p>Each future completes on a thread of the scheduler's executor, which is neither the listener's nor a room's: a listener may
 * wait for it. What depends on a future and runs with it must return at once, since the bot's next answer waits for it. A
 * future fails with a {@link RoomException}: RATE_LIMITED when 10,000 requests have no answer, UNAVAILABLE when the bot is not
 * here any more, and for each reason that any user is refused for.
 */
public final class Bot implements AutoCloseable {
    private final Hub hub;
    private final Session session; // used by the requests alone
    private final BotRequests requests;
    private final BotReadings readings;
    private final Consumer<Bot> whenGone;
    private volatile boolean gone;
    // Places that are being entered, each with the last who asked: of one place one follows the other.
    private final Map<String, CompletableFuture<BotRoom>> entering = new ConcurrentHashMap<>();

    private Bot(Hub hub, Session session, Scheduler scheduler, BotListener listener, Consumer<Bot> whenGone) {
        this.hub = hub;
        this.session = session;
        this.requests = new BotRequests(session, scheduler);
        this.readings = new BotReadings(listener, requests, session.origin());
        this.whenGone = whenGone;
    }

    /** What the hub tells a bot, which may be before the bot knows that it is logged in. */
    private static final class Ear implements Subscriber {
        private final CompletableFuture<Bot> bot = new CompletableFuture<>();
        private volatile @Nullable RoomException banned;

        @Override
        public void ready(Subscription subscription) {
            if (subscription.attachment() instanceof BotReading reading) {
                reading.wake();
            }
        }

        @Override
        public void opened(Subscription subscription, Snapshot snapshot) {
            bot.thenAccept(one -> one.readings.opened(subscription, snapshot));
        }

        @Override
        public void expelled(RoomException why) {
            banned = why;
            bot.thenAccept(one -> one.end(why.text()));
        }

        @Override
        public void goesOn() {
            bot.thenAccept(one -> one.requests.goesOn());
        }
    }

    /** Logs a bot in. */
    static CompletableFuture<Bot> login(
            Hub hub,
            String name,
            Encoding encoding,
            Scheduler scheduler,
            BotListener listener,
            Consumer<Bot> whenGone) {
        Ear ear = new Ear();
        try {
            Applicant applicant = Applicant.of(hub.names(), name, Credentials.NONE, "bot", "bot", null, null);
            return hub.login(applicant, encoding, ear).thenApply(session -> {
                Bot bot = new Bot(hub, session, scheduler, listener, whenGone);
                ear.bot.complete(bot);
                RoomException banned = ear.banned;
                if (banned != null) { // while the policy made up its mind
                    throw banned;
                }
                return bot;
            });
        } catch (RoomException bad) {
            return CompletableFuture.failedFuture(bad);
        }
    }

    // ---- what it is

    /**
     * The name as others see it.
     *
     * @return the name
     */
    public String name() {
        return session.user().name();
    }

    User user() {
        return session.user();
    }

    /** Whether it has ended. */
    boolean isGone() {
        return gone;
    }

    /**
     * The rooms and direct conversations that the bot is in.
     *
     * @return the rooms
     */
    public List<BotRoom> rooms() {
        return readings.rooms();
    }

    // ---- requests

    /**
     * Joins a room; makes it if there is none.
     *
     * @param room the room's name
     * @return completes with the room, or fails
     */
    public CompletableFuture<BotRoom> join(String room) {
        return join(room, 0);
    }

    /**
     * Joins a room, with the newest entries that were there before. Who is in the room gets the same object again, with a new
     * backlog.
     *
     * @param room the room's name
     * @param backlog how many entries at most, not negative; the server's own bound applies too
     * @return completes with the room, or fails
     */
    public CompletableFuture<BotRoom> join(String room, int backlog) {
        BacklogRequest wanted = BacklogRequest.last((int) Checks.notNegative("backlog", backlog));
        try {
            String key =
                    "room " + hub.names().room(requireNonNull(room, "room")).key();
            return enter(key, mine -> mine.join(room, wanted));
        } catch (RoomException bad) {
            return CompletableFuture.failedFuture(bad);
        }
    }

    /**
     * Opens the direct conversation with a user.
     *
     * @param user the user's name
     * @return completes with the conversation, or fails: NO_SUCH_USER if nobody of the name is here
     */
    public CompletableFuture<BotRoom> direct(String user) {
        return find(user).thenCompose(found -> direct(found.id()));
    }

    /**
     * Opens the direct conversation with a user.
     *
     * @param user the user's id, as members, messages and {@link #find} have it
     * @return completes with the conversation, or fails with a {@link RoomException}
     */
    public CompletableFuture<BotRoom> direct(long user) {
        return enter("user " + user, mine -> mine.direct(user, BacklogRequest.NOTHING));
    }

    /**
     * Finds who has a name.
     *
     * @param name the name
     * @return completes with somebody who is here, with the account of that name, or with the guest who had it last; fails
     *     with a {@link RoomException}
     */
    public CompletableFuture<UserItem> find(String name) {
        requireNonNull(name, "name");
        return requests.ask(mine -> mine.find(name));
    }

    private CompletableFuture<BotRoom> enter(String key, Function<Session, CompletableFuture<Opening>> request) {
        CompletableFuture<BotRoom> done = new CompletableFuture<>();
        CompletableFuture<BotRoom> before = entering.put(key, done);
        done.whenComplete((room, error) -> entering.remove(key, done));
        Runnable ask = () -> requests.ask(mine -> request.apply(mine).thenApply(this::joined))
                .whenComplete((room, error) -> {
                    if (error == null) {
                        done.complete(room);
                    } else {
                        done.completeExceptionally(error);
                    }
                });
        if (before == null) {
            ask.run();
        } else {
            before.whenComplete((room, error) -> ask.run());
        }
        return done;
    }

    private BotRoom joined(Opening opening) {
        return readings.joined(opening.subscription(), opening.snapshot(), opening.backlog());
    }

    /**
     * Takes another name.
     *
     * @param name the new name
     * @return completes with the name as it is then, or fails
     */
    public CompletableFuture<String> rename(String name) {
        requireNonNull(name, "name");
        return requests.ask(mine -> mine.rename(name));
    }

    // ---- the end

    /**
     * Leaves all rooms and goes, when what was asked for before is done. Nothing more is told to the listener. Does not wait.
     * Idempotent.
     */
    @Override
    public void close() {
        readings.silence();
        requests.close(() -> go(""));
    }

    private void go(String why) {
        gone = true;
        readings.leave(why);
        session.exit();
        whenGone.accept(this);
    }

    /** Tells the listener that the server shuts down. The bot may still speak. */
    void warn(String why) {
        readings.close(why);
    }

    /** Ends the bot now. Idempotent. */
    void end(String why) {
        readings.close(why);
        requests.stop();
        go(why);
    }

    /** Ends a bot that has come too late. Its listener is told nothing. */
    void turnAway() {
        readings.silence();
        end("");
    }

    /** Fails what has no answer: the server has ended. */
    void abandon() {
        requests.abandon();
    }

    @Override
    public String toString() {
        return name();
    }
}
