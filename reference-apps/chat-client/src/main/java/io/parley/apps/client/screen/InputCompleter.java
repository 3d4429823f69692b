package io.parley.apps.client.screen;

import io.parley.apps.client.input.Input;
import io.parley.apps.terminal.Printable;
import io.parley.client.ChatRoom;
import io.parley.model.Member;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;
import org.jspecify.annotations.Nullable;

/**
 * Splits the input line at blanks, and completes commands, nicks and rooms. The reading thread completes; the callback
 * thread sets the names.
 */
final class InputCompleter implements Completer, Parser {
    private volatile @Nullable ChatRoom room; // the current one
    private volatile List<String> open = List.of(); // open rooms and conversations
    private volatile String ownName = "";
    private volatile Collection<String> serverRooms = List.of();

    void current(@Nullable ChatRoom currentRoom, List<String> names) {
        room = currentRoom;
        open = names;
    }

    void ownName(String name) {
        ownName = name;
    }

    void serverRooms(Collection<String> names) {
        serverRooms = names;
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        String first = line.words().get(0).toLowerCase(Locale.ROOT);
        if (line.wordIndex() == 0) {
            if (first.startsWith("/")) {
                Stream.of(Input.Verb.values())
                        .filter(Input.Verb::isCommand)
                        .forEach(verb -> candidates.add(new Candidate(verb.command())));
            } else {
                add(nicks().map(nick -> nick + ":"), candidates);
            }
            return;
        }
        boolean second = line.wordIndex() == 1;
        switch (first) {
            case "/join" -> add(second ? Stream.concat(serverRooms.stream(), open.stream()) : Stream.of(), candidates);
            case "/switch", "/leave", "/who", "/bans" -> add(second ? open.stream() : Stream.of(), candidates);
            case "/role" -> add(second ? nicks() : roles(line.wordIndex()), candidates);
            case "/set" -> add(second ? Stream.of("bell", "title", "notify", "background") : Stream.of(), candidates);
            case "/direct" ->
                add(second ? Stream.of("everybody", "accounts", "room-mates", "nobody") : Stream.of(), candidates);
            case "/query", "/ignore", "/unignore", "/kick", "/ban", "/mute", "/unmute" ->
                add(second ? nicks() : Stream.of(), candidates);
            case "/unban", "/invite", "/register", "/password" -> add(Stream.of(), candidates); // who is not here
            default -> add(nicks(), candidates);
        }
    }

    private static Stream<String> roles(int word) {
        return word == 2 ? Stream.of("owner", "moderator", "member") : Stream.of();
    }

    private Stream<String> nicks() {
        ChatRoom current = room;
        return current == null
                ? Stream.of()
                : current.members().stream().map(Member::name).filter(name -> !name.equals(ownName));
    }

    /** Adds names, except those that could harm a terminal or its layout. */
    private static void add(Stream<String> names, List<Candidate> candidates) {
        names.distinct()
                .filter(name -> Wrapping.limitMarks(Printable.of(name)).equals(name))
                .forEach(name -> candidates.add(new Candidate(name)));
    }

    @Override
    public ParsedLine parse(String line, int cursor, ParseContext context) {
        List<String> words = new ArrayList<>();
        int index = -1;
        int inWord = 0;
        int at = 0;
        while (at <= line.length()) {
            int start = at;
            while (at < line.length() && !Character.isWhitespace(line.charAt(at))) {
                at++;
            }
            if (index < 0 && cursor <= at) {
                index = words.size();
                inWord = Math.max(0, cursor - start);
                words.add(line.substring(start, at));
            } else if (at > start) {
                words.add(line.substring(start, at));
            }
            at++;
        }
        return new Split(line, cursor, words, Math.max(0, index), inWord);
    }

    /** A line, split into words. */
    private record Split(String line, int cursor, List<String> words, int wordIndex, int wordCursor)
            implements ParsedLine {
        @Override
        public String word() {
            return words.get(wordIndex);
        }
    }
}
