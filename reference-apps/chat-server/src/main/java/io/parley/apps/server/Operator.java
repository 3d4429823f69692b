package io.parley.apps.server;

import io.parley.model.Action;
import io.parley.model.Member;
import io.parley.model.RoomException;
import io.parley.room.Room;
import io.parley.room.User;
import io.parley.server.ChatServer;
import io.parley.server.ServerStats;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Does what the operator asks for, line by line, and waits until it is done. Any thread may call it; what it answers is
 * not made harmless for a terminal yet.
 */
final class Operator {
    private static final int PAGE = 500;
    private static final Map<String, Action> ROLES =
            Map.of("member", Action.MAKE_MEMBER, "moderator", Action.MAKE_MODERATOR, "owner", Action.MAKE_OWNER);

    /** Where an operator is. */
    enum Place {
        /** At the server's own input, where a line without a slash is said to everybody. */
        CONSOLE,
        /** At its admin socket, where every line is a command. */
        SOCKET
    }

    private final Place place;
    private final ChatServer server;
    private final Predicate<Consumer<String>> reload;
    private final Runnable drain;

    /**
     * An operator.
     *
     * @param reload reads the configuration again, tells line by line what became of it, and whether it holds now
     * @param drain begins to end the server
     */
    Operator(Place place, ChatServer server, Predicate<Consumer<String>> reload, Runnable drain) {
        this.place = place;
        this.server = server;
        this.reload = reload;
        this.drain = drain;
    }

    /**
     * Does what a line says; at the console a line without a slash is said to everybody, unless it would be a command
     * with one.
     *
     * @param answers where each line of the answer goes
     * @return whether it could be done
     */
    boolean run(String line, Consumer<String> answers) {
        try {
            return perform(line.strip(), answers);
        } catch (RoomException | IllegalArgumentException no) {
            answers.accept("not done: " + no.getMessage());
            return false;
        }
    }

    private boolean perform(String line, Consumer<String> answers) {
        if (!line.startsWith("/")) {
            checkSpoken(line);
            broadcast(line, answers);
            return true;
        }
        boolean done = true;
        String[] words = line.split("\\s+", 2);
        OperatorVerb verb = OperatorVerb.find(words[0]);
        if (verb == null) {
            throw new IllegalArgumentException("there is no command " + words[0] + "; /help lists them");
        }
        String rest = words.length == 1 ? "" : words[1];
        if (rest.isEmpty() ? verb.least() > 0 : rest.split("\\s+").length < verb.least()) {
            throw new IllegalArgumentException("it is " + verb.usage());
        }
        switch (verb) {
            case SAY -> say(rest, answers);
            case BROADCAST -> broadcast(rest, answers);
            case ROOMS -> server.hub().rooms().forEach(room -> answers.accept(describe(room)));
            case WHO -> who(rest, answers);
            case TOPIC -> topic(rest, answers);
            case KICK -> kick(rest, answers);
            case BAN -> restrict(Action.BAN, "banned", rest, answers);
            case MUTE -> restrict(Action.MUTE, "muted", rest, answers);
            case UNBAN -> lift(Action.UNBAN, " may enter ", rest, answers);
            case UNMUTE -> lift(Action.UNMUTE, " may speak in ", rest, answers);
            case ROLE -> role(rest, answers);
            case STATS -> answers.accept(describe(server.stats()));
            case RELOAD -> done = reload.test(answers);
            case DRAIN, STOP -> drain.run();
            case HELP -> help(rest, answers);
        }
        return done;
    }

    /** Refuses a line that may be a command whose slash was forgotten. */
    private void checkSpoken(String line) {
        String word = "/" + first(line);
        if (place == Place.SOCKET) {
            String instead = OperatorVerb.find(word) == null ? "/who" : word;
            throw new IllegalArgumentException(
                    "a command begins with a slash: " + instead + "; to say something to everybody: /broadcast TEXT");
        }
        OperatorVerb verb = OperatorVerb.find(word);
        if (verb != null && verb.word().equals(word) && isCommand(verb, behind(line, 1))) {
            throw new IllegalArgumentException(
                    "a command begins with a slash: /" + line + "; to say it to everybody: /broadcast " + line);
        }
    }

    /** Whether a command could be meant: as many words as it takes, the first one what it should be. */
    private boolean isCommand(OperatorVerb verb, String rest) {
        if (!verb.takes(rest.isEmpty() ? 0 : rest.split("\\s+").length)) {
            return false;
        }
        String word = first(rest);
        List<String> choices = verb.choices(0);
        return word.isEmpty()
                || (choices.contains("ROOM") && isRoom(word))
                || (choices.contains("COMMAND") && OperatorVerb.find("/" + word) != null)
                || choices.contains("TEXT")
                || choices.contains(word);
    }

    private boolean isRoom(String word) {
        try {
            return server.hub().findRoom(word) != null;
        } catch (RoomException noName) {
            return false;
        }
    }

    private static String first(String rest) {
        return rest.split("\\s+", 2)[0];
    }

    /** What follows some words; empty if nothing does. */
    private static String behind(String rest, int words) {
        String[] parts = rest.split("\\s+", words + 1);
        return parts.length > words ? parts[words] : "";
    }

    private static void await(CompletableFuture<Long> done) {
        try {
            done.join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof RoomException no ? no : failed;
        }
    }

    // ---- speaking

    private void say(String rest, Consumer<String> answers) {
        await(server.say(first(rest), behind(rest, 1)));
        answers.accept("said in " + first(rest));
    }

    private void broadcast(String text, Consumer<String> answers) {
        await(server.announce(text));
        answers.accept("said to everybody");
    }

    private void topic(String rest, Consumer<String> answers) {
        String topic = behind(rest, 1);
        await(server.setTopic(first(rest), topic));
        answers.accept(
                topic.isEmpty() ? first(rest) + " has no topic now" : "the topic of " + first(rest) + " is " + topic);
    }

    // ---- users

    private void kick(String rest, Consumer<String> answers) {
        String room = first(rest);
        String name = first(behind(rest, 1));
        String reason = behind(rest, 2);
        if (!room.equals("*")) {
            moderate(Action.KICK, rest, Duration.ZERO, reason);
            answers.accept("kicked " + name + " out of " + room);
            return;
        }
        if (!server.remove(name, reason.isEmpty() ? "the operator ended the connection" : reason)) {
            throw new IllegalArgumentException("nobody called " + name + " is here");
        }
        answers.accept("kicked " + name + " off the server");
    }

    private void restrict(Action action, String done, String rest, Consumer<String> answers) {
        String time = first(behind(rest, 2));
        Duration duration = Durations.parse(time);
        if (duration == null && !time.isEmpty() && Character.isDigit(time.charAt(0))) {
            throw new IllegalArgumentException(Durations.wrong(time));
        }
        String reason = duration == null ? behind(rest, 2) : behind(rest, 3);
        moderate(action, rest, duration == null ? Duration.ZERO : duration, reason);
        String until = duration == null ? ", until it is lifted" : " for " + Durations.words(duration);
        answers.accept(done + " " + first(behind(rest, 1)) + " in " + first(rest) + until);
    }

    private void lift(Action action, String may, String rest, Consumer<String> answers) {
        moderate(action, rest, Duration.ZERO, "");
        answers.accept(first(behind(rest, 1)) + may + first(rest) + " again");
    }

    private void role(String rest, Consumer<String> answers) {
        String role = behind(rest, 2);
        moderate(role(role), rest, Duration.ZERO, "");
        answers.accept(first(behind(rest, 1)) + " is " + role.toLowerCase(Locale.ROOT) + " in " + first(rest) + " now");
    }

    private void moderate(Action action, String rest, Duration duration, String reason) {
        await(server.moderate(first(rest), action, first(behind(rest, 1)), duration, reason));
    }

    private static Action role(String word) {
        Action action = ROLES.get(word.toLowerCase(Locale.ROOT));
        if (action == null) {
            throw new IllegalArgumentException("a role is member, moderator or owner, not " + word);
        }
        return action;
    }

    // ---- telling

    private void who(String room, Consumer<String> answers) {
        if (room.isEmpty()) {
            for (User user : server.hub().users()) {
                answers.accept(user.name()
                        + (user.isGuest() ? ", a guest, from " : ", from ")
                        + server.addressesOf(user).stream().map(String::valueOf).collect(Collectors.joining(", ")));
            }
            return;
        }
        Room found = server.hub().findRoom(room);
        if (found == null) {
            throw new IllegalArgumentException("there is no room " + room);
        }
        String after = "";
        List<Member> page = found.members(server.hub().operator(), after, PAGE);
        while (!page.isEmpty()) {
            for (Member member : page) {
                answers.accept(member.name() + ", " + member.role().name().toLowerCase(Locale.ROOT));
                after = member.name();
            }
            page = found.members(server.hub().operator(), after, PAGE);
        }
    }

    private static String describe(Room room) {
        String topic = room.topic().isEmpty() ? "" : ": " + room.topic();
        return room.name() + ", " + room.memberCount() + " here" + topic;
    }

    private static String describe(ServerStats stats) {
        return counted(stats.connections(), "connection") + ", " + counted(stats.users(), "user") + ", "
                + counted(stats.rooms(), "room") + ", " + counted(stats.messages(), "message") + ", "
                + counted(stats.bytesIn(), "byte") + " in, " + counted(stats.bytesOut(), "byte") + " out, "
                + stats.refused() + " refused, " + counted(stats.gaps(), "gap") + ", " + stats.slow()
                + " cut as too slow";
    }

    private static String counted(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    private void help(String about, Consumer<String> answers) {
        if (!about.isEmpty()) {
            OperatorVerb verb = OperatorVerb.find(about.startsWith("/") ? about : "/" + about);
            if (verb == null) {
                throw new IllegalArgumentException("there is no command " + about + "; /help lists them");
            }
            answers.accept(verb.usage() + ": " + verb.does());
            return;
        }
        for (OperatorVerb verb : OperatorVerb.values()) {
            answers.accept(String.format("%-45s %s", verb.usage(), verb.does()));
        }
        answers.accept(
                place == Place.CONSOLE
                        ? "A line without a slash is said to everybody."
                        : "To say something to everybody: /broadcast TEXT");
    }
}
