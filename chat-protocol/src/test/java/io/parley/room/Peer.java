package io.parley.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.model.RoomException.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;

/** One connection of a user: what its outlet was told, and what can be asked through it. */
final class Peer implements Outlet {
    final Queue<Cursor> ready = new ConcurrentLinkedQueue<>();
    final List<Reader> opened = new ArrayList<>();
    private final TestHub test;
    private Participant participant;

    Peer(TestHub test) {
        this.test = test;
    }

    Peer as(Participant entered) {
        participant = entered;
        return this;
    }

    Participant participant() {
        return participant;
    }

    User user() {
        return participant.user();
    }

    String name() {
        return user().name();
    }

    @Override
    public void ready(Cursor cursor) {
        ready.add(cursor);
    }

    @Override
    public void opened(Joined joined) {
        opened.add(new Reader(test, this, joined));
    }

    Reader join(String room) {
        return join(room, Past.NOTHING);
    }

    Reader join(String room, Past past) {
        return reader(participant.join(room, past));
    }

    Reader direct(String name) {
        return reader(participant.direct(name, Past.NOTHING));
    }

    Reason refusedJoin(String room) {
        return Answer.reasonOf(participant.join(room, Past.NOTHING));
    }

    /** The reader of a join that has come through. */
    Reader reader(CompletableFuture<Joined> joined) {
        assertThat(joined).isCompleted();
        return new Reader(test, this, joined.join());
    }
}
