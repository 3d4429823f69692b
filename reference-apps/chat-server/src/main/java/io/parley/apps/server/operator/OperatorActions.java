package io.parley.apps.server.operator;

import static io.parley.apps.server.operator.Words.after;
import static io.parley.apps.server.operator.Words.first;

import io.parley.model.Action;
import io.parley.model.RoomException;
import io.parley.server.ChatServer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/**
 * The commands that change something: speaking, topics and moderation. Each waits until it is done, and throws if it is
 * refused. Any thread may call it.
 */
final class OperatorActions {
    private static final Map<String, Action> ROLES =
            Map.of("member", Action.MAKE_MEMBER, "moderator", Action.MAKE_MODERATOR, "owner", Action.MAKE_OWNER);

    private final ChatServer server;
    private final Restrictions restrictions;

    OperatorActions(ChatServer server) {
        this.server = server;
        this.restrictions = new Restrictions(server);
    }

    // ---- speaking

    void say(String arguments, Consumer<String> answers) {
        await(server.say(first(arguments), after(1, arguments)));
        answers.accept("said in " + first(arguments));
    }

    void broadcast(String text, Consumer<String> answers) {
        await(server.announce(text));
        answers.accept("said to everybody");
    }

    void topic(String arguments, Consumer<String> answers) {
        String topic = after(1, arguments);
        String room = first(arguments);
        await(server.setTopic(room, topic));
        answers.accept(topic.isEmpty() ? room + " has no topic now" : "the topic of " + room + " is " + topic);
    }

    // ---- moderation

    void kick(String arguments, Consumer<String> answers) {
        String room = first(arguments);
        String name = name(arguments);
        String reason = after(2, arguments);
        if (!room.equals("*")) {
            moderate(Action.KICK, arguments, Duration.ZERO, reason);
            answers.accept("kicked " + name + " out of " + room);
            return;
        }
        if (!server.remove(name, reason.isEmpty() ? "the operator ended the connection" : reason)) {
            throw new IllegalArgumentException("nobody called " + name + " is here");
        }
        answers.accept("kicked " + name + " off the server");
    }

    /**
     * Bans or mutes a member.
     *
     * @param done the past participle of the action
     */
    void restrict(Action action, String done, String arguments, Consumer<String> answers) {
        Term term = Term.of(after(2, arguments));
        moderate(action, arguments, term.duration(), term.reason());
        answers.accept(done + " " + name(arguments) + " in " + first(arguments) + term.text());
    }

    /**
     * Lifts a ban or a mute, given by its number or by whom it binds.
     *
     * @param allowed what the user may do again
     */
    void lift(Action action, String allowed, String arguments, Consumer<String> answers) {
        String who = restrictions.lift(action, first(arguments), name(arguments));
        answers.accept(who + allowed + first(arguments) + " again");
    }

    /** Lists who is banned or muted in a room. */
    void restrictions(String arguments, Consumer<String> answers) {
        List<String> list = restrictions.list(first(arguments));
        list.forEach(answers);
        if (list.isEmpty()) {
            answers.accept("nobody is banned or muted in " + first(arguments));
        }
    }

    /**
     * Invites somebody into a room, or takes that back.
     *
     * @param done what was done, before the name
     */
    void invite(Action action, String done, String arguments, Consumer<String> answers) {
        moderate(action, arguments, Duration.ZERO, "");
        answers.accept(done + name(arguments) + " to " + first(arguments));
    }

    void role(String arguments, Consumer<String> answers) {
        String role = after(2, arguments);
        moderate(role(role), arguments, Duration.ZERO, "");
        answers.accept(name(arguments) + " is " + role.toLowerCase(Locale.ROOT) + " in " + first(arguments) + " now");
    }

    private void moderate(Action action, String arguments, Duration duration, String reason) {
        await(server.moderate(first(arguments), action, name(arguments), duration, reason));
    }

    private static String name(String arguments) {
        return first(after(1, arguments));
    }

    private static Action role(String word) {
        Action action = ROLES.get(word.toLowerCase(Locale.ROOT));
        if (action == null) {
            throw new IllegalArgumentException("a role is member, moderator or owner, not " + word);
        }
        return action;
    }

    /** Waits for an outcome; throws if it is a refusal. */
    static <T> T await(CompletableFuture<T> done) {
        try {
            return done.join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof RoomException refused ? refused : failed;
        }
    }
}
