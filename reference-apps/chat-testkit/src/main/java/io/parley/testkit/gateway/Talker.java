package io.parley.testkit.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.testkit.transport.Probe;
import io.parley.transport.Connection;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Stream;

/** A user of the gateway: a speaker and its connection. The test's thread calls it. */
final class Talker {
    private final Stage stage;
    private final Probe probe;
    private final Speaker speaker; // lock
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Heard> heard = new ArrayList<>(); // lock
    private boolean answering = true; // lock
    private int pings; // lock
    private long given; // bytes; lock
    private String name = ""; // the test's thread

    Talker(Stage stage, Speaker speaker, Probe probe) {
        this.stage = stage;
        this.speaker = speaker;
        this.probe = probe.whenBytes(this::hear);
    }

    private void hear(ByteBuffer bytes) {
        lock.lock();
        try {
            speaker.hear(bytes, new Notes());
            if (bytes.hasRemaining()) {
                throw new IllegalStateException("a speaker leaves " + bytes.remaining() + " bytes");
            }
        } finally {
            lock.unlock();
        }
    }

    private final class Notes implements Speaker.Hearing {
        @Override
        public void heard(Heard what) {
            heard.add(what);
        }

        @Override
        public void reply(byte[] bytes) {
            put(bytes);
        }

        @Override
        public void pinged(byte[] answer) {
            pings++;
            if (answering) {
                put(answer);
            }
        }
    }

    // ---- speaking

    /** Sends what the speaker makes of a wish. */
    Talker send(Function<Speaker, byte[]> wish) {
        lock.lock();
        try {
            put(wish.apply(speaker));
        } finally {
            lock.unlock();
        }
        return this;
    }

    /** Sends several wishes in one piece. */
    Talker sendTogether(List<Function<Speaker, byte[]>> wishes) {
        lock.lock();
        try {
            List<byte[]> parts =
                    wishes.stream().map(wish -> wish.apply(speaker)).toList();
            ByteBuffer all = ByteBuffer.allocate(
                    parts.stream().mapToInt(part -> part.length).sum());
            parts.forEach(all::put);
            put(all.array());
        } finally {
            lock.unlock();
        }
        return this;
    }

    /** Sends one byte after the other: each when the server has the one before. Nobody else may send meanwhile. */
    Talker trickle(Function<Speaker, byte[]> wish) {
        byte[] bytes;
        lock.lock();
        try {
            bytes = wish.apply(speaker);
        } finally {
            lock.unlock();
        }
        for (byte one : bytes) {
            long before = stage.server().stats().bytesIn();
            sendBytes(new byte[] {one});
            await("a byte came", () -> stage.server().stats().bytesIn() > before);
        }
        return this;
    }

    Talker sendBytes(byte[] bytes) {
        lock.lock();
        try {
            put(bytes);
        } finally {
            lock.unlock();
        }
        return this;
    }

    /** Under the lock. */
    private void put(byte[] bytes) {
        given += bytes.length;
        probe.send(bytes);
    }

    Talker say(String text) {
        return send(speaker -> speaker.say(text));
    }

    /** Logs in and waits for it. */
    Talker login(String wanted) {
        send(speaker -> speaker.login(wanted));
        await("logged in as " + wanted, () -> heard(Heard.LoggedIn.class).size() == 1);
        assertThat(heard(Heard.LoggedIn.class).get(0).name()).isEqualTo(wanted);
        name = wanted;
        return this;
    }

    /** Joins a room and waits for it. */
    Talker join(String room) {
        int before = heard(Heard.Joined.class).size();
        send(speaker -> speaker.join(room));
        await("joined " + room, () -> heard(Heard.Joined.class).size() > before);
        return this;
    }

    // ---- hearing

    String name() {
        return name;
    }

    List<Heard> heard() {
        lock.lock();
        try {
            return List.copyOf(heard);
        } finally {
            lock.unlock();
        }
    }

    <T extends Heard> List<T> heard(Class<T> kind) {
        return heard().stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** Who said what, in order, without what it said itself. */
    List<String> said() {
        return heard(Heard.Said.class).stream()
                .map(one -> one.who() + ": " + one.text())
                .toList();
    }

    /** The messages of the user itself that it was told of. */
    List<String> own() {
        return heard(Heard.Own.class).stream().map(Heard.Own::text).toList();
    }

    /** What was said in order, its own too as far as it was told of that. */
    List<String> inOrder() {
        return heard().stream()
                .flatMap(one -> one instanceof Heard.Own own
                        ? Stream.of(name + ": " + own.text())
                        : one instanceof Heard.Said said ? Stream.of(said.who() + ": " + said.text()) : Stream.of())
                .toList();
    }

    int pings() {
        lock.lock();
        try {
            return pings;
        } finally {
            lock.unlock();
        }
    }

    void answerNoPings() {
        lock.lock();
        try {
            answering = false;
        } finally {
            lock.unlock();
        }
    }

    // ---- waiting

    /** Waits until a condition holds; what was heard is in the failure. */
    Talker await(String what, BooleanSupplier condition) {
        try {
            stage.settle(what, condition);
        } catch (AssertionError late) {
            throw new AssertionError(late.getMessage() + "; heard " + tail() + "; " + end(), late);
        }
        return this;
    }

    private List<Heard> tail() {
        List<Heard> all = heard();
        return all.subList(Math.max(0, all.size() - 20), all.size());
    }

    private String end() {
        return probe.isClosed() ? "ended with " + probe.disconnect() : "still connected";
    }

    /** Waits for something exactly. */
    Talker awaits(Heard what) {
        return await(String.valueOf(what), () -> heard().contains(what));
    }

    /** Waits for a message of somebody else. */
    Talker awaitsSaid(String who, String text) {
        return await(who + " says " + text, () -> said().contains(who + ": " + text));
    }

    /** Waits for a refusal, and checks that it is the expected one as far as the protocol says it. */
    Talker awaitsRefusal(Integer... codes) {
        await("refused", () -> !heard(Heard.Refused.class).isEmpty());
        Heard.Refused refused = heard(Heard.Refused.class).get(0);
        stage.check(refused.code(), refused.text(), codes);
        return this;
    }

    /** Waits for the end of the membership, and checks why as far as the protocol says it. */
    Talker awaitsEnded(Integer... codes) {
        await("ended", () -> !heard(Heard.Ended.class).isEmpty());
        Heard.Ended ended = heard(Heard.Ended.class).get(0);
        stage.check(ended.code(), ended.text(), codes);
        return this;
    }

    /** How many bytes it has sent, or is about to send. */
    long given() {
        lock.lock();
        try {
            return given;
        } finally {
            lock.unlock();
        }
    }

    boolean isRefused() {
        return !heard(Heard.Refused.class).isEmpty();
    }

    boolean isOver() {
        return probe.isClosed();
    }

    /** Waits until the connection has ended. */
    Talker awaitsEnd() {
        return await("the connection ends", this::isOver);
    }

    // ---- the connection

    Probe probe() {
        return probe;
    }

    /** Reads nothing from now on. */
    Talker stopReading() {
        probe.call(Connection::pauseReads);
        return this;
    }

    Talker readOn() {
        probe.call(Connection::resumeReads);
        return this;
    }

    /** Loses the connection. */
    Talker abort() {
        probe.call(Connection::abort);
        return this;
    }

    /** Ends the connection in order, without a goodbye. */
    Talker close() {
        probe.call(Connection::close);
        return this;
    }
}
