package io.parley.apps.benchmarks.chaos;

import io.parley.apps.benchmarks.evidence.Evidence;
import io.parley.apps.benchmarks.evidence.Seat;
import io.parley.apps.benchmarks.evidence.Tally;
import io.parley.client.ChatClient;
import io.parley.client.ChatException;
import io.parley.client.ClientListener;
import io.parley.client.ClientState;
import io.parley.transport.Transport;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A client of the library in its rooms. One thread opens it and speaks; callbacks listen. */
final class Person implements ClientListener, Attendee {
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(1);
    private static final long ENTER_SECONDS = 30;

    private final Door door;
    private final Tally tally;
    private final List<Seat> seats;
    private final ChatClient client;
    private volatile long origin; // the last known; 0 before the first
    private boolean back; // callbacks only: whether nothing was shown since it is connected again

    Person(String name, boolean account, List<String> rooms, Transport transport, Door door, Tally tally) {
        this.door = door;
        this.tally = tally;
        seats = rooms.stream()
                .map(room -> new Seat(name, room, tally, this::shownOne, () -> {}))
                .toList();
        ChatClient.Builder builder =
                ChatClient.builder().name(name).listener(this).reconnect(true).longestRetry(LONGEST_RETRY);
        if (account) {
            builder.password(Accounts.password(name));
        }
        client = builder.connect(transport, door.address());
        origin = client.origin();
    }

    /** Enters the rooms and says the first message in each, which makes the session worth to be held. */
    void enter() throws Exception {
        for (Seat seat : seats) {
            seat.taken(client.enterAsync(seat.room(), 0, seat).get(ENTER_SECONDS, TimeUnit.SECONDS));
        }
    }

    @Override
    public Map<String, Integer> shown() {
        return seats.stream().collect(Collectors.toMap(Seat::room, Seat::shownCount));
    }

    @Override
    public void say() {
        seats.forEach(Seat::say);
    }

    @Override
    public boolean isSettled() {
        return client.state().phase() == ClientState.Phase.ONLINE
                && seats.stream().allMatch(Seat::isSettled);
    }

    @Override
    public List<Evidence> evidence() {
        long user = client.user().id();
        return seats.stream().map(seat -> seat.evidence(user)).toList();
    }

    private void shownOne() {
        if (back) {
            back = false;
            long since = door.letThroughNanos();
            if (since != 0) {
                tally.back(System.nanoTime() - since);
            }
        }
    }

    @Override
    public void onState(ClientState state) {
        if (state.phase() != ClientState.Phase.ONLINE || origin == 0) {
            return;
        }
        back = true;
        long now = client.origin();
        if (now == origin) {
            tally.count(Tally.Event.RESUMED);
        } else if (tally.count(Tally.Event.NEW_SESSION)) {
            tally.note(client.name() + " began a new session");
        }
        origin = now;
    }

    @Override
    public void onClosed(ChatException why) {
        if (tally.count(Tally.Event.CLIENT_ENDED)) {
            tally.note(client.name() + " ended: " + why.code() + " " + why.getMessage());
        }
    }

    @Override
    public String toString() {
        return client.name() + " is " + client.state() + " in " + seats;
    }

    @Override
    public void leave() {
        client.closeAsync();
    }

    @Override
    public void close() {
        client.close();
    }
}
