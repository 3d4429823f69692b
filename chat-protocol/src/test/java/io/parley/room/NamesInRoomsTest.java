package io.parley.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.log.Chunk;
import io.parley.model.BacklogRequest;
import io.parley.model.Member;
import io.parley.model.RoomException;
import io.parley.model.Snapshot;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Names that change hands. */
class NamesInRoomsTest {
    private final TestHub test = TestHub.create();

    /** While alice's new name is told in one room, somebody takes the old one and comes into the other. */
    @Test
    void aNameTakenOverAtOnceIsListedInEveryRoom() {
        List<Room> rooms = List.of(test.room("one"), test.room("two"));
        Peer alice = test.guest("alice");
        List<Peer> next = new ArrayList<>();
        Subscriber quick = new Subscriber() {
            @Override
            public void ready(Subscription cursor) {
                if (next.isEmpty() && test.hub.user("alice") == null) {
                    next.add(test.guest("alice"));
                    rooms.forEach(room -> next.get(0).joining(room.name(), BacklogRequest.NOTHING));
                }
            }

            @Override
            public void opened(Subscription subscription, Snapshot snapshot) {}
        };
        Participant watcher = test.guest("watcher", TestHub.LINES, quick);
        for (Room room : rooms) {
            alice.join(room.name());
            Subscription cursor = test.join(watcher, room.name(), BacklogRequest.NOTHING)
                    .join()
                    .subscription();
            for (Chunk run = cursor.prepare(100); run != null; run = cursor.prepare(100)) {
                cursor.advance(run, cursor.remaining());
            }
            assertThat(cursor.sleep()).isTrue();
        }
        alice.rename("alicia");
        assertThat(next).hasSize(1);
        for (Room room : rooms) {
            assertThat(room.members(test.hub.operator(), "", 10))
                    .as(room.name())
                    .extracting(Member::name)
                    .containsExactly("alice", "alicia", "watcher");
        }
    }

    @Test
    void whoHasGoneTakesNoName() {
        Peer alice = test.guest("alice");
        alice.exit();
        try {
            alice.rename("bob");
        } catch (RoomException gone) {
            // as good
        }
        assertThat(test.hub.user("bob")).isNull();
        assertThat(test.guest("bob").name()).isEqualTo("bob");
    }

    @Test
    void thereIsNoHistoryOfAnnouncements() {
        assertThat(test.say(test.hub.announcements(), test.hub.operator(), "one")
                        .seq())
                .isEqualTo(1);
        Peer alice = test.guest("alice");
        Snapshot snapshot =
                alice.reader(test.hub.joinAnnouncements(alice.participant())).snapshot();
        assertThat(snapshot.head()).isEqualTo(1);
        assertThat(snapshot.floor()).isEqualTo(2);
    }
}
