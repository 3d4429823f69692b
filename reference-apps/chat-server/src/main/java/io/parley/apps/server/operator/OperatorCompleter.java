package io.parley.apps.server.operator;

import io.parley.apps.terminal.Printable;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;
import org.jspecify.annotations.Nullable;

/**
 * Completes the line of an operator: commands, then their arguments. It gets the names of users and rooms by running
 * commands, so that it works in the same way at the console and at the admin socket. One thread.
 */
public final class OperatorCompleter implements Completer {
    private final Function<String, List<String>> ask;

    public OperatorCompleter(Function<String, List<String>> ask) {
        this.ask = ask;
    }

    @Override
    public void complete(@Nullable LineReader reader, ParsedLine line, List<Candidate> found) {
        List<String> words = line.words();
        int place = line.wordIndex();
        if (place == 0) {
            Arrays.stream(OperatorVerb.values())
                    .map(verb -> candidate(verb.word(), verb.description()))
                    .forEach(found::add);
            return;
        }
        OperatorVerb verb = OperatorVerb.find(words.get(0));
        if (verb != null) {
            verb.choices(place - 1).stream()
                    .flatMap(choice -> words(choice, verb, words))
                    .filter(word -> Printable.of(word).equals(word))
                    .map(word -> candidate(word, null))
                    .forEach(found::add);
        }
    }

    private Stream<String> words(String choice, OperatorVerb verb, List<String> typed) {
        return switch (choice) {
            case "ROOM" -> names("/rooms");
            case "NAME" -> people(verb, typed.get(1));
            case "NUMBER" -> restrictions(verb, typed.get(1), 0);
            case "COMMAND" -> Arrays.stream(OperatorVerb.values()).map(OperatorVerb::word);
            default -> Character.isUpperCase(choice.charAt(0)) ? Stream.empty() : Stream.of(choice);
        };
    }

    private Stream<String> people(OperatorVerb verb, String room) {
        return switch (verb) {
            case UNBAN, UNMUTE -> restrictions(verb, room, 1);
            case INVITE -> names("/who"); // who is no member
            default -> names(room.equals("*") ? "/who" : "/who " + room);
        };
    }

    /** A field of each restriction of a room that the command lifts: number, name, what. */
    private Stream<String> restrictions(OperatorVerb verb, String room, int field) {
        String done = verb == OperatorVerb.UNBAN ? "banned" : "muted";
        return ask.apply("/bans " + room).stream()
                .map(line -> line.split(",? ", 4))
                .filter(fields -> fields.length == 4 && fields[2].equals(done))
                .map(fields -> fields[field]);
    }

    /** The first field of each line of an answer. */
    private Stream<String> names(String command) {
        return ask.apply(command).stream().map(line -> line.split(",", 2)[0]);
    }

    private static Candidate candidate(String word, @Nullable String description) {
        return new Candidate(word, word, null, description, null, null, true);
    }
}
