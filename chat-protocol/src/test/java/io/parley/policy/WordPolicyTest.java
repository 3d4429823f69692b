package io.parley.policy;

import static io.parley.policy.Asked.ANN;
import static io.parley.policy.Asked.LOBBY;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.codec.Bytes;
import io.parley.model.NamePolicy;
import io.parley.model.Tags;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WordPolicyTest {
    private final ChatPolicy policy = Policies.words(List.of("rude", "Caf\u00E9", "$5.0", "\u0433\u0430\u0434", ""));

    private String said(String text) {
        Answer answer = policy.say(ANN, LOBBY, text, Tags.NONE);
        return answer instanceof Decision.Replace other ? other.body() : "allowed";
    }

    private static Bytes bytes(String text) {
        return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rude",
                "RUDE",
                "rUdE",
                "\uFF52\uFF55\uFF44\uFF45", // full width
                "ru\u200Bde", // zero-width space
                "r\u200Du\u2060d\uFEFFe", // joiners
                "ru\u00ADde", // soft hyphen
                "ru\u034Fde",
                "r\uFE0Fude", // variation selector
                "ru\uDB40\uDD01de", // one of the others
                "ru\u3164de", // a filler
                "ru\u0001de", // a control character
                "\u202Erude\u202C"
            })
    void aWordIsFoundHoweverItIsWritten(String word) {
        assertThat(said(word)).matches("\u202E?\\*\\*\\*\\*");
        assertThat(said("so " + word + " of you")).matches("so \u202E?\\*\\*\\*\\* of you");
        assertThat(policy.name(ANN, new NamePolicy.Name(word, "key"))).isInstanceOf(Decision.Deny.class);
        assertThat(policy.create(ANN, new NamePolicy.Name(word, "key"))).isInstanceOf(Decision.Deny.class);
    }

    @ParameterizedTest
    @CsvSource({
        "caf\u00E9, ****",
        "CAFE\u0301, ****",
        "cafe\u200D\u0301, ****", // an accent that is kept apart
        "cafe, allowed",
        "\u0413\u0410\u0414, ***",
        "it costs $5.0, it costs ****",
        "it costs 15.0, allowed",
        "$500, allowed"
    })
    void wordsAreComparedAsAReaderSeesThem(String text, String expected) {
        assertThat(said(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"crude", "rudely", "rude1", "rud", "r u d e", "", "x\u00B2", "\uFDFA", "a\u200Db"})
    void anythingElseMayBeSaid(String text) {
        assertThat(policy.say(ANN, LOBBY, text, Tags.NONE)).isSameAs(Decision.ALLOW);
        assertThat(policy.topic(ANN, LOBBY, text)).isSameAs(Decision.ALLOW);
    }

    @Test
    void theRestStaysAsItIs() {
        String family = "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67"; // kept together by joiners
        String rest = " x\u00B2 \u2026 \uFDFA " + family + "\n\tend\u0301";
        assertThat(said("rude" + rest)).isEqualTo("****" + rest);
        assertThat(said(rest + " RUDE, rude!")).isEqualTo(rest + " ****, ****!");
        assertThat(said("rude rude")).isEqualTo("**** ****");
    }

    @Test
    void aLongTextDoesNotGrow() {
        String text = "rude " + "\uFDFA".repeat(5_000);
        assertThat(said(text)).isEqualTo("**** " + "\uFDFA".repeat(5_000));
    }

    @Test
    void tagsAreReadToo() {
        Tags tags = Tags.of("color", bytes("red"))
                .with("note", bytes("so RUDE"))
                .with("rude", bytes("1"))
                .with("raw", Bytes.of(new byte[] {(byte) 0xFF, 0}));
        Decision.Replace other = (Decision.Replace) policy.say(ANN, LOBBY, "hello", tags);
        assertThat(other.body()).isEqualTo("hello");
        assertThat(other.tags())
                .isEqualTo(Tags.of("color", bytes("red"))
                        .with("note", bytes("so ****"))
                        .with("raw", Bytes.of(new byte[] {(byte) 0xFF, 0})));
        Tags clean = Tags.of("color", bytes("red"));
        assertThat(policy.say(ANN, LOBBY, "hello", clean)).isSameAs(Decision.ALLOW);
        assertThat(policy.say(ANN, LOBBY, "rude", clean)).isEqualTo(Decision.replace("****", clean));
    }

    @Test
    void topicsAreReadToo() {
        assertThat(policy.topic(ANN, LOBBY, "Rude things")).isEqualTo(Decision.replace("**** things", Tags.NONE));
    }

    @Test
    void noWordsAllowEverything() {
        ChatPolicy none = Policies.words(List.of("", "\u200B"));
        assertThat(none.say(ANN, LOBBY, "rude", Tags.NONE)).isSameAs(Decision.ALLOW);
        assertThat(none.name(ANN, new NamePolicy.Name("rude", "rude"))).isSameAs(Decision.ALLOW);
    }
}
