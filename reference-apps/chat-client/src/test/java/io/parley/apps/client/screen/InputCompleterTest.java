package io.parley.apps.client.screen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import java.util.ArrayList;
import java.util.List;
import org.jline.reader.Candidate;
import org.jline.reader.LineReader;
import org.jline.reader.Parser.ParseContext;
import org.junit.jupiter.api.Test;

class InputCompleterTest {
    @Test
    void wordsAreOfferedWhereOnlyTheyCanStand() {
        InputCompleter completer = new InputCompleter();
        List<Candidate> candidates = new ArrayList<>();
        completer.complete(
                mock(LineReader.class), completer.parse("/role bob ", 10, ParseContext.COMPLETE), candidates);
        assertThat(candidates).extracting(Candidate::value).containsExactly("owner", "moderator", "member");
        candidates.clear();
        completer.complete(mock(LineReader.class), completer.parse("/direct ", 8, ParseContext.COMPLETE), candidates);
        assertThat(candidates)
                .extracting(Candidate::value)
                .containsExactly("everybody", "accounts", "room-mates", "nobody");
        candidates.clear();
        completer.complete(mock(LineReader.class), completer.parse("/set ", 5, ParseContext.COMPLETE), candidates);
        assertThat(candidates).extracting(Candidate::value).containsExactly("bell", "title", "notify", "background");
        candidates.clear();
        completer.complete(
                mock(LineReader.class), completer.parse("/ban bob 1", 10, ParseContext.COMPLETE), candidates);
        assertThat(candidates).isEmpty();
    }

    @Test
    void aNameThatWouldSpoilTheScreenIsNotOffered() {
        InputCompleter completer = new InputCompleter();
        completer.serverRooms(List.of("games", "g\u0301", "g" + "\u0301".repeat(31), "g\u001B[m"));
        List<Candidate> candidates = new ArrayList<>();
        completer.complete(mock(LineReader.class), completer.parse("/join ", 6, ParseContext.COMPLETE), candidates);
        assertThat(candidates).extracting(Candidate::value).containsExactly("games", "g\u0301");
    }
}
