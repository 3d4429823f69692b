package io.parley.apps.server.operator;

import io.parley.apps.terminal.Printable;
import io.parley.model.ServerBan;
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
        if (verb == OperatorVerb.BAN && place > 1 && isIn(words.get(1))) {
            arguments(verb, words.subList(1, words.size()), place - 1, found); // what follows is as without it
        } else if (verb != null) {
            arguments(verb, words, place, found);
        }
    }

    private void arguments(OperatorVerb verb, List<String> words, int place, List<Candidate> found) {
        verb.choices(place - 1).stream()
                .flatMap(choice -> words(choice, verb, words, place))
                .filter(word -> Printable.of(word).equals(word))
                .distinct()
                .map(word -> candidate(word, null))
                .forEach(found::add);
    }

    private Stream<String> words(String choice, OperatorVerb verb, List<String> typed, int place) {
        return switch (choice) {
            case "ROOM" -> names("/rooms");
            case "KIND" -> isIn(typed.get(0)) ? Stream.empty() : ServerBans.kinds().stream();
            case "WHOM" -> whom(isIn(typed.get(0)) ? null : ServerBans.kind(typed.get(1)), typed.get(1));
            case "NAME" -> people(verb, typed.get(1));
            case "NUMBER" -> place == 1 ? names("/bans").filter(Words::isNumber) : restrictions(verb, typed.get(1), 0);
            case "COMMAND" -> Arrays.stream(OperatorVerb.values()).map(OperatorVerb::word);
            default -> Character.isUpperCase(choice.charAt(0)) ? Stream.empty() : Stream.of(choice);
        };
    }

    /** Whether it is the word before the name of a room. */
    private static boolean isIn(String word) {
        return word.equalsIgnoreCase(Words.IN);
    }

    /** Whom a ban may bind: users of the server if it is of a kind, else members of the room. */
    private Stream<String> whom(ServerBan.@Nullable Kind kind, String room) {
        if (kind == null) {
            return names("/who " + room);
        }
        boolean byName = kind == ServerBan.Kind.NAME || kind == ServerBan.Kind.ACCOUNT;
        return byName ? names("/who") : Stream.empty();
    }

    private Stream<String> people(OperatorVerb verb, String room) {
        return switch (verb) {
            case UNBAN, UNMUTE -> restrictions(verb, room, 1);
            case INVITE -> names("/who"); // who is no member
            case ACCOUNT -> names("/account list");
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
