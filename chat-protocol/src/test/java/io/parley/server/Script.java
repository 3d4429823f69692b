package io.parley.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.codec.Bytes;
import io.parley.model.Tags;
import io.parley.testkit.chat.Peer;
import io.parley.transport.memory.MemoryAddress;
import io.parley.transport.memory.MemoryNetwork;
import io.parley.wire.Frame;
import io.parley.wire.Hello;
import io.parley.wire.Join;
import io.parley.wire.Joined;
import io.parley.wire.Moderated;
import io.parley.wire.Say;
import io.parley.wire.ServerFrame;
import io.parley.wire.Welcome;
import io.parley.wire.Wire;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** A server on a network in memory, and peers that follow a script. One thread. */
final class Script {
    static final MemoryAddress ADDRESS = new MemoryAddress("server");
    static final byte[] PREFACE = Wire.PREFACE.toArray();

    final MemoryNetwork network;
    final ChatServer server;

    Script() {
        this(MemoryNetwork.seeded(7), builder -> builder);
    }

    Script(UnaryOperator<ChatServer.Builder> options) {
        this(MemoryNetwork.seeded(7), options);
    }

    Script(MemoryNetwork network, UnaryOperator<ChatServer.Builder> options) {
        this.network = network;
        try {
            server = options.apply(ChatServer.builder()
                            .listen(network.transport(), ADDRESS)
                            .scheduler(network.scheduler()))
                    .start();
        } catch (IOException no) {
            throw new UncheckedIOException(no);
        }
    }

    /** Connects and says nothing. */
    Peer<ServerFrame> stranger() {
        Peer<ServerFrame> peer = Peer.connect(network.transport(), ADDRESS);
        network.run();
        return peer;
    }

    /** Connects and logs in. */
    Peer<ServerFrame> guest(String name) {
        Peer<ServerFrame> peer = stranger().sendBytes(PREFACE).send(hello(name));
        network.run();
        assertThat(peer.take()).hasSize(1).hasOnlyElementsOfType(Welcome.class);
        return peer;
    }

    /** Joins without backlog; the request has the id 1. */
    Joined join(Peer<ServerFrame> peer, String room) {
        peer.send(new Join(1, room, null, 0, ""));
        network.run();
        List<ServerFrame> answers = peer.take();
        assertThat(answers.get(0)).isInstanceOf(Joined.class);
        assertThat(answers.stream().skip(1)).allMatch(Moderated.class::isInstance);
        return (Joined) answers.get(0);
    }

    /** The id of somebody who is here. */
    long id(String name) {
        return Objects.requireNonNull(server.hub().user(name)).id();
    }

    /** A room of the server's: nobody becomes its owner, so the first message has the number 1. */
    void room(String name) {
        server.hub().room(name);
        network.run();
    }

    List<ServerFrame> run(Peer<ServerFrame> peer) {
        network.run();
        return peer.take();
    }

    List<ServerFrame> advance(Peer<ServerFrame> peer, Duration time) {
        network.advance(time);
        return peer.take();
    }

    static Hello hello(String name) {
        return hello(1, 1, Wire.GUEST, name.getBytes(StandardCharsets.UTF_8));
    }

    static Hello hello(int min, int max, String mechanism, byte[] initial) {
        return new Hello(min, max, 0, "script", mechanism, Bytes.of(initial), Bytes.EMPTY);
    }

    static Say say(int room, long cid, String body) {
        return new Say(room, cid, body, Tags.NONE);
    }

    static byte[] bytes(Object... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (Object part : parts) {
            all.writeBytes(part instanceof Frame frame ? frame.toBytes() : (byte[]) part);
        }
        return all.toByteArray();
    }

    /** A frame of any type and payload. */
    static byte[] frame(int type, int... payload) {
        byte[] bytes = new byte[4 + payload.length];
        bytes[0] = (byte) type;
        bytes[1] = (byte) (payload.length >> 16);
        bytes[2] = (byte) (payload.length >> 8);
        bytes[3] = (byte) payload.length;
        for (int i = 0; i < payload.length; i++) {
            bytes[4 + i] = (byte) payload[i];
        }
        return bytes;
    }
}
