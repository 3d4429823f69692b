package io.parley.apps.client.input;

import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A parsed line of the user. Immutable, for any thread.
 *
 * @param verb the command
 * @param first the first word after the command; empty if there is none, or the command takes none
 * @param rest the rest of the line
 */
public record Input(Verb verb, String first, String rest) {

    /** The commands, each with its name, its arguments and its description. */
    public enum Verb {
        SAY("", 0, "", ""),
        JOIN("/join", 1, "ROOM", "enter a room, or go back to one"),
        LEAVE("/leave", 0, "[ROOM]", "leave the current room, or another"),
        SWITCH("/switch", 1, "ROOM", "speak in another of your rooms"),
        MSG("/msg", 2, "NICK TEXT", "say something to one person"),
        QUERY("/query", 1, "NAME", "open a conversation with one person"),
        ME("/me", 1, "TEXT", "say what you do"),
        WHO("/who", 0, "[ROOM]", "who is in a room"),
        ROOMS("/rooms", 0, "", "which rooms there are"),
        MINE("/mine", 0, "", "your account's rooms, and what is unread in them"),
        TOPIC("/topic", 0, "[TEXT]", "show or set the topic of the current room"),
        HISTORY("/history", 0, "[N]", "show the last messages of the current room"),
        SEARCH(
                "/search",
                0,
                "[from:NAME] [before:DATE] [after:DATE] WORDS",
                "find what was said; alone: the next page"),
        NICK("/nick", 1, "NAME", "take another name"),
        REGISTER("/register", 0, "[NAME [CODE]]", "make an account; its password is asked for"),
        PASSWORD("/password", 0, "", "give your account another password, which is asked for"),
        KICK("/kick", 1, "NAME [WHY]", "send somebody out of the current room"),
        BAN("/ban", 1, "NAME [10m|2h|7d] [WHY]", "keep somebody out of it"),
        UNBAN("/unban", 1, "NAME|NUMBER", "lift that"),
        MUTE("/mute", 1, "NAME [10m|2h|7d] [WHY]", "take somebody's voice in it"),
        UNMUTE("/unmute", 1, "NAME|NUMBER", "give it back"),
        BANS("/bans", 0, "[ROOM]", "who is banned or muted, with numbers"),
        ROLE("/role", 2, "NAME owner|moderator|member", "give a role"),
        INVITE("/invite", 1, "NAME", "let somebody into an invite-only room"),
        IGNORE("/ignore", 1, "NAME", "hide what somebody says, and take no direct messages of it"),
        UNIGNORE("/unignore", 1, "NAME", "lift that"),
        IGNORED("/ignored", 0, "", "whom you ignore"),
        DIRECT("/direct", 1, "everybody|accounts|room-mates|nobody", "whose direct messages you take"),
        SET("/set", 0, "[bell|title|notify|background VALUE]", "change how the screen tells you; alone: list it"),
        HELP("/help", 0, "", "show this"),
        QUIT("/quit", 0, "", "say goodbye"),
        /** A command with a wrong number of words; {@code first} is its usage. */
        INCOMPLETE("", 0, "", ""),
        /** An unknown command; {@code first} is its name. */
        UNKNOWN("", 0, "", "");

        private final String command;
        private final int minWords;
        private final String arguments;
        private final String description;

        Verb(String command, int minWords, String arguments, String description) {
            this.command = command;
            this.minWords = minWords;
            this.arguments = arguments;
            this.description = description;
        }

        public String command() {
            return command;
        }

        public boolean isCommand() {
            return !command.isEmpty();
        }

        /** Whether it only says something in the room or conversation that the user looks at. */
        public boolean isMessage() {
            return this == SAY || this == ME;
        }

        /** Whether passwords are asked for when it is typed. */
        public boolean asksPasswords() {
            return this == REGISTER || this == PASSWORD;
        }

        /** Asks for its passwords. */
        public Passwords passwords(Function<String, @Nullable String> question) {
            return Passwords.ask(this == PASSWORD, question);
        }

        public String usage() {
            return (command + " " + arguments).strip();
        }

        public String description() {
            return description;
        }

        /** Whether it takes exactly one word, or none. */
        private boolean takesOneWord() {
            return !arguments.isEmpty() && arguments.indexOf(' ') < 0 && !takesText();
        }

        /** Whether its argument is a text. */
        private boolean takesText() {
            return this == ME || this == TOPIC || this == SEARCH;
        }
    }

    /** Parses a line. A line that begins with two slashes is a message that begins with one. */
    public static Input parse(String line) {
        if (!line.startsWith("/")) {
            return new Input(Verb.SAY, "", line);
        }
        if (line.startsWith("//")) {
            return new Input(Verb.SAY, "", line.substring(1));
        }
        String[] command = split(line);
        for (Verb verb : Verb.values()) {
            if (verb.isCommand() && verb.command.equals(command[0].toLowerCase(Locale.ROOT))) {
                return parse(verb, command[1]);
            }
        }
        return new Input(Verb.UNKNOWN, command[0], "");
    }

    private static Input parse(Verb verb, String arguments) {
        String[] words = verb.takesText() ? new String[] {"", arguments} : split(arguments);
        int given = (words[0].isEmpty() ? 0 : 1) + (words[1].isEmpty() ? 0 : 1);
        boolean wrong = given < verb.minWords || (verb.takesOneWord() && !words[1].isEmpty());
        return wrong ? new Input(Verb.INCOMPLETE, verb.usage(), "") : new Input(verb, words[0], words[1]);
    }

    /** The first word, and the rest without the blanks around it. */
    private static String[] split(String text) {
        String stripped = text.strip();
        int end = 0;
        while (end < stripped.length() && !Character.isWhitespace(stripped.charAt(end))) {
            end++;
        }
        return new String[] {stripped.substring(0, end), stripped.substring(end).strip()};
    }
}
