package io.parley.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.model.Action;
import io.parley.model.RoomRef;
import io.parley.model.ServerBan;
import io.parley.model.Tags;
import io.parley.model.UserRef;
import io.parley.policy.Answer;
import io.parley.policy.ChatPolicy;
import io.parley.policy.Decision;
import io.parley.room.Hub;
import io.parley.room.Room;
import io.parley.transport.Connection;
import io.parley.transport.ConnectionHandler;
import io.parley.transport.Disconnect;
import io.parley.transport.Progress;
import io.parley.transport.Sink;
import io.parley.transport.memory.MemoryAddress;
import io.parley.transport.memory.MemoryNetwork;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What hostile clients of a protocol of lines try, behind a policy that answers late. */
class TextRightsTest {
    private static final MemoryAddress ADDRESS = new MemoryAddress("server");

    private final MemoryNetwork network = MemoryNetwork.seeded(7);
    private final CompletableFuture<Decision> late = new CompletableFuture<>();
    private final Hub hub = Hub.builder()
            .executor(network.scheduler().executor())
            .policy(new ChatPolicy() {
                @Override
                public Answer say(UserRef user, RoomRef room, String body, Tags tags) {
                    return body.equals("late") ? Answer.later(late) : Decision.ALLOW;
                }
            })
            .build();
    private final Connections connections = ByteGateway.connections(hub, network);

    @BeforeEach
    void listen() throws IOException {
        network.transport().listen(ADDRESS, connections.acceptor(new TextGateway()));
        connections.start();
    }

    private Room lobby() {
        return Objects.requireNonNull(hub.findRoom("lobby"));
    }

    @Test
    void whatWaitsForThePolicyIsNotSaidByTheBanned() {
        Client bob = new Client("+bob\njoin\n");
        Client mallory = new Client("+mallory\njoin\n");
        mallory.send("late\nsecond\njoin\nthird\n");
        lobby().moderate(Action.BAN, "mallory", Duration.ZERO, "");
        network.run();
        late.complete(Decision.ALLOW);
        network.run();
        mallory.send("fourth\njoin\nfifth\n");
        assertThat(bob.take()).doesNotContain("<mallory>");
        assertThat(mallory.take()).contains("end\n").contains("rejected 1\n").contains("failed 1\n");
        assertThat(lobby().memberCount()).isEqualTo(1);
    }

    @Test
    void theMutedAreNotHeardWhenTheyComeAgain() {
        Client bob = new Client("+bob\njoin\n");
        Client mallory = new Client("+mallory\njoin\n");
        lobby().moderate(Action.MUTE, "mallory", Duration.ofHours(1), "");
        network.run();
        mallory.send("one\nleave\njoin\ntwo\n");
        assertThat(bob.take()).doesNotContain("<mallory>");
        assertThat(mallory.take()).contains("rejected 1\n").contains("rejected 2\n");
    }

    @Test
    void theBannedAreOutWhateverIsHeld() {
        Client bob = new Client("+bob\njoin\n");
        Client mallory = new Client("+mallory\njoin\nlate\nsecond\n");
        hub.bans().add(ServerBan.Kind.NAME, "MALLORY", Duration.ZERO, "tests", "");
        late.complete(Decision.ALLOW);
        network.run();
        assertThat(bob.take()).doesNotContain("<mallory>");
        assertThat(mallory.take()).contains("refused you are banned");
        assertThat(hub.user("mallory")).isNull();
        assertThat(new Client("+mallory\n").take()).contains("refused you are banned");
    }

    private final class Client implements ConnectionHandler {
        private final StringBuilder got = new StringBuilder();
        private ByteBuffer output = ByteBuffer.allocate(0);
        private final Connection connection = network.transport().connect(ADDRESS, this);

        Client(String lines) {
            network.run();
            send(lines);
        }

        void send(String text) {
            assertThat(output.hasRemaining()).isFalse();
            output = ByteBuffer.wrap(TextGateway.bytes(text));
            connection.wantWrite();
            network.run();
        }

        String take() {
            String all = got.toString();
            got.setLength(0);
            return all;
        }

        @Override
        public void onOpen(Connection opened) {
            opened.wantWrite();
        }

        @Override
        public void onBytes(ByteBuffer bytes) {
            got.append(StandardCharsets.UTF_8.decode(bytes));
        }

        @Override
        public Progress onWritable(Sink sink) {
            if (output.hasRemaining()) {
                int taken = sink.write(output.array(), output.position(), output.remaining());
                output.position(output.position() + taken);
            }
            return output.hasRemaining() ? Progress.MORE : Progress.DRAINED;
        }

        @Override
        public void onClosed(Disconnect disconnect) {}
    }
}
