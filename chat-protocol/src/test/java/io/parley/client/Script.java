package io.parley.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.codec.Bytes;
import io.parley.model.PresenceMode;
import io.parley.model.Role;
import io.parley.model.RoomKind;
import io.parley.model.RoomSettings;
import io.parley.model.Tags;
import io.parley.testkit.chat.Ears;
import io.parley.testkit.chat.Peer;
import io.parley.transport.memory.MemoryAddress;
import io.parley.transport.memory.MemoryNetwork;
import io.parley.wire.ClientFrame;
import io.parley.wire.Frame;
import io.parley.wire.History;
import io.parley.wire.HistoryPage;
import io.parley.wire.Join;
import io.parley.wire.Joined;
import io.parley.wire.Limits;
import io.parley.wire.RoomSnapshot;
import io.parley.wire.Say;
import io.parley.wire.ServerFrame;
import io.parley.wire.Welcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;

/** A client on a network in memory, and a server that follows a script. One thread. */
final class Script {
    static final long ORIGIN = 42;
    static final long EPOCH = 7;
    static final int ROOM = 1;
    static final int IN_FLIGHT = 4;
    private static final MemoryAddress ADDRESS = new MemoryAddress("server");

    final MemoryNetwork network;
    final Peer<ClientFrame> server = Peer.accepted();
    final CompletableFuture<ChatException> closed = new CompletableFuture<>();
    final CompletableFuture<ChatClient> coming;

    Script() {
        this(MemoryNetwork.seeded(11), builder -> builder);
    }

    Script(MemoryNetwork network, UnaryOperator<ChatClient.Builder> options) {
        this.network = network;
        try {
            network.transport().listen(ADDRESS, remote -> server);
        } catch (IOException no) {
            throw new UncheckedIOException(no);
        }
        coming = options.apply(ChatClient.builder()
                        .name("alice")
                        .scheduler(network.scheduler())
                        .listener(new ClientListener() {
                            @Override
                            public void onClosed(ChatException why) {
                                closed.complete(why);
                            }
                        }))
                .connectAsync(network.transport(), ADDRESS);
        network.run();
    }

    /** A client that has been let in. */
    static Script open() {
        return open(builder -> builder);
    }

    static Script open(UnaryOperator<ChatClient.Builder> options) {
        Script script = new Script(MemoryNetwork.seeded(11), options);
        script.tell(welcome());
        assertThat(script.coming).isCompleted();
        script.server.take();
        return script;
    }

    ChatClient client() {
        return coming.join();
    }

    /** Has the server send frames, in one packet as far as the network allows, and gives what the client answers. */
    List<ClientFrame> tell(Frame... frames) {
        server.sendBytes(bytes(frames));
        network.run();
        return server.take();
    }

    List<ClientFrame> advance(Duration time) {
        network.advance(time);
        return server.take();
    }

    /** Enters the one room; the client has seen nothing before {@code head}. */
    ChatRoom enter(long head, Ears ears) {
        CompletableFuture<ChatRoom> entering = client().enterAsync("lobby", 0, ears);
        network.run();
        List<ClientFrame> asked = server.take();
        assertThat(asked).hasSize(1).hasOnlyElementsOfType(Join.class);
        tell(new Joined(((Join) asked.get(0)).id(), snapshot(head), false));
        return entering.join();
    }

    /** The one HISTORY among what the client sent. */
    static History history(List<ClientFrame> frames) {
        assertThat(frames).hasSize(1).hasOnlyElementsOfType(History.class);
        return (History) frames.get(0);
    }

    static List<Say> says(List<ClientFrame> frames) {
        return frames.stream()
                .filter(Say.class::isInstance)
                .map(Say.class::cast)
                .toList();
    }

    static int codeOf(CompletableFuture<?> future) {
        assertThat(future).isCompletedExceptionally();
        try {
            future.join();
            throw new AssertionError();
        } catch (CompletionException failed) {
            return ((ChatException) failed.getCause()).code();
        }
    }

    static Welcome welcome() {
        Limits limits = new Limits(1 << 17, 1_000, 1_000, IN_FLIGHT, 200, 10, 30_000);
        return new Welcome(1, 0, ORIGIN, Bytes.EMPTY, false, "alice", limits, "script");
    }

    static RoomSnapshot snapshot(long head) {
        return snapshot(head, 1);
    }

    static RoomSnapshot snapshot(long head, long floor) {
        return new RoomSnapshot(
                ROOM,
                RoomKind.ROOM,
                "lobby",
                EPOCH,
                head,
                floor,
                "",
                Role.MEMBER,
                new RoomSettings(false, 0, PresenceMode.FULL),
                1,
                List.of());
    }

    static io.parley.wire.Message message(long seq) {
        return new io.parley.wire.Message(ROOM, seq, 1_000 + seq, 1, 1, "bob", "no " + seq, Tags.NONE);
    }

    static io.parley.wire.Message own(long seq, long cid) {
        return new io.parley.wire.Message(ROOM, seq, 1_000 + seq, ORIGIN, cid, "alice", "no " + seq, Tags.NONE);
    }

    static ServerFrame page(long id, long from, long to, long floor, boolean more) {
        Frame[] entries =
                LongStream.rangeClosed(from, to).mapToObj(Script::message).toArray(Frame[]::new);
        return page(id, floor, more, entries);
    }

    static ServerFrame page(long id, long floor, boolean more, Frame... entries) {
        return new HistoryPage(id, ROOM, EPOCH, floor, 1_000_000, more, Bytes.of(bytes(entries)));
    }

    static byte[] bytes(Frame... frames) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (Frame frame : frames) {
            all.writeBytes(frame.toBytes());
        }
        return all.toByteArray();
    }

    static List<Long> numbers(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }
}
