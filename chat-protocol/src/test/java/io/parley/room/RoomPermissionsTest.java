package io.parley.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.journal.Journal;
import io.parley.model.Action;
import io.parley.model.Role;
import io.parley.model.RoomException;
import io.parley.model.RoomException.Reason;
import io.parley.model.RoomSettings;
import io.parley.model.Tags;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may do what to whom: every role with every action, in a room with one of each. */
class RoomPermissionsTest {
    private final TestHub test = TestHub.create();
    private final Map<String, Reader> readers = new HashMap<>();

    @BeforeEach
    void oneOfEach() {
        for (String name : List.of("owner", "owner2", "moderator", "moderator2", "member", "member2")) {
            readers.put(name, test.account(name).join("lobby"));
        }
        act("owner", Action.MAKE_OWNER, "owner2").seq();
        act("owner", Action.MAKE_MODERATOR, "moderator").seq();
        act("owner", Action.MAKE_MODERATOR, "moderator2").seq();
    }

    private Answer act(String actor, Action action, String target) {
        if (actor.equals("operator")) {
            Answer answer = new Answer();
            Ask.moderate(readers.get("owner").room(), test.hub.operator(), action, target, 0, "", answer);
            return answer;
        }
        return readers.get(actor).act(action, target);
    }

    private Object value(String actor, Action action, String target) {
        Answer answer = act(actor, action, target);
        assertThat(answer.isOpen()).isFalse();
        return answer.value() instanceof Long ? "ok" : answer.value();
    }

    static Stream<Arguments> rolesAndActions() {
        List<Arguments> all = new ArrayList<>();
        for (String actor : List.of("operator", "owner", "moderator", "member")) {
            for (String target : List.of("owner2", "moderator2", "member2")) {
                for (Action action : EnumSet.complementOf(EnumSet.of(Action.OTHER))) {
                    all.add(Arguments.of(actor, action, target, isAllowed(actor, action, target)));
                }
            }
        }
        return all.stream();
    }

    private static boolean isAllowed(String actor, Action action, String target) {
        return switch (action) {
            case MAKE_MEMBER, MAKE_MODERATOR ->
                actor.equals("operator") || (actor.equals("owner") && !target.equals("owner2"));
            case MAKE_OWNER -> actor.startsWith("o");
            case KICK, BAN, MUTE ->
                actor.equals("operator")
                        || (actor.equals("owner") && !target.equals("owner2"))
                        || (actor.equals("moderator") && target.equals("member2"));
            case UNBAN, UNMUTE, INVITE, UNINVITE -> !actor.equals("member");
            case OTHER -> throw new IllegalArgumentException("nobody may");
        };
    }

    @ParameterizedTest(name = "{0} {1} {2}: {3}")
    @MethodSource("rolesAndActions")
    void everyRoleWithEveryAction(String actor, Action action, String target, boolean allowed) {
        if (action.lifts()) {
            act("operator", action == Action.UNBAN ? Action.BAN : Action.MUTE, target)
                    .seq();
        }
        long head = readers.get("owner").room().head();
        assertThat(value(actor, action, target)).isEqualTo(allowed ? "ok" : Reason.FORBIDDEN);
        assertThat(readers.get("owner").room().head()).isEqualTo(allowed ? head + 1 : head);
    }

    @Test
    void nobodyDoesWhatTheServerDoesNotKnow() {
        assertThat(value("owner", Action.OTHER, "member")).isEqualTo(Reason.BAD_REQUEST);
        assertThat(value("member", Action.OTHER, "member2")).isEqualTo(Reason.FORBIDDEN);
    }

    @ParameterizedTest
    @CsvSource({"owner, true, true", "moderator, true, false", "member, false, false"})
    void topicsAndSettings(String actor, boolean topic, boolean settings) {
        Reader reader = readers.get(actor);
        assertThat(reader.topic("tea").value() instanceof Long).isEqualTo(topic);
        assertThat(reader.configure(RoomSettings.DEFAULT).value() instanceof Long)
                .isEqualTo(settings);
        assertThat(reader.room().topic()).isEqualTo(topic ? "tea" : "");
    }

    @ParameterizedTest
    @CsvSource({"KICK", "BAN", "MUTE"})
    void nobodyHarmsItself(Action action) {
        assertThat(value("owner", action, "owner")).isEqualTo(Reason.FORBIDDEN);
        assertThat(value("moderator", action, "moderator")).isEqualTo(Reason.FORBIDDEN);
    }

    @Test
    void whoIsNotAMemberMayNothing() {
        test.account("stranger");
        User stranger = test.hub.user("stranger");
        Room room = readers.get("owner").room();
        Answer said = new Answer();
        Ask.say(room, stranger, 1, 1, "hello", Tags.NONE, said);
        assertThat(said.reason()).isEqualTo(Reason.NOT_A_MEMBER);
        Answer kicked = new Answer();
        Ask.moderate(room, stranger, Action.KICK, "member", 0, "", kicked);
        assertThat(kicked.reason()).isEqualTo(Reason.NOT_A_MEMBER);
        assertThat(Answer.reasonOf(room.history(stranger, Journal.NONE, Journal.NONE, 10)))
                .isEqualTo(Reason.NOT_A_MEMBER);
        assertThatThrownBy(() -> room.members(stranger, "", 10)).isInstanceOf(RoomException.class);
        long head = room.head();
        room.typing(stranger);
        assertThat(room.head()).isEqualTo(head);
    }

    @Test
    void aRoleLostIsLostAtOnce() {
        assertThat(value("owner", Action.MAKE_MEMBER, "moderator")).isEqualTo("ok");
        assertThat(value("moderator", Action.KICK, "member")).isEqualTo(Reason.FORBIDDEN);
    }

    @ParameterizedTest
    @CsvSource({
        // who is away: a guest who was here, an account, nobody; what is said
        "KICK, NO_SUCH_USER, NO_SUCH_USER", "MAKE_MEMBER, NO_SUCH_USER, ok",
        "MAKE_MODERATOR, NO_SUCH_USER, ok", "MAKE_OWNER, NO_SUCH_USER, ok",
        "BAN, ok, ok", "MUTE, ok, ok",
        "INVITE, NO_SUCH_USER, ok", "UNINVITE, ok, ok"
    })
    void whoIsAway(Action action, String guest, String account) {
        test.guest("troll").exit();
        assertThat(String.valueOf(value("owner", action, "Troll"))).isEqualTo(guest);
        assertThat(String.valueOf(value("owner", action, "account-1"))).isEqualTo(account);
        assertThat(value("owner", action, "nobody")).isEqualTo(Reason.NO_SUCH_USER);
        assertThat(value("owner", action, "no good name")).isEqualTo(Reason.BAD_NAME);
    }

    @Test
    void anAbsentAccountHasTheRoleWhenItComes() {
        act("owner", Action.MAKE_MODERATOR, "account-1").seq();
        assertThat(test.account("account-1").join("lobby").snapshot().role()).isEqualTo(Role.MODERATOR);
    }

    @Test
    void onlyWhatWasImposedIsLifted() {
        assertThat(value("owner", Action.UNBAN, "member")).isEqualTo(Reason.BAD_REQUEST);
        act("owner", Action.MUTE, "member").seq();
        assertThat(value("owner", Action.UNBAN, "member")).isEqualTo(Reason.BAD_REQUEST);
        assertThat(value("owner", Action.UNMUTE, "member")).isEqualTo("ok");
    }

    @Test
    void theLastOwnerStays() {
        assertThat(value("owner", Action.MAKE_MEMBER, "owner")).isEqualTo("ok");
        assertThat(value("owner2", Action.MAKE_MEMBER, "owner2")).isEqualTo(Reason.FORBIDDEN);
        assertThat(value("owner2", Action.MAKE_MODERATOR, "owner2")).isEqualTo(Reason.FORBIDDEN);
        assertThat(value("owner2", Action.MAKE_OWNER, "member")).isEqualTo("ok");
        assertThat(value("owner2", Action.MAKE_MODERATOR, "owner2")).isEqualTo("ok");
    }

    @ParameterizedTest
    @CsvSource({"16384, true", "16385, false"})
    void bodiesHaveABound(int bytes, boolean fits) {
        Answer ascii = readers.get("member").say("x".repeat(bytes));
        assertThat(ascii.value() instanceof Long).isEqualTo(fits);
        String wide = "\u20ac".repeat(bytes / 3) + "x".repeat(bytes % 3); // three bytes each
        assertThat(readers.get("member").say(wide).value() instanceof Long).isEqualTo(fits);
        if (!fits) {
            assertThat(ascii.reason()).isEqualTo(Reason.TOO_LARGE);
        }
    }

    @ParameterizedTest
    @CsvSource({"512, true", "513, false"})
    void topicsAndReasonsHaveABound(int bytes, boolean fits) {
        assertThat(readers.get("owner").topic("x".repeat(bytes)).value() instanceof Long)
                .isEqualTo(fits);
        Answer kicked = new Answer();
        Ask.moderate(
                readers.get("owner").room(), test.hub.operator(), Action.KICK, "member", 0, "x".repeat(bytes), kicked);
        assertThat(kicked.value() instanceof Long).isEqualTo(fits);
    }

    @Test
    void theOperatorNeedNotBeAMember() {
        assertThat(test.say(readers.get("owner").room(), test.hub.operator(), "hear me")
                        .seq())
                .isPositive();
    }

    @Test
    void theListsHaveABound() {
        TestHub small = TestHub.with(bounds -> bounds.maxRestrictions = 2);
        Reader owner = small.account("owner").join("lobby"); // its role is the first
        List.of("a", "b", "c", "d").forEach(small::account);
        owner.act(Action.INVITE, "a").seq();
        owner.act(Action.INVITE, "b").seq();
        assertThat(owner.act(Action.INVITE, "c").reason()).isEqualTo(Reason.FORBIDDEN);
        owner.act(Action.INVITE, "b").seq();
        owner.act(Action.MAKE_MODERATOR, "a").seq();
        owner.act(Action.MAKE_MODERATOR, "a").seq();
        assertThat(owner.act(Action.MAKE_MODERATOR, "b").reason()).isEqualTo(Reason.FORBIDDEN);
    }

    @Test
    void aFullListOfBansMakesWayForTheNext() {
        TestHub small = TestHub.with(bounds -> bounds.maxRestrictions = 3);
        Reader owner = small.account("owner").join("lobby");
        List.of("a", "b", "c").forEach(small::account);
        small.guest("troll");
        small.guest("troll2");
        long first = owner.act(Action.BAN, "a").seq();
        owner.act(Action.BAN, "b", 60_000).seq();
        owner.act(Action.BAN, "troll").seq();
        owner.act(Action.BAN, "troll2").seq(); // a guest's makes way first
        assertThat(banned(owner)).containsExactly("a", "b", "troll2");
        owner.act(Action.BAN, "c").seq();
        assertThat(banned(owner)).containsExactly("a", "b", "c");
        owner.act(Action.BAN, "troll").seq(); // then the one that ends first
        assertThat(banned(owner)).containsExactly("a", "c", "troll");
        assertThat(owner.room().state().bans().values().iterator().next().number())
                .isEqualTo(first);
    }

    private static List<String> banned(Reader reader) {
        return reader.room().state().bans().values().stream()
                .map(ban -> ban.user().name())
                .toList();
    }
}
