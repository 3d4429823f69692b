package io.parley.apps.client;

import java.util.Locale;

/**
 * A line as its user means it. Immutable, for any thread.
 *
 * @param verb what is to be done
 * @param first the first word after a command; empty where there is none, or the verb takes none
 * @param rest what remains of the line
 */
record Input(Verb verb, String first, String rest) {

    /** What can be asked for; of a command also its name, what follows it, and what it does. */
    enum Verb {
        SAY("", 0, "", ""),
        JOIN("/join", 1, "ROOM", "enter a room, or go back to one"),
        LEAVE("/leave", 0, "[ROOM]", "leave the current room, or another"),
        SWITCH("/switch", 1, "ROOM", "speak in another of your rooms"),
        MSG("/msg", 2, "NICK TEXT", "say something to one person"),
        ME("/me", 1, "TEXT", "say what you do"),
        WHO("/who", 0, "[ROOM]", "who is in a room"),
        ROOMS("/rooms", 0, "", "which rooms there are"),
        TOPIC("/topic", 0, "[TEXT]", "show or set the topic of the current room"),
        HISTORY("/history", 0, "[N]", "show the last messages of the current room"),
        NICK("/nick", 1, "NAME", "take another name"),
        HELP("/help", 0, "", "show this"),
        QUIT("/quit", 0, "", "say goodbye"),
        /** A command without what it needs, or with more; {@code first} is how it is used. */
        INCOMPLETE("", 0, "", ""),
        /** A command that there is not; {@code first} is its name. */
        UNKNOWN("", 0, "", "");

        private final String command;
        private final int words; // that must follow
        private final String follows;
        private final String does;

        Verb(String command, int words, String follows, String does) {
            this.command = command;
            this.words = words;
            this.follows = follows;
            this.does = does;
        }

        String command() {
            return command;
        }

        boolean isCommand() {
            return !command.isEmpty();
        }

        String usage() {
            return (command + " " + follows).strip();
        }

        String does() {
            return does;
        }

        /** Whether nothing follows the one word that it takes. */
        private boolean takesOneWord() {
            return !follows.isEmpty() && this != MSG && !takesText();
        }

        /** Whether what follows is a text as a whole, and not words. */
        private boolean takesText() {
            return this == ME || this == TOPIC;
        }
    }

    /** Reads a line; a line that begins with two slashes is said with one. */
    static Input parse(String line) {
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
        boolean wrong = given < verb.words || (verb.takesOneWord() && !words[1].isEmpty());
        return wrong ? new Input(Verb.INCOMPLETE, verb.usage(), "") : new Input(verb, words[0], words[1]);
    }

    /** The first word, and what follows it without the blanks around. */
    private static String[] split(String text) {
        String stripped = text.strip();
        int end = 0;
        while (end < stripped.length() && !Character.isWhitespace(stripped.charAt(end))) {
            end++;
        }
        return new String[] {stripped.substring(0, end), stripped.substring(end).strip()};
    }
}
