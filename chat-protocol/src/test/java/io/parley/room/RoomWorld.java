package io.parley.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.journal.Journal;
import io.parley.model.BacklogRequest;
import io.parley.model.Entry;
import io.parley.model.EntryPage;
import io.parley.model.Member;
import io.parley.model.Restriction;
import io.parley.model.Role;
import io.parley.model.RoomException.Reason;
import io.parley.model.RoomState;
import io.parley.model.Snapshot;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A hub and {@link RoomModel} side by side: everything is done to both, and what comes of it compared. */
final class RoomWorld {
    static final int USERS = 4;
    static final int DEVICES = 2;

    /** As {@link TestHub#LINES}, but presence tells the count only. */
    private static final Encoding COUNTS = (room, entry, into) ->
            into.put(((entry instanceof Entry.Presence news ? "=" + news.count() : TestHub.line(entry)) + "\n")
                    .getBytes(StandardCharsets.US_ASCII));

    /** How an order is put to the room. */
    interface Order {
        void put(Room room, Outcome outcome);
    }

    final TestHub test = TestHub.create();
    final RoomModel model = new RoomModel(USERS);
    final Participant[][] participants = new Participant[USERS][DEVICES];
    final ModelLog.Reader[][] readers = new ModelLog.Reader[USERS][DEVICES];
    Room room; // as of the last join

    RoomWorld() {
        for (int user = 0; user < USERS; user++) {
            for (int device = 0; device < DEVICES; device++) {
                participants[user][device] = test.account("" + user, "n" + user, COUNTS, new Peer(test));
            }
        }
    }

    User user(int user) {
        return participants[user][0].user();
    }

    void join(int user, int device) {
        Reason no = model.refusal(user);
        ModelLog.Reader former = readers[user][device];
        if (former != null && former.isOver()) {
            close(user, device);
            former = null;
        }
        CompletableFuture<Opening> joining = test.join(participants[user][device], "lobby", BacklogRequest.NOTHING);
        if (no != null) {
            assertThat(Answer.reasonOf(joining)).isEqualTo(no);
            return;
        }
        assertThat(joining).isCompleted();
        Snapshot snapshot = joining.join().snapshot();
        assertThat(snapshot.head()).isEqualTo(model.head());
        assertThat(snapshot.state().topic()).isEqualTo(model.topic);
        Subscription cursor = joining.join().subscription();
        room = cursor.room();
        ModelLog.Reader reader = model.join(user, device, cursor);
        assertThat(snapshot.memberCount()).isEqualTo(model.members.size());
        if (former != null) {
            close(user, device);
        }
        readers[user][device] = reader;
    }

    private void close(int user, int device) {
        ModelLog.Reader reader = readers[user][device];
        reader.drain();
        assertThat(reader.subscription().isEnded()).isTrue();
        reader.subscription().close();
        model.closed(reader);
        readers[user][device] = null;
    }

    void leave(int user, int device) {
        ModelLog.Reader reader = readers[user][device];
        if (reader != null) {
            reader.subscription().resign();
            if (!reader.isOver()) {
                model.leave(user, device);
            }
        }
    }

    void order(Object expected, Order order) {
        if (room != null) {
            Answer answer = new Answer();
            order.put(room, answer);
            assertThat(answer.value()).isEqualTo(expected);
        }
    }

    void check() {
        assertThat(test.hub.rooms()).isEqualTo(model.open ? List.of(room) : List.of());
        if (model.open) {
            assertThat(room.memberCount()).isEqualTo(model.members.size());
            assertThat(room.head()).isEqualTo(model.head());
            assertThat(room.topic()).isEqualTo(model.topic);
            checkState(room.state());
        }
    }

    private void checkState(RoomState state) {
        assertThat(state.settings()).isEqualTo(model.settings);
        for (int user = 0; user < USERS; user++) {
            long id = user(user).id();
            assertThat(state.role(id)).isEqualTo(model.roles.getOrDefault(user, Role.MEMBER));
            assertThat(state.invited().containsKey(id)).isEqualTo(model.invited.contains(user));
            assertThat(isRunning(state.bans().get(id))).isEqualTo(model.bans.getOrDefault(user, 0L) > model.now);
            assertThat(isRunning(state.mutes().get(id))).isEqualTo(model.mutes.getOrDefault(user, 0L) > model.now);
        }
    }

    private boolean isRunning(Restriction restriction) {
        return restriction != null && restriction.isRunning(model.now);
    }

    void checkAtTheEnd() {
        for (int user = 0; user < USERS; user++) {
            for (ModelLog.Reader reader : readers[user]) {
                if (reader != null) {
                    reader.drain();
                }
            }
            if (model.isMember(user)) {
                checkAsSeenBy(user);
            }
        }
    }

    private void checkAsSeenBy(int user) {
        List<String> names = new ArrayList<>();
        model.members.keySet().forEach(member -> names.add(model.names[member]));
        assertThat(room.members(user(user), "", 100))
                .extracting(Member::name)
                .isEqualTo(names.stream().sorted().toList());
        List<String> lines = new ArrayList<>();
        for (long after = 0; after < model.head(); after = lines.size()) {
            EntryPage page = room.history(user(user), after, Journal.NONE, 7).join();
            page.entries().forEach(entry -> lines.add(TestHub.line(entry)));
        }
        assertThat(lines).isEqualTo(model.history);
    }
}
