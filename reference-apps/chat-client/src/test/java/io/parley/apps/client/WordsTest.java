package io.parley.apps.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import java.util.ArrayList;
import java.util.List;
import org.jline.reader.Candidate;
import org.jline.reader.LineReader;
import org.jline.reader.Parser.ParseContext;
import org.junit.jupiter.api.Test;

class WordsTest {
    @Test
    void aNameThatWouldSpoilTheScreenIsNotOffered() {
        Words words = new Words();
        words.listed(List.of("games", "g\u0301", "g" + "\u0301".repeat(31), "g\u001B[m"));
        List<Candidate> candidates = new ArrayList<>();
        words.complete(mock(LineReader.class), words.parse("/join ", 6, ParseContext.COMPLETE), candidates);
        assertThat(candidates).extracting(Candidate::value).containsExactly("games", "g\u0301");
    }
}
