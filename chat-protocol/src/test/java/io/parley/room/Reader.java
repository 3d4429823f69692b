package io.parley.room;

import io.parley.log.Chunk;
import io.parley.model.Action;
import io.parley.model.Member;
import io.parley.model.RoomException;
import io.parley.model.RoomSettings;
import io.parley.model.Snapshot;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A cursor and its owner, reading lines; not thread-safe. */
final class Reader {
    private final TestHub test;
    private final Peer peer;
    private final Opening joined;
    private final ByteArrayOutputStream half = new ByteArrayOutputStream();

    Reader(TestHub test, Peer peer, Opening joined) {
        this.test = test;
        this.peer = peer;
        this.joined = joined;
    }

    Peer peer() {
        return peer;
    }

    Opening joined() {
        return joined;
    }

    Snapshot snapshot() {
        return joined.snapshot();
    }

    Subscription subscription() {
        return joined.subscription();
    }

    Room room() {
        return subscription().room();
    }

    /** Everything there is, a line per entry; a gap reads {@code GAP from-to}, the end {@code END} and its reason. */
    List<String> read() {
        List<String> lines = new ArrayList<>();
        while (true) {
            Chunk run = subscription().prepare(1 << 15);
            if (run != null) {
                take(run, subscription().remaining(), lines);
            } else if (subscription().isLost()) {
                Subscription.Gap gap = subscription().skip();
                lines.add("GAP " + gap.from() + "-" + gap.to());
            } else {
                if (subscription().isEnded()) {
                    RoomException cause = subscription().endCause();
                    lines.add(cause == null ? "END" : "END " + cause.reason());
                }
                return lines;
            }
        }
    }

    /** Only what has a number. */
    List<String> readNumbered() {
        return read().stream().filter(line -> line.startsWith("#")).toList();
    }

    private void take(Chunk run, int count, List<String> lines) {
        Subscription cursor = subscription();
        for (int i = 0; i < count; i++) {
            byte next = run.array()[cursor.offset() + i];
            if (next == '\n') {
                lines.add(half.toString(StandardCharsets.UTF_8));
                half.reset();
            } else {
                half.write(next);
            }
        }
        cursor.advance(run, count);
    }

    Answer say(String body) {
        return test.say(room(), peer.user(), body);
    }

    Answer topic(String topic) {
        Answer answer = new Answer();
        Ask.topic(room(), peer.user(), topic, answer);
        return answer;
    }

    Answer configure(RoomSettings settings) {
        Answer answer = new Answer();
        Ask.configure(room(), peer.user(), settings, answer);
        return answer;
    }

    Answer act(Action action, String target) {
        return act(action, target, 0);
    }

    Answer act(Action action, String target, long durationMillis) {
        Answer answer = new Answer();
        Ask.moderate(room(), peer.user(), action, target, durationMillis, "", answer);
        return answer;
    }

    /** Leaves for good, and gives up the cursor. */
    void leave() {
        subscription().resign();
        subscription().close();
    }

    /** The session ends, and with it its place in the room. */
    void disconnect() {
        room().leave(subscription(), "");
        subscription().close();
    }

    List<String> memberNames() {
        return room().members(peer.user(), "", Integer.MAX_VALUE).stream()
                .map(Member::name)
                .toList();
    }
}
