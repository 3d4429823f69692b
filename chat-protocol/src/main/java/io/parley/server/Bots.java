package io.parley.server;

import io.parley.log.Faults;
import io.parley.model.RoomException;
import io.parley.model.RoomException.Reason;
import io.parley.room.Encoding;
import io.parley.room.Hub;
import io.parley.room.User;
import io.parley.transport.Scheduler;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The bots of a server. Any thread. */
final class Bots {
    private final Hub hub;
    private final Scheduler scheduler;
    private final Encoding encoding;
    private final Set<Bot> all = ConcurrentHashMap.newKeySet();
    private final Set<Bot> gone = ConcurrentHashMap.newKeySet(); // whose last requests may have no answer yet
    private volatile @Nullable String closing; // why no bot comes any more

    /** The encoding is the native gateway's, so that a room has one log for both. */
    Bots(Hub hub, Scheduler scheduler, Encoding encoding) {
        this.hub = hub;
        this.scheduler = scheduler;
        this.encoding = encoding;
    }

    CompletableFuture<Bot> login(String name, BotListener listener) {
        return Bot.login(hub, name, encoding, scheduler, listener, all::remove).thenApply(this::enter);
    }

    private Bot enter(Bot bot) {
        all.add(bot);
        if (bot.isGone()) { // banned just now
            all.remove(bot);
        }
        String why = closing;
        if (why != null) {
            bot.turnAway();
            throw new RoomException(Reason.UNAVAILABLE, why);
        }
        return bot;
    }

    /** Ends a user's bots; false if there is none. */
    boolean remove(User user, String reason) {
        List<Bot> theirs = all.stream().filter(bot -> bot.user().equals(user)).toList();
        theirs.forEach(bot -> bot.end(reason));
        return !theirs.isEmpty();
    }

    // ---- the end

    /** Tells all bots, and lets no more in. */
    void drain(String why) {
        closing = why;
        all.forEach(bot -> bot.warn(why));
    }

    /** Ends all bots. More than once does no harm. */
    void end(String why) {
        closing = why;
        for (Bot bot : all) {
            gone.add(bot);
            Faults.safely(() -> bot.end(why)); // whatever becomes of it, the others end
        }
    }

    /** Fails what has no answer: the server has ended. */
    void abandon() {
        gone.forEach(Bot::abandon);
    }
}
