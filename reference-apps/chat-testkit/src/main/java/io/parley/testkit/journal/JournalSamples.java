package io.parley.testkit.journal;

import io.parley.codec.Bytes;
import io.parley.journal.KeyValue;
import io.parley.model.Action;
import io.parley.model.Entry;
import io.parley.model.PresenceMode;
import io.parley.model.Restriction;
import io.parley.model.RoomSettings;
import io.parley.model.RoomState;
import io.parley.model.Tags;
import io.parley.model.UserItem;
import io.parley.model.UserKind;
import java.util.List;

/** Entries and states with every field. No state, for any thread. */
final class JournalSamples {
    /** Characters of one to four bytes, and those that SQL and C treat specially. */
    static final String TEXT = "a\u00e4\u20ac\ud83d\ude42 '\";--%_\\ \r\n\t\u0000 z";

    /** A value that is kept with entries. */
    static final KeyValue SESSION = new KeyValue("session", "1", Bytes.fromHex("01"));

    private static final UserItem EVE = new UserItem(-2, UserKind.ACCOUNT, "\u00c9ve");
    private static final UserItem SYSTEM = new UserItem(Long.MIN_VALUE, UserKind.OPERATOR, "system");
    private static final UserItem NOBODY = new UserItem(0, UserKind.GUEST, "");

    private static final Restriction BAN =
            new Restriction(5, Action.BAN, NOBODY, -3, 1_000, Long.MAX_VALUE, EVE, "why " + TEXT);
    private static final Restriction MUTE = new Restriction(6, Action.MUTE, SYSTEM, 0, -1, 61_000, EVE, "");
    private static final RoomSettings SETTINGS = new RoomSettings(true, 42, PresenceMode.COUNT, true);

    private JournalSamples() {}

    /** An entry of every kind, with usual and with extreme values; numbered from 1. */
    static List<Entry.Sequenced> everyKind() {
        Tags tags = Tags.of("@id", Bytes.fromHex("00ff80"))
                .with("empty", Bytes.EMPTY)
                .with("\u00fc", Bytes.of(new byte[300]));
        return List.of(
                new Entry.Message(1, 0, 1, 0, EVE, "", Tags.NONE),
                new Entry.Message(2, Long.MAX_VALUE, -1, Long.MAX_VALUE, SYSTEM, TEXT, tags),
                new Entry.Message(3, Long.MIN_VALUE, Long.MIN_VALUE, 1, NOBODY, "x".repeat(1 << 16), Tags.NONE),
                new Entry.TopicChanged(4, 4, 1, 1, EVE, TEXT),
                new Entry.Moderated(5, 5, 1, 2, EVE, Action.BAN, NOBODY, 0, 0, TEXT, BAN),
                new Entry.Moderated(6, 6, 1, 3, EVE, Action.MUTE, SYSTEM, 0, 60_000, "", MUTE),
                new Entry.Moderated(7, 7, 1, 4, EVE, Action.UNBAN, NOBODY, 5, Long.MAX_VALUE, "", null),
                new Entry.Moderated(8, 8, 1, 5, EVE, Action.MAKE_OWNER, EVE, 0, 0, "", null),
                new Entry.Configured(9, 9, 1, 6, EVE, SETTINGS),
                new Entry.Other(10, 10, 1, 7, EVE, 77, Bytes.fromHex("0102fe00")),
                new Entry.Other(11, 11, 1, 8, EVE, Integer.MAX_VALUE, Bytes.EMPTY));
    }

    /** A state in which nothing is empty. */
    static RoomState busy() {
        RoomState state = RoomState.EMPTY;
        for (Entry.Sequenced entry : everyKind()) {
            state = state.after(entry);
        }
        return state.after(new Entry.Moderated(12, 1, 1, 9, EVE, Action.BAN, NOBODY, 0, 0, TEXT, BAN))
                .after(new Entry.Moderated(13, 1, 1, 10, EVE, Action.MAKE_MODERATOR, SYSTEM, 0, 0, "", null))
                .after(new Entry.Moderated(14, 1, 1, 11, EVE, Action.INVITE, NOBODY, 0, 0, "", null));
    }

    /** A state with a topic. */
    static RoomState about(String topic) {
        return RoomState.EMPTY.after(new Entry.TopicChanged(1, 1, 1, 1, EVE, topic));
    }
}
