package io.parley.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.journal.Journal;
import io.parley.model.Action;
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
            readers.get("owner").room().moderate(test.hub.operator(), action, target, 0, "", answer);
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
            case MAKE_MEMBER, MAKE_MODERATOR, MAKE_OWNER -> actor.startsWith("o");
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
        room.say(stranger, 1, 1, "hello", Tags.NONE, said);
        assertThat(said.reason()).isEqualTo(Reason.NOT_A_MEMBER);
        Answer kicked = new Answer();
        room.moderate(stranger, Action.KICK, "member", 0, "", kicked);
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
    @CsvSource({"KICK", "MAKE_MEMBER", "MAKE_MODERATOR", "MAKE_OWNER"})
    void whoIsNotInTheRoomCannotBeKickedOrGivenARole(Action action) {
        test.account("stranger");
        assertThat(value("owner", action, "stranger")).isEqualTo(Reason.NO_SUCH_USER);
        assertThat(value("owner", action, "nobody")).isEqualTo(Reason.NO_SUCH_USER);
        assertThat(value("owner", action, "no good name")).isEqualTo(Reason.BAD_NAME);
    }

    @ParameterizedTest
    @CsvSource({"BAN", "UNBAN", "MUTE", "UNMUTE", "INVITE", "UNINVITE"})
    void theOthersCanBeDoneToWhoIsAway(Action action) {
        assertThat(value("owner", action, "nobody")).isEqualTo("ok");
    }

    @Test
    void aGuestThatIsAwayIsKnownByItsName() {
        assertThat(value("owner", Action.BAN, "Troll")).isEqualTo("ok");
        assertThat(test.guest("troll").refusedJoin("lobby")).isEqualTo(Reason.BANNED);
        assertThat(value("owner", Action.UNBAN, "TROLL")).isEqualTo("ok");
        test.guest("troll2").join("lobby");
        assertThat(readers.get("owner").room().memberCount()).isEqualTo(7);
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
        readers.get("owner").room().moderate(test.hub.operator(), Action.KICK, "member", 0, "x".repeat(bytes), kicked);
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
        TestHub small = TestHub.with(bounds -> bounds.maxRestrictions = 3);
        Reader owner = small.account("owner").join("lobby"); // its role is the first
        assertThat(owner.act(Action.BAN, "one").seq()).isPositive();
        assertThat(owner.act(Action.INVITE, "two").seq()).isPositive();
        assertThat(owner.act(Action.MUTE, "three").reason()).isEqualTo(Reason.FORBIDDEN);
        assertThat(owner.act(Action.BAN, "four").reason()).isEqualTo(Reason.FORBIDDEN);
        assertThat(owner.act(Action.INVITE, "four").reason()).isEqualTo(Reason.FORBIDDEN);
        assertThat(owner.act(Action.UNBAN, "one").seq()).isPositive();
        assertThat(owner.act(Action.MUTE, "three").seq()).isPositive();
    }
}
