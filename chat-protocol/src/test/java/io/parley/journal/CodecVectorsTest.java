package io.parley.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.codec.Bytes;
import io.parley.model.Action;
import io.parley.model.Entry;
import io.parley.model.PresenceMode;
import io.parley.model.Restriction;
import io.parley.model.RoomSettings;
import io.parley.model.RoomState;
import io.parley.model.Tags;
import io.parley.model.UserItem;
import io.parley.model.UserKind;
import org.junit.jupiter.api.Test;

/**
 * One of each kind as bytes. Journals have these bytes on disks: if a test fails here, the format has changed, and what was
 * kept cannot be read any more.
 */
class CodecVectorsTest {
    private static final UserItem ANN = new UserItem(0xA1, UserKind.GUEST, "ann");
    private static final UserItem EVE = new UserItem(-2, UserKind.ACCOUNT, "\u00c9ve");
    private static final RoomSettings SETTINGS = new RoomSettings(true, 300, PresenceMode.COUNT, true);
    private static final Restriction BAN =
            new Restriction(5, Action.BAN, ANN, 0xADD7, 1_000, Long.MAX_VALUE, EVE, "spam");
    private static final Restriction MUTE = new Restriction(6, Action.MUTE, ANN, 0, -1, 61_000, EVE, "");

    private static void isEntry(String hex, Entry.Sequenced entry) {
        assertThat(Bytes.of(EntryCodec.encode(entry)).hex()).isEqualTo(hex.replace(" ", ""));
        assertThat(EntryCodec.decode(Bytes.fromHex(hex.replace(" ", "")).toArray()))
                .isEqualTo(entry);
    }

    private static void isState(String hex, RoomState state) {
        assertThat(Bytes.of(StateCodec.encode(state)).hex()).isEqualTo(hex.replace(" ", ""));
        assertThat(StateCodec.decode(Bytes.fromHex(hex.replace(" ", "")).toArray()))
                .isEqualTo(state);
    }

    @Test
    void message() {
        Tags tags = Tags.of("id", Bytes.fromHex("00ff"));
        isEntry(
                "01 01 0000000000000002 0000000000000003 04 0d 00000000000000a1 00 03616e6e 0468e282ac "
                        + "01 026964 0200ff",
                new Entry.Message(1, 2, 3, 4, ANN, "h\u20ac", tags));
    }

    @Test
    void largeNumbers() {
        isEntry(
                "01 ac02 ffffffffffffffff fffffffffffffffe ffffffffffffffff7f 0e fffffffffffffffe 01 "
                        + "04c3897665 00 00",
                new Entry.Message(300, -1, -2, Long.MAX_VALUE, EVE, "", Tags.NONE));
    }

    @Test
    void topic() {
        isEntry(
                "02 01 0000000000000002 0000000000000003 04 0d 00000000000000a1 00 03616e6e 03746561",
                new Entry.TopicChanged(1, 2, 3, 4, ANN, "tea"));
    }

    @Test
    void moderated() {
        isEntry(
                "03 06 0000000000000002 0000000000000003 04 0e fffffffffffffffe 01 04c3897665 03 0d "
                        + "00000000000000a1 00 03616e6e 05 00 03776879 00",
                new Entry.Moderated(6, 2, 3, 4, EVE, Action.UNBAN, ANN, 5, 0, "why", null));
    }

    @Test
    void moderatedWithARestriction() {
        isEntry(
                "03 05 0000000000000002 0000000000000003 04 0e fffffffffffffffe 01 04c3897665 02 0d "
                        + "00000000000000a1 00 03616e6e 00 e0d403 047370616d 01 3c 05 02 0d 00000000000000a1 00 "
                        + "03616e6e 000000000000add7 00000000000003e8 7fffffffffffffff 0e fffffffffffffffe 01 "
                        + "04c3897665 047370616d",
                new Entry.Moderated(5, 2, 3, 4, EVE, Action.BAN, ANN, 0, 60_000, "spam", BAN));
    }

    @Test
    void configured() {
        isEntry(
                "04 01 0000000000000002 0000000000000003 04 0e fffffffffffffffe 01 04c3897665 04 03 " + "ac02 01",
                new Entry.Configured(1, 2, 3, 4, EVE, SETTINGS));
    }

    @Test
    void other() {
        isEntry(
                "ac02 01 0000000000000002 0000000000000003 04 0d 00000000000000a1 00 03616e6e 00ff80",
                new Entry.Other(1, 2, 3, 4, ANN, 300, Bytes.fromHex("00ff80")));
    }

    @Test
    void emptyState() {
        isState("00 03 00 00 00 00 00 00 00", RoomState.EMPTY);
    }

    @Test
    void state() {
        RoomState state = RoomState.EMPTY
                .after(new Entry.TopicChanged(1, 2, 3, 4, EVE, "tea"))
                .after(new Entry.Configured(2, 2, 3, 4, EVE, SETTINGS))
                .after(new Entry.Moderated(3, 2, 3, 4, EVE, Action.MAKE_OWNER, EVE, 0, 0, "", null))
                .after(new Entry.Moderated(4, 2, 3, 4, EVE, Action.INVITE, ANN, 0, 0, "", null))
                .after(new Entry.Moderated(5, 2, 3, 4, EVE, Action.BAN, ANN, 0, 0, "spam", BAN))
                .after(new Entry.Moderated(6, 2, 3, 4, EVE, Action.MUTE, ANN, 0, 60_000, "", MUTE));
        isState(
                "03746561 04 03 ac02 01 01 0e fffffffffffffffe 01 04c3897665 02 01 3c 05 02 0d "
                        + "00000000000000a1 00 03616e6e 000000000000add7 00000000000003e8 7fffffffffffffff 0e "
                        + "fffffffffffffffe 01 04c3897665 047370616d 01 38 06 04 0d 00000000000000a1 00 03616e6e "
                        + "0000000000000000 ffffffffffffffff 000000000000ee48 0e fffffffffffffffe 01 04c3897665 "
                        + "00 01 0d 00000000000000a1 00 03616e6e",
                state);
    }
}
