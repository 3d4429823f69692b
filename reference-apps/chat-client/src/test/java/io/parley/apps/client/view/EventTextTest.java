package io.parley.apps.client.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.client.Message;
import io.parley.codec.Bytes;
import io.parley.model.Action;
import io.parley.model.Tags;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class EventTextTest {
    @Test
    void aLongTextIsShownByItsBeginning() {
        assertThat(EventText.excerpt("short")).isEqualTo("short");
        assertThat(EventText.excerpt("x".repeat(80))).hasSize(80);
        assertThat(EventText.excerpt("x".repeat(79) + "😀😀")).isEqualTo("x".repeat(79) + "😀…");
    }

    private static Message message(long millis, Tags tags) {
        return new Message(1, millis, "alice", "waves", tags, false);
    }

    @Test
    void actionsReadAsActions() {
        Message done = message(0, Tags.of("action", Bytes.EMPTY));
        assertThat(EventText.message(done)).isEqualTo("* alice waves");
        assertThat(EventText.message(message(0, Tags.NONE))).isEqualTo("alice: waves");
        assertThat(EventText.past(done)).matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d \\* alice waves");
    }

    @Test
    void whatWasSaidAnotherDayHasItsDate() {
        Instant longAgo = Instant.parse("2001-02-03T12:00:00Z");
        assertThat(EventText.past(message(longAgo.toEpochMilli(), Tags.NONE)))
                .matches("2001-02-0[34] \\d\\d:\\d\\d alice: waves");
    }

    @Test
    void lossesAreCounted() {
        assertThat(EventText.messagesLost(1)).isEqualTo("... 1 message was lost ...");
        assertThat(EventText.messagesLost(12)).isEqualTo("... 12 messages were lost ...");
    }

    @Test
    void moderationIsPutInWords() {
        assertThat(EventText.moderated("alice", Action.KICK, "bob", "noise")).isEqualTo("alice kicked bob (noise)");
        assertThat(EventText.moderated("alice", Action.MAKE_OWNER, "bob", "")).isEqualTo("alice made bob an owner");
        assertThat(EventText.moderated("alice", Action.OTHER, "bob", ""))
                .isEqualTo("alice did something to bob that this program does not know");
        for (Action action : Action.values()) {
            assertThat(EventText.moderated("alice", action, "bob", ""))
                    .contains("bob")
                    .doesNotContain("_");
        }
    }
}
