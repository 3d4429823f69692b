package io.parley.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.codec.Bytes;
import io.parley.model.EndedMembership;
import io.parley.model.HeldMembership;
import io.parley.testkit.chat.Peer;
import io.parley.wire.Continue;
import io.parley.wire.Frame;
import io.parley.wire.Hello;
import io.parley.wire.Joined;
import io.parley.wire.Resumed;
import io.parley.wire.ServerFrame;
import io.parley.wire.Since;
import io.parley.wire.Welcome;
import io.parley.wire.Wire;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A client of the wire that comes back to its session. One thread. */
final class Comeback {
    private Script script;
    private final Hello hello;
    Peer<ServerFrame> peer;
    Welcome welcome;

    @Nullable
    Resumed resumed;

    private Comeback(Script script, Hello hello, Bytes token) {
        this.script = script;
        this.hello = hello;
        this.peer = connect(token);
        List<ServerFrame> answers = peer.take();
        assertThat(answers.get(0)).isInstanceOf(Welcome.class);
        welcome = (Welcome) answers.get(0);
        resumed = answers.size() > 1 ? (Resumed) answers.get(1) : null;
    }

    /** Logs in as a guest to a session that outlives its connection. */
    static Comeback guest(Script script, String name) {
        return new Comeback(script, Script.hello(1, 1, Wire.GUEST, name.getBytes(StandardCharsets.UTF_8)), Bytes.EMPTY);
    }

    /** Logs in with a password. */
    static Comeback account(Script script, String name, String password) {
        byte[] initial = ("\0" + name + "\0" + password).getBytes(StandardCharsets.UTF_8);
        return new Comeback(script, Script.hello(1, 1, Wire.PLAIN, initial), Bytes.EMPTY);
    }

    private Peer<ServerFrame> connect(Bytes token) {
        Peer<ServerFrame> next = script.stranger().sendBytes(Script.PREFACE).send(with(hello, token));
        script.network.run();
        return next;
    }

    static Hello with(Hello hello, Bytes token) {
        return new Hello(
                hello.minVersion(),
                hello.maxVersion(),
                Wire.CAN_RESUME,
                hello.client(),
                hello.mechanism(),
                hello.initial(),
                token);
    }

    /** The answer to nothing but a token, on a connection of its own. */
    static ServerFrame answerTo(Script script, Bytes token) {
        Peer<ServerFrame> other = script.stranger()
                .sendBytes(Script.PREFACE)
                .send(with(Script.hello(1, 1, Wire.RESUME, new byte[0]), token));
        script.network.run();
        return other.take().get(0);
    }

    Bytes token() {
        return welcome.resumeToken();
    }

    Comeback lose() {
        peer.abort();
        script.network.run();
        return this;
    }

    /** From now on it connects to another server. */
    Comeback to(Script other) {
        script = other;
        return this;
    }

    /** Comes back with the last token, and expects that the session goes on. */
    Comeback back() {
        return back(token());
    }

    Comeback back(Bytes token) {
        Welcome before = welcome;
        peer = connect(token);
        List<ServerFrame> answers = peer.take();
        welcome = (Welcome) answers.get(0);
        resumed = (Resumed) answers.get(1);
        assertThat(answers).hasSize(2);
        assertThat(welcome.resumed()).isTrue();
        assertThat(welcome.origin()).isEqualTo(before.origin());
        assertThat(welcome.user().id()).isEqualTo(before.user().id());
        return this;
    }

    List<HeldMembership> held() {
        return Objects.requireNonNull(resumed).held();
    }

    List<EndedMembership> ended() {
        return Objects.requireNonNull(resumed).ended();
    }

    /** Goes on with a room; what is answered. */
    List<ServerFrame> goOn(Joined room, long since) {
        return send(new Continue(
                99, room.snapshot().room(), new Since(room.snapshot().epoch(), since), 0));
    }

    List<ServerFrame> send(Frame... frames) {
        peer.send(frames);
        script.network.run();
        return peer.take();
    }

    List<ServerFrame> take() {
        script.network.run();
        return peer.take();
    }

    Joined join(String room) {
        return script.join(peer, room);
    }
}
