package io.parley.apps.client.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.client.ChatException;
import io.parley.client.Message;
import io.parley.client.MessageKind;
import io.parley.codec.Bytes;
import io.parley.model.Action;
import io.parley.model.Entry;
import io.parley.model.ErrorCode;
import io.parley.model.RestrictionItem;
import io.parley.model.Tags;
import io.parley.model.UserItem;
import io.parley.model.UserKind;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventTextTest {
    private static final UserItem ALICE = new UserItem(1, UserKind.ACCOUNT, "alice");
    private static final UserItem BOB = new UserItem(2, UserKind.GUEST, "bob");

    @Test
    void aLongTextIsShownByItsBeginning() {
        assertThat(EventText.excerpt("short")).isEqualTo("short");
        assertThat(EventText.excerpt("x".repeat(80))).hasSize(80);
        assertThat(EventText.excerpt("x".repeat(79) + "😀😀")).isEqualTo("x".repeat(79) + "😀…");
    }

    @Test
    void aRefusalSaysWhenToTryAgain() {
        assertThat(EventText.refusal(new ChatException(ErrorCode.NAME_TAKEN, "taken", 0)))
                .isEqualTo("taken");
        assertThat(EventText.refusal(new ChatException(ErrorCode.RATE_LIMITED, "wait a little", 5_000)))
                .isEqualTo("wait a little; try again in 5 seconds");
        assertThat(EventText.refusal(new ChatException(ErrorCode.RATE_LIMITED, "wait 3 minutes", 180_000)))
                .isEqualTo("wait 3 minutes");
    }

    private static Message message(long millis, Tags tags) {
        return new Message(1, millis, ALICE, "waves", tags, false, MessageKind.LIVE);
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

    private static String moderated(Action action, long millis, String why) {
        return EventText.moderated(new Entry.Moderated(1, 0, 7, 1, ALICE, action, BOB, 0, millis, why, null));
    }

    @Test
    void restrictionsAreListedWithTheirNumbers() {
        assertThat(EventText.restrictions(List.of())).containsExactly("nobody is banned or muted here");
        assertThat(EventText.restrictions(List.of(
                        new RestrictionItem(5, Action.BAN.code(), BOB, ALICE, 0, ""),
                        new RestrictionItem(9, Action.MUTE.code(), BOB, ALICE, 30_001, "noise"),
                        new RestrictionItem(12, 77, BOB, ALICE, 1, ""))))
                .containsExactly(
                        "5 bob: banned until it is lifted by alice",
                        "9 bob: muted for 31 seconds by alice (noise)",
                        "12 bob: restricted for 1 second by alice");
    }

    @Test
    void moderationIsPutInWords() {
        assertThat(moderated(Action.KICK, 0, "noise")).isEqualTo("alice kicked bob (noise)");
        assertThat(moderated(Action.MUTE, 300_000, "")).isEqualTo("alice muted bob for 5 minutes");
        assertThat(moderated(Action.BAN, 7_200_000, "noise")).isEqualTo("alice banned bob for 2 hours (noise)");
        assertThat(moderated(Action.MAKE_OWNER, 0, "")).isEqualTo("alice made bob an owner");
        assertThat(moderated(Action.OTHER, 0, ""))
                .isEqualTo("alice did something to bob that this program does not know");
        for (Action action : Action.values()) {
            assertThat(moderated(action, 0, "")).contains("bob").doesNotContain("_");
        }
    }
}
