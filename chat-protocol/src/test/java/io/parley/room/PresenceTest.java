package io.parley.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.model.Action;
import io.parley.model.BacklogRequest;
import io.parley.model.Departure;
import io.parley.model.Entry;
import io.parley.model.Member;
import io.parley.model.PresenceMode;
import io.parley.model.RoomSettings;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What members are told of who comes and goes. */
class PresenceTest {
    private final TestHub test = TestHub.create();

    private void later() {
        test.pass(100);
    }

    private Reader joinQuietly(TestHub hub, String room, String name) {
        Reader reader = hub.guest(name).join(room);
        hub.pass(1_000);
        hub.hub.tick();
        reader.read();
        return reader;
    }

    private Reader pinned(PresenceMode mode) {
        Room room = test.room("lobby");
        Answer answer = new Answer();
        Ask.configure(room, test.hub.operator(), new RoomSettings(false, 0, mode), answer);
        answer.seq();
        return joinQuietly(test, "lobby", "alice");
    }

    @Test
    void theFirstNewsComesAtOnceAndTheRestWithTheTick() {
        Reader alice = pinned(PresenceMode.FULL);
        later();
        test.guest("bob").join("lobby");
        assertThat(alice.read()).containsExactly("=2 +bob");
        Reader carol = test.guest("carol").join("lobby");
        test.guest("dave").join("lobby");
        assertThat(alice.read()).isEmpty();
        test.hub.tick();
        assertThat(alice.read()).containsExactly("=4 +carol +dave");
        test.hub.tick();
        assertThat(alice.read()).isEmpty();
        carol.leave();
        assertThat(alice.read()).isEmpty();
        test.hub.tick();
        assertThat(alice.read()).containsExactly("=3 -carol");
    }

    @ParameterizedTest
    @CsvSource({"99, false", "100, true", "101, true"})
    void newsIsHeldBackForAHundredMillis(long millis, boolean told) {
        Reader alice = pinned(PresenceMode.FULL);
        test.guest("bob").join("lobby");
        assertThat(alice.read()).hasSize(1);
        test.pass(millis);
        test.guest("carol").join("lobby");
        assertThat(alice.read()).isEqualTo(told ? List.of("=3 +carol") : List.of());
    }

    @Test
    void aCrowdIsToldItsCountTheLessOftenTheLargerItIs() {
        Reader alice = pinned(PresenceMode.FULL);
        for (int i = 2; i <= 1_000; i++) {
            test.guest("guest" + i).join("lobby");
        }
        test.pass(1_000);
        test.hub.tick();
        List<String> told = alice.read();
        assertThat(told.get(told.size() - 1)).isEqualTo("=1000");
        Reader late = test.guest("late").join("lobby");
        test.hub.tick();
        assertThat(alice.read()).isEmpty();
        test.pass(150);
        test.hub.tick();
        assertThat(alice.read()).isEmpty();
        test.pass(100);
        test.hub.tick();
        assertThat(alice.read()).containsExactly("=1001");
        late.leave();
        alice.say("where to?").seq();
        assertThat(alice.read()).first().isEqualTo("=1000"); // with an entry at once: it wakes everybody anyway
    }

    @Test
    void newsComesBeforeTheEntryThatFollowsIt() {
        Reader alice = pinned(PresenceMode.FULL);
        test.guest("bob").join("lobby");
        Reader carol = test.guest("carol").join("lobby");
        carol.say("hi").seq();
        assertThat(alice.read()).containsExactly("=2 +bob", "=3 +carol", "#2 carol: hi");
    }

    @Test
    void namesComeAndGoInOneBatch() {
        Reader alice = pinned(PresenceMode.FULL);
        Reader bob = test.guest("bob").join("lobby");
        alice.read();
        bob.leave();
        test.guest("carol").join("lobby");
        test.hub.tick();
        assertThat(alice.read()).containsExactly("=2 -bob +carol");
    }

    @Test
    void theReasonForGoingIsTold() {
        List<Departure> left = new ArrayList<>();
        Encoding departures = (room, entry, into) -> {
            if (entry instanceof Entry.Presence news) {
                left.addAll(news.left());
            }
        };
        pinned(PresenceMode.FULL);
        Participant watcher = test.guest("watcher", departures, new Peer(test));
        assertThat(test.join(watcher, "lobby", BacklogRequest.NOTHING)).isCompleted();
        Reader bob = joinQuietly(test, "lobby", "bob");
        bob.room().leave(bob.subscription(), "supper");
        Reader carol = joinQuietly(test, "lobby", "carol");
        Answer kicked = new Answer();
        Ask.moderate(carol.room(), test.hub.operator(), Action.KICK, "carol", 0, "noise", kicked);
        test.hub.tick();
        assertThat(left)
                .extracting(one -> one.user().name() + " " + one.text())
                .containsExactly("bob supper", "carol kicked: noise");
    }

    @Test
    void aCrowdThatLeavesIsToldInEntriesOfBoundedSize() {
        List<Entry.Presence> told = new ArrayList<>();
        Encoding watching = (room, entry, into) -> {
            if (entry instanceof Entry.Presence news) {
                told.add(news);
            }
        };
        pinned(PresenceMode.FULL);
        Participant watcher = test.guest("watcher", watching, new Peer(test));
        assertThat(test.join(watcher, "lobby", BacklogRequest.NOTHING)).isCompleted();
        List<Reader> crowd = new ArrayList<>();
        for (int i = 0; i < 1_500; i++) {
            crowd.add(test.guest("guest" + i).join("lobby"));
        }
        test.pass(1_000);
        test.hub.tick();
        for (Reader one : crowd.subList(0, 1_200)) {
            one.room().leave(one.subscription(), "so long ".repeat(20));
        }
        test.hub.exit(crowd.get(7).subscription().participant());
        Reader heir = test.guest("guest7").join("lobby");
        told.clear();
        test.pass(1_000);
        test.hub.tick();
        assertThat(heir.room().memberCount()).isEqualTo(303);
        assertThat(told).allSatisfy(news -> {
            assertThat(news.count()).isEqualTo(303);
            assertThat(news.left().stream()
                            .mapToInt(one ->
                                    one.user().name().length() + one.text().length())
                            .sum())
                    .isLessThan(10_000);
        });
        assertThat(told.stream()
                        .flatMap(news -> news.left().stream())
                        .map(one -> one.user().name()))
                .hasSizeBetween(1_190, 1_200)
                .doesNotHaveDuplicates()
                .contains("guest7", "guest1199");
        assertThat(told.subList(0, told.size() - 1))
                .allMatch(news -> news.joined().isEmpty());
        assertThat(told.get(told.size() - 1).joined()).extracting(Member::name).contains("guest7");
    }

    @Test
    void aSecondDeviceIsNoNews() {
        Reader alice = pinned(PresenceMode.FULL);
        Peer phone = test.account("bob");
        Reader first = phone.join("lobby");
        later();
        assertThat(alice.read()).containsExactly("=2 +bob");
        Reader second = test.account("bob").join("lobby");
        first.disconnect();
        test.hub.tick();
        assertThat(alice.read()).isEmpty();
        second.leave();
        assertThat(alice.read()).containsExactly("=1 -bob");
    }

    @Test
    void countTellsNoNames() {
        Reader alice = pinned(PresenceMode.COUNT);
        Reader bob = test.guest("bob").join("lobby");
        assertThat(bob.snapshot().members()).isEmpty();
        assertThat(bob.snapshot().memberCount()).isEqualTo(2);
        later();
        bob.room().typing(alice.subscription().participant().user());
        bob.leave();
        assertThat(alice.read()).containsExactly("=2", "=1");
    }

    @Test
    void offTellsNothing() {
        Reader alice = pinned(PresenceMode.OFF);
        Peer peer = test.guest("bob");
        Reader bob = peer.join("lobby");
        later();
        peer.rename("rob");
        alice.room().typing(peer.user());
        bob.leave();
        test.hub.tick();
        assertThat(alice.read()).isEmpty();
        assertThat(bob.snapshot().members()).isEmpty();
        assertThat(bob.snapshot().memberCount()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void namesAreToldUpToTheListingBound(int bound) {
        TestHub small = TestHub.with(bounds -> bounds.maxListed = bound);
        small.room("lobby");
        Reader first = joinQuietly(small, "lobby", "a2");
        for (int i = 2; i <= 4; i++) {
            Reader next = small.guest("a" + (i + 1)).join("lobby");
            assertThat(next.snapshot().members()).hasSize(i <= bound ? i : 0);
            assertThat(next.snapshot().memberCount()).isEqualTo(i);
            assertThat(first.read()).containsExactly(i <= bound ? "=" + i + " +a" + (i + 1) : "=" + i);
            small.pass(1_000);
        }
        User one = first.subscription().participant().user();
        List<String> paged = new ArrayList<>();
        for (String after = ""; ; after = paged.get(paged.size() - 1)) {
            List<Member> page = first.room().members(one, after, bound);
            assertThat(page.size()).isLessThanOrEqualTo(bound);
            if (page.isEmpty()) {
                break;
            }
            page.forEach(listed -> paged.add(listed.name()));
        }
        assertThat(paged).containsExactly("a2", "a3", "a4", "a5");
    }

    @Test
    void typingIsToldOfMembersOnly() {
        Reader alice = pinned(PresenceMode.FULL);
        Peer bob = test.guest("bob");
        alice.room().typing(bob.user());
        assertThat(alice.read()).isEmpty();
        Reader in = bob.join("lobby");
        alice.room().typing(bob.user());
        assertThat(alice.read()).containsExactly("=2 +bob", "~bob");
        in.leave();
        alice.room().typing(bob.user());
        test.hub.tick();
        assertThat(alice.read()).containsExactly("=1 -bob");
    }

    @Test
    void aRenameComesBehindTheNewsOfItsMember() {
        Reader alice = pinned(PresenceMode.FULL);
        test.guest("carol").join("lobby");
        Peer bob = test.guest("bob");
        bob.join("lobby");
        bob.rename("rob");
        assertThat(alice.read()).containsExactly("=2 +carol", "=3 +bob", "bob > rob");
        assertThat(alice.memberNames()).containsExactly("alice", "carol", "rob");
    }

    @Test
    void aTickAfterTheRoomIsGoneDoesNothing() {
        Reader alice = test.guest("alice").join("den");
        Reader bob = test.guest("bob").join("den");
        test.guest("carol").join("den").leave();
        bob.leave();
        alice.leave();
        test.hub.tick();
        assertThat(test.hub.rooms()).isEmpty();
        test.hub.tick();
    }
}
