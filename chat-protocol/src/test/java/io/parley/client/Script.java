package io.parley.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.codec.ByteWriter;
import io.parley.codec.Bytes;
import io.parley.model.Action;
import io.parley.model.HeldMembership;
import io.parley.model.Member;
import io.parley.model.People;
import io.parley.model.Role;
import io.parley.model.RoomKind;
import io.parley.model.RoomSettings;
import io.parley.model.Tags;
import io.parley.model.UserItem;
import io.parley.testkit.chat.Ears;
import io.parley.testkit.chat.Peer;
import io.parley.transport.memory.MemoryAddress;
import io.parley.transport.memory.MemoryNetwork;
import io.parley.wire.ClientFrame;
import io.parley.wire.Frame;
import io.parley.wire.Gap;
import io.parley.wire.Hello;
import io.parley.wire.History;
import io.parley.wire.HistoryPage;
import io.parley.wire.Join;
import io.parley.wire.Joined;
import io.parley.wire.Limits;
import io.parley.wire.Moderated;
import io.parley.wire.Resumed;
import io.parley.wire.RoomSnapshot;
import io.parley.wire.Say;
import io.parley.wire.ServerFrame;
import io.parley.wire.TopicChanged;
import io.parley.wire.Welcome;
import io.parley.wire.Wire;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** A client on a network in memory, and a server that follows a script. One thread. */
final class Script {
    static final long ORIGIN = 42;
    static final long EPOCH = 7;
    static final Bytes TOKEN = Bytes.fromHex("000000000000002a0102030405060708090a0b0c0d0e0f10");
    static final int ROOM = 1;
    static final int IN_FLIGHT = 4;
    static final UserItem ALICE = People.guest(ORIGIN, "alice");
    static final UserItem BOB = People.guest(1, "bob");
    static final MemoryAddress ADDRESS = new MemoryAddress("server");

    final MemoryNetwork network;
    final List<Peer<ClientFrame>> servers = new ArrayList<>(); // its ends of the connections, the last one last
    Peer<ClientFrame> server = Peer.accepted(); // of the present connection
    final CompletableFuture<ChatException> closed = new CompletableFuture<>();
    final CompletableFuture<ChatClient> coming;

    Script() {
        this(MemoryNetwork.seeded(11), builder -> builder);
    }

    Script(MemoryNetwork network, UnaryOperator<ChatClient.Builder> options) {
        this.network = network;
        try {
            network.transport().listen(ADDRESS, remote -> accept());
        } catch (IOException no) {
            throw new UncheckedIOException(no);
        }
        coming = options.apply(ChatClient.builder()
                        .name("alice")
                        .reconnect(false)
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

    private Peer<ClientFrame> accept() {
        server = servers.isEmpty() ? server : Peer.accepted();
        servers.add(server);
        return server;
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

    /** A client that has been let in, and that comes back by itself. */
    static Script lasting() {
        return lasting(builder -> builder);
    }

    static Script lasting(UnaryOperator<ChatClient.Builder> options) {
        Script script = new Script(MemoryNetwork.seeded(11), builder -> options.apply(builder.reconnect(true)));
        script.tell(welcome(ORIGIN, false));
        assertThat(script.coming).isCompleted();
        script.server.take();
        return script;
    }

    /** Cuts the connection, and lets the client come back at once; gives how it does. */
    Hello comeBack() {
        int before = servers.size();
        server.abort();
        return back(before + 1);
    }

    /** Cuts the connection, and keeps the client from coming back. */
    void goOffline() {
        network.refuse(ADDRESS);
        server.abort();
        network.run();
    }

    /** Lets the client come back that was kept from it; gives how it does. */
    Hello back() {
        network.allow(ADDRESS);
        return back(servers.size() + 1);
    }

    private Hello back(int connections) {
        network.advance(Duration.ofMillis(900)); // time for three attempts
        assertThat(servers).hasSize(connections);
        return only(Hello.class, server.take());
    }

    /** Cuts the connection and lets the client go on with its session; gives what it sends behind the login. */
    List<ClientFrame> resume(Resumed memberships) {
        assertThat(comeBack().resumeToken()).isEqualTo(TOKEN);
        return tell(welcome(ORIGIN, true), memberships);
    }

    /** Cuts the connection and gives the client a new session; gives what it sends behind the login. */
    List<ClientFrame> restart(long origin) {
        comeBack();
        return tell(welcome(origin, false));
    }

    static Welcome welcome(long origin, boolean resumed) {
        Limits limits = welcome().limits();
        return new Welcome(1, Wire.CAN_RESUME, origin, TOKEN, resumed, People.guest(origin, "alice"), limits, "script");
    }

    static Resumed held(int... rooms) {
        return new Resumed(Arrays.stream(rooms).mapToObj(Script::membership).toList(), List.of());
    }

    static HeldMembership membership(int room) {
        return new HeldMembership(room, RoomKind.ROOM, EPOCH, 0, 0, "lobby");
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

    /** Enters the one room as its snapshot has it; what else is given comes with the answer. */
    ChatRoom enter(Ears ears, RoomSnapshot snapshot, Frame... more) {
        CompletableFuture<ChatRoom> entering = client().enterAsync("lobby", 0, ears);
        network.run();
        Frame joined = new Joined(only(Join.class, server.take()).id(), snapshot, false);
        tell(Stream.concat(Stream.of(joined), Stream.of(more)).toArray(Frame[]::new));
        return entering.join();
    }

    /** What the client has sent since it was asked last. */
    List<ClientFrame> sent() {
        network.run();
        return server.take();
    }

    /** The one frame that there is. */
    static <F extends ClientFrame> F only(Class<F> type, List<ClientFrame> frames) {
        assertThat(frames).hasSize(1).hasOnlyElementsOfType(type);
        return type.cast(frames.get(0));
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
        return new Welcome(1, 0, ORIGIN, Bytes.EMPTY, false, ALICE, limits, "script");
    }

    static RoomSnapshot snapshot(long head) {
        return snapshot(head, 1);
    }

    static RoomSnapshot snapshot(long head, long floor) {
        return snapshot(head, floor, Role.MEMBER);
    }

    static RoomSnapshot snapshot(long head, long floor, Role role, Member... members) {
        return new RoomSnapshot(
                ROOM,
                RoomKind.ROOM,
                "lobby",
                EPOCH,
                head,
                floor,
                "",
                role,
                RoomSettings.DEFAULT,
                Math.max(1, members.length),
                List.of(members),
                0,
                0);
    }

    static Gap gap(long from, long to) {
        return new Gap(from, to, snapshot(to));
    }

    static io.parley.wire.Message message(long seq) {
        return new io.parley.wire.Message(ROOM, seq, 1_000 + seq, 1, 1, BOB, "no " + seq, Tags.NONE);
    }

    static io.parley.wire.Message own(long seq, long cid) {
        return new io.parley.wire.Message(ROOM, seq, 1_000 + seq, ORIGIN, cid, ALICE, "no " + seq, Tags.NONE);
    }

    static ServerFrame page(long id, long from, long to, long floor, boolean more) {
        Frame[] entries =
                LongStream.rangeClosed(from, to).mapToObj(Script::message).toArray(Frame[]::new);
        return page(id, floor, more, entries);
    }

    static ServerFrame page(long id, long floor, boolean more, Frame... entries) {
        return page(id, floor, more, bytes(entries));
    }

    static ServerFrame page(long id, long floor, boolean more, byte[] entries) {
        return new HistoryPage(id, ROOM, EPOCH, floor, 1_000_000, more, Bytes.of(entries));
    }

    static TopicChanged topic(long seq, String topic) {
        return new TopicChanged(ROOM, seq, 1_000, 1, 1, BOB, topic);
    }

    static Moderated moderated(long seq, Action action, UserItem target) {
        return new Moderated(ROOM, seq, 1_000, 1, 1, BOB, action.code(), target, 0, 0, "");
    }

    /** An entry of a type that this library does not know: the numbers of its room and its own, and more. */
    static byte[] unknown(long room, long seq) {
        ByteBuffer into = ByteBuffer.allocate(64).position(Wire.HEADER_BYTES);
        ByteWriter.varint(into, room);
        ByteWriter.varint(into, seq);
        ByteWriter.fixed64(into, -1);
        into.putInt(0, (0x7B << 24) | (into.position() - Wire.HEADER_BYTES));
        return Arrays.copyOf(into.array(), into.position());
    }

    static byte[] unknown(long seq) {
        return unknown(ROOM, seq);
    }

    /** Has the server send bytes, and gives what the client answers. */
    List<ClientFrame> tell(byte[]... frames) {
        server.sendBytes(concat(frames));
        return sent();
    }

    static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
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
