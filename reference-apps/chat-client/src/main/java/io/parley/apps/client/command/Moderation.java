package io.parley.apps.client.command;

import static io.parley.apps.client.command.Results.await;

import io.parley.apps.client.input.Input;
import io.parley.apps.client.view.ViewQueue;
import io.parley.apps.terminal.Durations;
import io.parley.client.ChatClient;
import io.parley.client.ChatException;
import io.parley.client.ChatRoom;
import io.parley.model.Action;
import io.parley.model.ErrorCode;
import io.parley.model.RestrictionItem;
import io.parley.model.UserItem;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The commands that act on others. The room shows what was done, so nothing is answered. The input thread only; each waits
 * until it is done, and throws if it is refused.
 */
final class Moderation {
    private static final int MOST_LISTED = 10_000;
    private static final Map<String, Action> ROLES =
            Map.of("owner", Action.MAKE_OWNER, "moderator", Action.MAKE_MODERATOR, "member", Action.MAKE_MEMBER);

    private final ViewQueue view;

    Moderation(ViewQueue view) {
        this.view = view;
    }

    /** Kicks somebody out, or invites somebody. */
    void act(ChatClient client, ChatRoom room, Action action, String name, String why) {
        act(client, room, action, name, Duration.ZERO, why);
    }

    /**
     * Bans or mutes somebody.
     *
     * @param text for how long, and why; either may be left out
     * @throws IllegalArgumentException if the time is none
     */
    void restrict(ChatClient client, ChatRoom room, Action action, String name, String text) {
        String[] words = text.split("\\s+", 2);
        Duration duration = Durations.parse(words[0]);
        if (duration != null) {
            act(client, room, action, name, duration, words.length > 1 ? words[1] : "");
        } else if (!text.isEmpty() && Character.isDigit(text.charAt(0))) {
            throw new IllegalArgumentException(Durations.invalid(words[0]));
        } else {
            act(client, room, action, name, Duration.ZERO, text);
        }
    }

    /**
     * Gives a role.
     *
     * @throws IllegalArgumentException if there is no such role
     */
    void role(ChatClient client, ChatRoom room, String name, String role) {
        Action action = ROLES.get(role.toLowerCase(Locale.ROOT));
        if (action == null) {
            throw new IllegalArgumentException("it is: " + Input.Verb.ROLE.usage());
        }
        act(client, room, action, name, Duration.ZERO, "");
    }

    private static void act(
            ChatClient client, ChatRoom room, Action action, String name, Duration duration, String why) {
        UserItem user = People.find(client, room, name);
        await(room.moderate(action, user.id(), duration, why));
    }

    // ---- restrictions

    /** Shows who is banned or muted. */
    void list(ChatRoom room) {
        List<RestrictionItem> found = await(room.restrictions(0, MOST_LISTED));
        view.show(to -> to.restrictions(room, found));
    }

    /**
     * Lifts a ban or a mute.
     *
     * @param action UNBAN or UNMUTE
     * @param wanted the number of the restriction, the name under which it was imposed, or the present name
     * @throws IllegalArgumentException if there is none, or more than one
     */
    void lift(ChatClient client, ChatRoom room, Action action, String wanted) {
        await(room.lift(action, isNumber(wanted) ? Long.parseLong(wanted) : number(client, room, action, wanted), ""));
    }

    private static boolean isNumber(String word) {
        return word.matches("[1-9][0-9]{0,17}");
    }

    private static long number(ChatClient client, ChatRoom room, Action action, String name) {
        Action imposed = action == Action.UNBAN ? Action.BAN : Action.MUTE;
        List<RestrictionItem> all = await(room.restrictions(0, MOST_LISTED)).stream()
                .filter(item -> item.action() == imposed)
                .toList();
        List<RestrictionItem> found = all.stream()
                .filter(item -> People.isSame(item.user().name(), name))
                .toList();
        if (found.isEmpty()) {
            UserItem user = known(client, room, name);
            found = all.stream()
                    .filter(item -> user != null && item.user().id() == user.id())
                    .toList();
        }
        if (found.isEmpty()) {
            throw new IllegalArgumentException(
                    name + " is not " + (imposed == Action.BAN ? "banned" : "muted") + " here");
        }
        if (found.size() > 1) {
            throw new IllegalArgumentException("several are called " + name + "; give one of the numbers "
                    + found.stream().map(item -> String.valueOf(item.number())).collect(Collectors.joining(", ")));
        }
        return found.get(0).number();
    }

    /** Who has a name now; null if nobody does. */
    private static @Nullable UserItem known(ChatClient client, ChatRoom room, String name) {
        try {
            return People.find(client, room, name);
        } catch (ChatException nobody) {
            if (nobody.code() == ErrorCode.NO_SUCH_USER) {
                return null;
            }
            throw nobody;
        }
    }
}
