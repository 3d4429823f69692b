package io.parley.client;

import static io.parley.client.Script.bytes;
import static io.parley.client.Script.concat;
import static io.parley.client.Script.gap;
import static io.parley.client.Script.message;
import static io.parley.client.Script.moderated;
import static io.parley.client.Script.page;
import static io.parley.client.Script.snapshot;
import static io.parley.client.Script.topic;
import static io.parley.client.Script.unknown;
import static io.parley.model.People.guest;
import static io.parley.model.People.member;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.model.Action;
import io.parley.model.Member;
import io.parley.model.Role;
import io.parley.model.RoomSettings;
import io.parley.model.UserItem;
import io.parley.testkit.chat.Ears;
import io.parley.wire.Configured;
import io.parley.wire.History;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What entries do to a client's room: those that it does not know have numbers, and only live ones change anything. */
class ClientEntriesTest {
    private static final Member ALICE = member(Script.ALICE);
    private static final Member BOB = member(Script.BOB);

    private final Ears ears = new Ears();
    private final Script script = Script.open();

    private List<String> losses() {
        return ears.lines().stream().filter(line -> line.startsWith("lost")).toList();
    }

    // ---- entries of a later version

    @Test
    void unknownEntriesAreCounted() {
        script.enter(10, ears);
        assertThat(script.tell(bytes(message(11)), unknown(12), unknown(13), bytes(message(14))))
                .as("no hole is asked for")
                .isEmpty();
        assertThat(ears.seqs()).containsExactly(11L, 14L);
        assertThat(losses()).isEmpty();
    }

    @Test
    void anUnknownEntryBehindAHoleHasItFilled() {
        script.enter(10, ears);
        History asked = Script.history(script.tell(bytes(message(11)), unknown(14)));
        assertThat(asked.after()).isEqualTo(11);
        assertThat(asked.before()).isEqualTo(14);
        assertThat(script.tell(page(asked.id(), 12, 13, 1, false))).isEmpty();
        assertThat(script.tell(message(15))).isEmpty();
        assertThat(ears.seqs()).containsExactly(11L, 12L, 13L, 15L);
    }

    @Test
    void unknownEntriesInAPageArePagedPast() {
        script.enter(10, ears);
        History first = Script.history(script.tell(message(11), gap(12, 20), message(21)));
        History second = Script.history(
                script.tell(page(first.id(), 1, true, concat(unknown(12), unknown(13), bytes(message(14))))));
        assertThat(second.after()).isEqualTo(14);
        History third = Script.history(script.tell(page(second.id(), 1, true, concat(unknown(15), unknown(16)))));
        assertThat(third.after()).as("behind a page that has nothing else").isEqualTo(16);
        script.tell(page(third.id(), 17, 20, 1, false));
        assertThat(ears.seqs()).containsExactly(11L, 14L, 17L, 18L, 19L, 20L, 21L);
        assertThat(losses()).isEmpty();
    }

    @Test
    void aPageOfUnknownEntriesTellsWhereTheNextBegins() {
        ChatRoom room = script.enter(10, ears);
        CompletableFuture<HistoryResult> result = room.historyBefore(0, 3);
        History asked = Script.history(script.sent());
        script.tell(page(asked.id(), 1, true, concat(unknown(8), unknown(9), unknown(10))));
        assertThat(result.join().messages()).isEmpty();
        assertThat(result.join().more()).isTrue();
        assertThat(result.join()).isEqualTo(new HistoryResult(List.of(), 1, true, 8));
    }

    @Test
    void whatHasNoNumberOrNoRoomIsIgnored() {
        script.enter(10, ears);
        byte[] cut = {0x7B, 0, 0, 1, Script.ROOM};
        byte[] empty = {0x7B, 0, 0, 0};
        assertThat(script.tell(
                        unknown(Script.ROOM, 0),
                        unknown(99, 50),
                        unknown((1L << 32) + Script.ROOM, 50),
                        cut,
                        empty,
                        bytes(message(11))))
                .isEmpty();
        assertThat(ears.seqs()).containsExactly(11L);
        assertThat(script.closed).isNotDone();
    }

    // ---- roles

    @Test
    void aRoleIsTheUsersWhateverItsName() {
        UserItem namesake = guest(77, Script.ALICE.name());
        ChatRoom room = script.enter(ears, snapshot(0, 1, Role.MEMBER, ALICE, BOB, member(namesake)));
        script.tell(moderated(1, Action.MAKE_OWNER, namesake));
        assertThat(room.role()).as("another of the same name").isEqualTo(Role.MEMBER);
        script.tell(moderated(2, Action.MAKE_MODERATOR, guest(Script.ORIGIN, "former-name")));
        assertThat(room.role()).isEqualTo(Role.MODERATOR);
        assertThat(room.members())
                .containsExactlyInAnyOrder(
                        new Member(Script.ALICE, Role.MODERATOR), BOB, new Member(namesake, Role.OWNER));
        script.tell(moderated(3, Action.MAKE_MEMBER, Script.ALICE));
        assertThat(room.role()).isEqualTo(Role.MEMBER);
    }

    @Test
    void aBanTakesTheRoleAndAMuteDoesNot() {
        Member moderator = new Member(Script.BOB, Role.MODERATOR);
        ChatRoom room = script.enter(ears, snapshot(0, 1, Role.OWNER, new Member(Script.ALICE, Role.OWNER), moderator));
        script.tell(moderated(1, Action.MUTE, Script.BOB), moderated(2, Action.KICK, Script.BOB));
        assertThat(room.members()).contains(moderator);
        script.tell(moderated(3, Action.BAN, Script.BOB));
        assertThat(room.members()).contains(BOB);
        assertThat(room.role()).isEqualTo(Role.OWNER);
    }

    // ---- what the snapshot has already

    private static Configured configured(long seq, int memberLimit) {
        RoomSettings settings = RoomSettings.DEFAULT.withMemberLimit(memberLimit);
        return new Configured(Script.ROOM, seq, 1, 1, 1, Script.BOB, settings);
    }

    private static void assertUnchanged(ChatRoom room) {
        assertThat(room.role()).isEqualTo(Role.MEMBER);
        assertThat(room.topic()).isEmpty();
        assertThat(room.settings()).isEqualTo(RoomSettings.DEFAULT);
        assertThat(room.members()).containsExactlyInAnyOrder(ALICE, BOB);
    }

    @Test
    void theBacklogIsToldAndChangesNothing() {
        ChatRoom room = script.enter(
                ears,
                snapshot(10, 1, Role.MEMBER, ALICE, BOB),
                topic(7, "old"),
                configured(8, 5),
                moderated(9, Action.MAKE_OWNER, Script.ALICE),
                moderated(10, Action.MAKE_OWNER, Script.BOB));
        assertUnchanged(room);
        assertThat(ears.lines()).hasSize(4).contains("topic of bob: old");
        script.tell(topic(11, "new"), configured(12, 6), moderated(13, Action.MAKE_OWNER, Script.ALICE));
        assertThat(room.topic()).isEqualTo("new");
        assertThat(room.settings().memberLimit()).isEqualTo(6);
        assertThat(room.role()).isEqualTo(Role.OWNER);
    }

    @Test
    void whatFillsAGapChangesNothing() {
        ChatRoom room = script.enter(ears, snapshot(10, 1, Role.MEMBER, ALICE, BOB));
        History asked = Script.history(script.tell(
                message(11), new io.parley.wire.Gap(12, 14, snapshot(14, 1, Role.MEMBER, ALICE, BOB)), message(15)));
        script.tell(page(
                asked.id(),
                1,
                false,
                topic(12, "old"),
                configured(13, 5),
                moderated(14, Action.MAKE_OWNER, Script.ALICE)));
        assertUnchanged(room);
        assertThat(ears.lines()).contains("topic of bob: old", "bob MAKE_OWNER alice");
        script.tell(topic(16, "new"));
        assertThat(room.topic()).isEqualTo("new");
    }

    @Test
    void historyChangesNothing() {
        ChatRoom room = script.enter(ears, snapshot(10, 1, Role.MEMBER, ALICE, BOB));
        room.historyBefore(0, 10);
        History asked = Script.history(script.sent());
        script.tell(page(asked.id(), 1, false, topic(1, "old"), moderated(2, Action.MAKE_OWNER, Script.ALICE)));
        assertUnchanged(room);
        assertThat(ears.lines()).isEmpty();
    }

    @Test
    void liveEntriesThatWaitBehindAGapChangeTheRoomInTheirTurn() {
        ChatRoom room = script.enter(ears, snapshot(10, 1, Role.MEMBER, ALICE, BOB));
        History asked = Script.history(script.tell(
                message(11),
                new io.parley.wire.Gap(12, 14, snapshot(14, 1, Role.MEMBER, ALICE, BOB)),
                moderated(15, Action.MAKE_OWNER, Script.ALICE)));
        assertUnchanged(room);
        script.tell(page(asked.id(), 12, 14, 1, false));
        assertThat(room.role()).isEqualTo(Role.OWNER);
    }
}
