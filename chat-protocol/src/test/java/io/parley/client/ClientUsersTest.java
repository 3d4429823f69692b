package io.parley.client;

import static io.parley.client.Script.codeOf;
import static io.parley.client.Script.only;
import static io.parley.client.Script.snapshot;
import static io.parley.model.People.account;
import static io.parley.model.People.guest;
import static io.parley.model.People.member;
import static io.parley.model.People.operator;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.codec.Bytes;
import io.parley.model.Action;
import io.parley.model.Departure;
import io.parley.model.ErrorCode;
import io.parley.model.RestrictionItem;
import io.parley.model.Role;
import io.parley.model.RoomKind;
import io.parley.model.RoomSettings;
import io.parley.model.UserItem;
import io.parley.testkit.chat.Ears;
import io.parley.wire.BanPage;
import io.parley.wire.Bans;
import io.parley.wire.Direct;
import io.parley.wire.Failed;
import io.parley.wire.Find;
import io.parley.wire.Found;
import io.parley.wire.Joined;
import io.parley.wire.Named;
import io.parley.wire.Nick;
import io.parley.wire.Notice;
import io.parley.wire.Presence;
import io.parley.wire.Renamed;
import io.parley.wire.RoomSnapshot;
import io.parley.wire.TypingNotice;
import io.parley.wire.Welcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Who is who for a client: users have ids, and names change. */
class ClientUsersTest {
    private static final UserItem EVE = account(0xE5, "eve");

    private final Ears ears = new Ears();
    private final List<String> told = new ArrayList<>();
    private final Script script = Script.open(builder -> builder.listener(new ClientListener() {
        @Override
        public void onRenamed(String name) {
            told.add("renamed " + name);
        }

        @Override
        public void onNotice(String sender, String text) {
            told.add(sender + ": " + text);
        }
    }));

    private static RoomSnapshot conversation() {
        return new RoomSnapshot(
                9,
                RoomKind.DIRECT,
                "eve",
                1,
                0,
                1,
                "",
                Role.MEMBER,
                RoomSettings.DEFAULT,
                2,
                List.of(member(Script.ALICE), member(EVE)),
                EVE.id(),
                0);
    }

    // ---- oneself

    @Test
    void welcomeSaysWhoOneIs() {
        assertThat(script.client().user()).isEqualTo(Script.ALICE);
        Script other = new Script();
        Welcome given = Script.welcome();
        other.tell(new Welcome(1, 0, 5, Bytes.EMPTY, false, EVE, given.limits(), ""));
        assertThat(other.client().user()).isEqualTo(EVE);
        assertThat(other.client().origin()).isEqualTo(5);
    }

    @Test
    void anotherNameThatWasAskedFor() {
        CompletableFuture<String> renaming = script.client().rename("alicia");
        Nick asked = only(Nick.class, script.sent());
        script.tell(new Named(asked.id(), "Alicia"));
        assertThat(renaming).isCompletedWithValue("Alicia");
        assertThat(script.client().user()).isEqualTo(guest(Script.ORIGIN, "Alicia"));
        assertThat(told).isEmpty();
    }

    @Test
    void anotherNameThatWasNotAskedForIsTold() {
        CompletableFuture<String> renaming = script.client().rename("alicia");
        Nick asked = only(Nick.class, script.sent());
        script.tell(new Named(0, "alice-2"));
        assertThat(told).containsExactly("renamed alice-2");
        assertThat(script.client().name()).isEqualTo("alice-2");
        assertThat(script.client().user().id()).isEqualTo(Script.ORIGIN);
        assertThat(renaming).isNotDone();
        script.tell(new Named(asked.id(), "alicia"));
        assertThat(renaming).isCompletedWithValue("alicia");
        assertThat(told).hasSize(1);
    }

    @Test
    void theOperatorIsNamed() {
        script.tell(new Notice(1, operator(1, "operator"), "tea at five"));
        assertThat(told).containsExactly("operator: tea at five");
    }

    // ---- others

    @Test
    void findsWhoHasAName() {
        CompletableFuture<UserItem> found = script.client().find("Eve");
        Find asked = only(Find.class, script.sent());
        assertThat(asked.name()).isEqualTo("Eve");
        script.tell(new Found(asked.id(), EVE));
        assertThat(found).isCompletedWithValue(EVE);
        CompletableFuture<UserItem> nobody = script.client().find("nobody");
        script.network.run();
        script.tell(new Failed(only(Find.class, script.server.take()).id(), ErrorCode.NO_SUCH_USER, "", 0));
        assertThat(codeOf(nobody)).isEqualTo(ErrorCode.NO_SUCH_USER);
    }

    @Test
    void aConversationIsWithAnId() {
        CompletableFuture<ChatRoom> opening = script.client().directAsync(EVE.id(), 5, ears);
        Direct asked = only(Direct.class, script.sent());
        assertThat(asked).isEqualTo(new Direct(asked.id(), EVE.id(), null, 5));
        script.tell(new Joined(asked.id(), conversation(), false));
        assertThat(opening.join().isDirect()).isTrue();
        assertThat(opening.join().name()).isEqualTo("eve");
    }

    @Test
    void whoKnowsOnlyTheNameAsksForTheIdFirst() {
        CompletableFuture<ChatRoom> opening = script.client().directAsync("eve", 5, ears);
        Find found = only(Find.class, script.sent());
        Direct asked = only(Direct.class, script.tell(new Found(found.id(), EVE)));
        assertThat(asked.user()).isEqualTo(EVE.id());
        script.tell(new Joined(asked.id(), conversation(), false));
        assertThat(opening).isCompleted();
        CompletableFuture<ChatRoom> failing = script.client().directAsync("nobody", 5, ears);
        Find other = only(Find.class, script.sent());
        assertThat(script.tell(new Failed(other.id(), ErrorCode.NO_SUCH_USER, "", 0)))
                .isEmpty();
        assertThat(codeOf(failing)).isEqualTo(ErrorCode.NO_SUCH_USER);
    }

    @Test
    void membersAreToldApartByTheirIds() {
        UserItem other = guest(8, Script.BOB.name()); // whose name bob has given up
        ChatRoom room =
                script.enter(ears, snapshot(0, 1, Role.MEMBER, member(Script.ALICE), member(Script.BOB), member(EVE)));
        UserItem robert = guest(Script.BOB.id(), "robert");
        script.tell(
                new Renamed(Script.ROOM, "bob", robert),
                new Presence(Script.ROOM, 4, List.of(member(other)), List.of()),
                new TypingNotice(Script.ROOM, other));
        assertThat(room.members())
                .containsExactlyInAnyOrder(member(Script.ALICE), member(robert), member(EVE), member(other));
        script.tell(new Presence(Script.ROOM, 3, List.of(), List.of(new Departure(other, "bye"))));
        assertThat(room.members()).containsExactlyInAnyOrder(member(Script.ALICE), member(robert), member(EVE));
        assertThat(room.memberCount()).isEqualTo(3);
        assertThat(ears.lines()).containsExactly("renamed bob to robert", "joined bob", "typing bob", "left bob: bye");
    }

    // ---- restrictions

    private static List<RestrictionItem> bans(long from, long to) {
        return LongStream.rangeClosed(from, to)
                .mapToObj(number ->
                        new RestrictionItem(number, Action.BAN.code(), guest(number, "x"), EVE, 60_000, "spam"))
                .toList();
    }

    @Test
    void restrictionsComeInPages() {
        ChatRoom room = script.enter(0, ears);
        CompletableFuture<List<RestrictionItem>> all = room.restrictions(3, 100);
        Bans first = only(Bans.class, script.sent());
        assertThat(first).isEqualTo(new Bans(first.id(), Script.ROOM, 3, 100));
        Bans second = only(Bans.class, script.tell(new BanPage(first.id(), Script.ROOM, bans(4, 53), true)));
        assertThat(second).isEqualTo(new Bans(second.id(), Script.ROOM, 53, 50));
        script.tell(new BanPage(second.id(), Script.ROOM, bans(54, 60), false));
        assertThat(all).isCompletedWithValue(bans(4, 60));
    }

    @Test
    void noMoreRestrictionsThanWereAskedFor() {
        ChatRoom room = script.enter(0, ears);
        CompletableFuture<List<RestrictionItem>> some = room.restrictions(0, 2);
        Bans asked = only(Bans.class, script.sent());
        assertThat(script.tell(new BanPage(asked.id(), Script.ROOM, bans(1, 2), true)))
                .isEmpty();
        assertThat(some).isCompletedWithValue(bans(1, 2));
    }

    @Test
    void anEmptyPageIsTheLastAndARefusalIsTold() {
        ChatRoom room = script.enter(0, ears);
        CompletableFuture<List<RestrictionItem>> none = room.restrictions(0, 2);
        script.tell(new BanPage(only(Bans.class, script.sent()).id(), Script.ROOM, List.of(), true));
        assertThat(none.join()).isEmpty();
        CompletableFuture<List<RestrictionItem>> refused = room.restrictions(0, 2);
        script.network.run();
        script.tell(new Failed(only(Bans.class, script.server.take()).id(), ErrorCode.FORBIDDEN, "", 0));
        assertThat(codeOf(refused)).isEqualTo(ErrorCode.FORBIDDEN);
    }
}
