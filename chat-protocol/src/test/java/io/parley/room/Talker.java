package io.parley.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.model.BacklogRequest;
import io.parley.model.Snapshot;
import io.parley.model.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A session and what it is told, used as a gateway does. */
final class Talker implements Subscriber {
    final List<String> told = new ArrayList<>(); // waits and goes on
    private Session session;
    private Subscription lobby;
    private long cids;

    Talker as(Session entered) {
        session = entered;
        return this;
    }

    Session session() {
        return session;
    }

    Subscription lobby() {
        return lobby;
    }

    /** Says something in the lobby; it is ordered with the next {@link #settle}. */
    Answer say(String body) {
        return say(body, Tags.NONE);
    }

    Answer say(String body, Tags tags) {
        Answer answer = new Answer();
        session.say(lobby, ++cids, body, tags, answer);
        return answer;
    }

    Answer topic(String topic) {
        Answer answer = new Answer();
        session.setTopic(lobby, ++cids, topic, answer);
        return answer;
    }

    boolean settle() {
        return session.settle();
    }

    CompletableFuture<Opening> joining(String room) {
        return session.join(room, BacklogRequest.NOTHING);
    }

    Talker joins() {
        CompletableFuture<Opening> joined = joining("lobby");
        assertThat(joined).isCompleted();
        lobby = joined.join().subscription();
        return this;
    }

    @Override
    public void ready(Subscription subscription) {}

    @Override
    public void opened(Subscription subscription, Snapshot snapshot) {}

    @Override
    public void waits() {
        told.add("waits");
    }

    @Override
    public void goesOn() {
        told.add("goes on");
    }
}
