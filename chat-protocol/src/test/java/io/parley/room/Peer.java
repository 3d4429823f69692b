package io.parley.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.model.BacklogRequest;
import io.parley.model.RoomException.Reason;
import io.parley.model.RoomRef;
import io.parley.model.Snapshot;
import io.parley.model.UserItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;

/** One connection of a user: what its outlet was told, and what can be asked through it. */
final class Peer implements Subscriber {
    final Queue<Subscription> ready = new ConcurrentLinkedQueue<>();
    final List<Reader> opened = new ArrayList<>();
    final List<String> renamed = new ArrayList<>();
    final List<String> marked = new ArrayList<>();
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
    public void ready(Subscription cursor) {
        ready.add(cursor);
    }

    @Override
    public void opened(Subscription subscription, Snapshot snapshot) {
        opened.add(new Reader(test, this, new Opening(subscription, snapshot, false, 0, List.of())));
    }

    @Override
    public void renamed(UserItem user) {
        renamed.add(user.name());
    }

    @Override
    public void read(RoomRef room, long seq) {
        marked.add(room.name() + " " + seq);
    }

    Reader join(String room) {
        return join(room, BacklogRequest.NOTHING);
    }

    Reader join(String room, BacklogRequest past) {
        return reader(joining(room, past));
    }

    Reader direct(String name) {
        return reader(opening(name, BacklogRequest.NOTHING));
    }

    CompletableFuture<Opening> joining(String room, BacklogRequest past) {
        return test.join(participant, room, past);
    }

    CompletableFuture<Opening> opening(String name, BacklogRequest past) {
        return test.direct(participant, name, past);
    }

    String rename(String wanted) {
        return test.rename(user(), wanted);
    }

    void exit() {
        test.hub.exit(participant);
    }

    Reason refusedJoin(String room) {
        return Answer.reasonOf(joining(room, BacklogRequest.NOTHING));
    }

    /** The reader of a join that has come through. */
    Reader reader(CompletableFuture<Opening> joined) {
        assertThat(joined).isCompleted();
        return new Reader(test, this, joined.join());
    }
}
