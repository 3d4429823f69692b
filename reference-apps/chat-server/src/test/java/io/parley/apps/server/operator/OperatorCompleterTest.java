package io.parley.apps.server.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jline.reader.Candidate;
import org.jline.reader.Parser.ParseContext;
import org.jline.reader.impl.DefaultParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperatorCompleterTest {
    private static final Map<String, List<String>> ANSWERS = Map.of(
            "/rooms", List.of("lobby, 2 here: a, b and c", "attic, 0 here"),
            "/who", List.of("anna, a guest, from /127.0.0.1:1", "bob, from /127.0.0.1:2"),
            "/who lobby", List.of("anna, member", "e\u202Evil, member"),
            "/bans", List.of("4, name eve, banned, until it is lifted, by operator"),
            "/who name", List.of("dora, member"),
            "/bans lobby",
                    List.of(
                            "3, carol, banned, until it is lifted, by anna",
                            "7, dave, muted for 2 hours, by anna: noise"));

    private static Stream<String> offered(String line) {
        List<Candidate> found = new ArrayList<>();
        new OperatorCompleter(command -> ANSWERS.getOrDefault(command, List.of()))
                .complete(null, new DefaultParser().parse(line, line.length(), ParseContext.COMPLETE), found);
        return found.stream().map(Candidate::value);
    }

    @ParameterizedTest
    @CsvSource({
        "'/say ', lobby attic",
        "'/who ', lobby attic",
        "'/kick ', lobby attic *",
        "'/kick lobby ', anna",
        "'/KICK lobby ', anna",
        "'/kick * ', anna bob",
        "'/ban ', lobby attic name account address network",
        "'/ban lobby ', anna",
        "'/ban name ', anna bob",
        "'/ban Account ', anna bob",
        "'/ban address ', ''",
        "'/ban in ', lobby attic",
        "'/ban in name ', dora",
        "'/ban in lobby anna ', 10m 2h 7d",
        "'/unban ', lobby attic 4",
        "'/unban lobby ', carol 3",
        "'/unmute lobby ', dave 7",
        "'/unban attic ', ''",
        "'/bans ', lobby attic",
        "'/invite lobby ', anna bob",
        "'/ban lobby anna ', 10m 2h 7d",
        "'/role lobby anna ', member moderator owner",
        "'/say lobby ', ''",
        "'/kick lobby anna ', ''",
        "'/kick nowhere ', ''",
        "'/stats ', ''",
        "'/nonsense ', ''",
        "'hello ', ''"
    })
    void offersWhatBelongsThere(String line, String words) {
        assertThat(String.join(" ", offered(line).toList())).isEqualTo(words);
    }

    @Test
    void offersEveryCommandFirstAndAfterHelp() {
        String[] all = Stream.of(OperatorVerb.values()).map(OperatorVerb::word).toArray(String[]::new);
        assertThat(offered("/")).containsExactly(all);
        assertThat(offered("/help ")).containsExactly(all);
    }
}
