package io.parley.apps.server.operator;

import static io.parley.apps.server.operator.Words.after;
import static io.parley.apps.server.operator.Words.first;

import io.parley.model.Action;
import io.parley.model.RoomException;
import io.parley.model.ServerBan;
import io.parley.server.ChatServer;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Runs the lines of an operator, and waits until each is done. Any thread may call it. Its answers are not yet made
 * harmless for a terminal.
 */
public final class Operator {

    /** Where the lines of an operator come from. */
    public enum Source {
        /** The server's own input: a line without a slash is said to all users. */
        CONSOLE("A line without a slash is said to everybody."),
        /** The admin socket: every line is a command. */
        SOCKET("To say something to everybody: /broadcast TEXT");

        private final String speaking;

        Source(String speaking) {
            this.speaking = speaking;
        }
    }

    private final Source source;
    private final ChatServer server;
    private final OperatorActions actions;
    private final OperatorReports reports;
    private final ServerBans bans;
    private final Predicate<Consumer<String>> reload;
    private final Runnable drain;
    private final BiConsumer<String, Consumer<String>> accounts;

    /**
     * Makes an operator.
     *
     * @param reload reads the configuration again, reports each result, and returns whether it is in force
     * @param drain begins to shut the server down
     * @param accounts carries out a command for accounts, waits for it, and throws if it is refused
     * @param listener told what is done to the bans of the server
     */
    public Operator(
            Source source,
            ChatServer server,
            Predicate<Consumer<String>> reload,
            Runnable drain,
            BiConsumer<String, Consumer<String>> accounts,
            BanListener listener) {
        this.source = source;
        this.server = server;
        this.actions = new OperatorActions(server);
        this.reports = new OperatorReports(server);
        this.bans = new ServerBans(server, listener);
        this.reload = reload;
        this.drain = drain;
        this.accounts = accounts;
    }

    /**
     * Runs a line. At the console a line without a slash is said to all users, unless it looks like a command whose
     * slash was forgotten.
     *
     * @param answers receives each line of the answer
     * @return whether it was done
     */
    boolean run(String line, Consumer<String> answers) {
        try {
            return perform(line.strip(), answers);
        } catch (RoomException | IllegalArgumentException refused) {
            answers.accept("not done: " + refused.getMessage());
            return false;
        }
    }

    private boolean perform(String line, Consumer<String> answers) {
        if (!line.startsWith("/")) {
            checkSpoken(line);
            actions.broadcast(line, answers);
            return true;
        }
        String[] words = line.split("\\s+", 2);
        OperatorVerb verb = OperatorVerb.find(words[0]);
        if (verb == null) {
            throw new IllegalArgumentException("there is no command " + words[0] + "; /help lists them");
        }
        String arguments = words.length == 1 ? "" : words[1];
        checkCount(verb, arguments);
        return perform(verb, arguments, answers);
    }

    private boolean perform(OperatorVerb verb, String arguments, Consumer<String> answers) {
        switch (verb) {
            case SAY -> actions.say(arguments, answers);
            case BROADCAST -> actions.broadcast(arguments, answers);
            case ROOMS -> reports.rooms(answers);
            case WHO -> reports.who(arguments, answers);
            case TOPIC -> actions.topic(arguments, answers);
            case KICK -> actions.kick(arguments, answers);
            case BAN -> ban(arguments, answers);
            case MUTE -> actions.restrict(Action.MUTE, "muted", arguments, answers);
            case UNBAN -> unban(arguments, answers);
            case UNMUTE -> actions.lift(Action.UNMUTE, " may speak in ", arguments, answers);
            case BANS -> bans(arguments, answers);
            case INVITE -> actions.invite(Action.INVITE, "invited ", arguments, answers);
            case UNINVITE -> actions.invite(Action.UNINVITE, "took back the invitation of ", arguments, answers);
            case ROLE -> actions.role(arguments, answers);
            case ACCOUNT -> accounts.accept(arguments, answers);
            case STATS -> reports.stats(answers);
            case RELOAD -> {
                return reload.test(answers);
            }
            case DRAIN, STOP -> drain.run();
            case HELP -> OperatorReports.help(arguments, source.speaking, answers);
        }
        return true;
    }

    private static void checkCount(OperatorVerb verb, String arguments) {
        if (Words.count(arguments) < verb.minArguments()) {
            throw new IllegalArgumentException("it is " + verb.usage());
        }
    }

    // ---- bans: of the server, or of a room

    /** Bans from the server if the first word is a kind of ban, else from the room of that name. */
    private void ban(String arguments, Consumer<String> answers) {
        ServerBan.Kind kind = ServerBans.kind(first(arguments));
        if (kind != null) {
            bans.add(kind, after(1, arguments), answers);
            return;
        }
        String inRoom = Words.withoutIn(arguments);
        checkCount(OperatorVerb.BAN, inRoom);
        actions.restrict(Action.BAN, "banned", inRoom, answers);
    }

    private void unban(String arguments, Consumer<String> answers) {
        if (Words.count(arguments) == 1) {
            bans.lift(arguments, answers);
        } else {
            actions.lift(Action.UNBAN, " may enter ", arguments, answers);
        }
    }

    private void bans(String room, Consumer<String> answers) {
        if (room.isEmpty()) {
            bans.list(answers);
        } else {
            actions.restrictions(room, answers);
        }
    }

    /** Refuses a line that may be a command without its slash. */
    private void checkSpoken(String line) {
        String word = "/" + first(line);
        OperatorVerb verb = OperatorVerb.find(word);
        if (source == Source.SOCKET) {
            String example = verb == null ? "/who" : word;
            throw new IllegalArgumentException(
                    "a command begins with a slash: " + example + "; to say something to everybody: /broadcast TEXT");
        }
        if (verb != null && verb.word().equals(word) && isCommand(verb, after(1, line))) {
            throw new IllegalArgumentException(
                    "a command begins with a slash: /" + line + "; to say it to everybody: /broadcast " + line);
        }
    }

    /** Whether a line may be a command: it has as many words as the command takes, and the first is a valid one. */
    private boolean isCommand(OperatorVerb verb, String arguments) {
        if (!verb.takes(Words.count(arguments))) {
            return false;
        }
        String word = first(arguments);
        List<String> choices = verb.choices(0);
        return word.isEmpty()
                || (choices.contains("ROOM") && isRoom(word))
                || (choices.contains("KIND") && ServerBans.kind(word) != null)
                || (choices.contains("NUMBER") && Words.isNumber(word))
                || (choices.contains("COMMAND") && OperatorVerb.find("/" + word) != null)
                || choices.contains("TEXT")
                || choices.contains(word);
    }

    private boolean isRoom(String word) {
        try {
            return server.hub().findRoom(word) != null;
        } catch (RoomException invalidName) {
            return false;
        }
    }
}
