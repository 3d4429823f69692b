package io.parley.gateway;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import io.parley.room.Hub;
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
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that are half here: the stream ends in them, or pauses; and requests that wait for something. */
class QuietTest {
    private static final MemoryAddress ADDRESS = new MemoryAddress("server");

    private final MemoryNetwork network = MemoryNetwork.seeded(7);
    private final Hub hub = Hub.builder().build();
    private final Connections connections = ByteGateway.connections(hub, network);
    private final TextGateway gateway = new TextGateway();

    @BeforeEach
    void listen() throws IOException {
        network.transport().listen(ADDRESS, connections.acceptor(gateway));
        connections.start();
    }

    private Client come(String lines) {
        Client client = new Client();
        network.run();
        client.send(lines);
        return client;
    }

    @Test
    void theLastLineNeedsNoEnd() {
        Client bob = come("+bob\njoin\n");
        Client alice = come("+alice\njoin\nfirst\nlast");
        assertThat(bob.take()).endsWith("<alice> first\n");
        alice.connection.close();
        network.run();
        assertThat(bob.take()).isEqualTo("<alice> last\n");
        assertThat(gateway.log).contains("ended in last");
        assertThat(hub.user("alice")).isNull();
        assertThat(connections.size()).isEqualTo(1);
    }

    @Test
    void aConnectionThatIsCutSaysNothing() {
        Client bob = come("+bob\njoin\n");
        Client alice = come("+alice\njoin\nlast");
        network.cut(alice.connection);
        network.run();
        assertThat(bob.take()).doesNotContain("last");
        assertThat(gateway.log).isEmpty();
        assertThat(hub.user("alice")).isNull();
    }

    @Test
    void withoutABeginningNothingIsQuiet() {
        gateway.quiet = Duration.ofMillis(200);
        Client alice = come("+alice\njoin\nfirst\n");
        network.advance(Duration.ofSeconds(5));
        alice.connection.close();
        network.run();
        assertThat(gateway.log).containsExactly("own 1");
    }

    @Test
    void nothingMoreForAWhileIsQuiet() {
        gateway.quiet = Duration.ofMillis(200);
        Client bob = come("+bob\njoin\n");
        Client alice = come("+alice\njoin\nhal");
        network.advance(Duration.ofMillis(150));
        alice.send("f a li");
        network.advance(Duration.ofMillis(150));
        alice.send("ne");
        network.advance(Duration.ofMillis(199));
        assertThat(gateway.log).isEmpty();
        network.advance(Duration.ofMillis(1));
        assertThat(gateway.log).startsWith("quiet in half a line");
        assertThat(bob.take()).endsWith("<alice> half a line\n");
        alice.send("more");
        network.advance(Duration.ofMillis(200));
        assertThat(bob.take()).isEqualTo("<alice> more\n");
    }

    /** A protocol that cannot use it yet is told again only when something has come. */
    @Test
    void quietComesOnceForEachPause() {
        gateway.quiet = Duration.ofMillis(200);
        Client alice = come("+alice\njoin\nopen-");
        network.advance(Duration.ofSeconds(5));
        assertThat(gateway.log).containsExactly("quiet in open-");
        alice.send("ended");
        network.advance(Duration.ofMillis(200));
        assertThat(gateway.log).containsSequence("quiet in open-", "quiet in open-ended");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whileRequestsWaitNothingIsQuiet(boolean ends) {
        gateway.quiet = Duration.ofMillis(200);
        Client bob = come("+bob\njoin\n");
        Client alice = come("+alice\njoin\nwait\nnext\nhalf");
        bob.take();
        if (ends) {
            alice.connection.close();
        }
        network.advance(Duration.ofSeconds(5));
        assertThat(bob.take()).isEmpty();
        assertThat(gateway.log).isEmpty();
        gateway.waiting.complete(null);
        network.run();
        assertThat(bob.take()).startsWith("<alice> next\n");
        network.advance(Duration.ofMillis(200));
        assertThat(gateway.log).contains((ends ? "ended in" : "quiet in") + " half");
        assertThat(alice.isOver).isEqualTo(ends);
    }

    @Test
    void waitingTwiceIsWaitingForBoth() {
        Client alice = come("+alice\njoin\nwait\nwait\nsaid\n");
        gateway.waiting.complete(null);
        network.run();
        assertThat(alice.take()).endsWith("waited\nwaited\n<alice> said\n");
    }

    /** The thread that handles requests is another than the transport's when a limit is over. */
    @Test
    void theEndComesBehindTheRequestThatIsHandled() {
        ByteGateway bytes = new ByteGateway();
        Attachment attachment =
                (Attachment) requireNonNull(connections.acceptor(bytes).accept(ADDRESS));
        attachment.onOpen(mock(Connection.class));
        attachment.onBytes(ByteBuffer.wrap(new byte[] {ByteGateway.LOGIN}));
        bytes.onRequest = () -> {
            attachment.onClosed(Disconnect.of(Disconnect.Kind.ENDED));
            assertThat(connections.size()).isEqualTo(1);
        };
        attachment.onBytes(ByteBuffer.wrap(new byte[] {1}));
        assertThat(connections.size()).isZero();
        assertThat(hub.users()).isEmpty();
    }

    // ---- who is silent

    /** A client that is asked nothing has nothing to answer. */
    @Test
    void aProtocolWithoutAQuestionIsAskedOnceAndLivesInSilence() {
        gateway.ping = Protocol.NONE;
        Client alice = come("+alice\njoin\n");
        network.advance(GatewayOptions.DEFAULT.heartbeat().multipliedBy(20));
        assertThat(alice.isOver).isFalse();
        assertThat(gateway.pings).isEqualTo(1);
        gateway.ping = TextGateway.bytes("ping\n");
        Client bob = come("+bob\njoin\n");
        network.advance(GatewayOptions.DEFAULT.heartbeat().multipliedBy(3));
        assertThat(bob.isOver).isTrue();
        assertThat(alice.isOver).isFalse();
    }

    /** The client would take the server's silence for its end. */
    @Test
    void whileRequestsWaitTheServerPings() {
        Client alice = come("+alice\njoin\nwait\n");
        alice.take();
        Duration heartbeat = GatewayOptions.DEFAULT.heartbeat();
        for (int i = 0; i < 10; i++) {
            network.advance(heartbeat.plusSeconds(1));
            assertThat(alice.take()).matches("(ping\n)+");
        }
        gateway.waiting.complete(null);
        network.advance(heartbeat.minusSeconds(2));
        assertThat(alice.take()).isEqualTo("waited\n");
        network.advance(heartbeat.plusSeconds(2));
        assertThat(alice.take()).startsWith("ping\n");
    }

    /** A client that sends text and collects what it gets. */
    private final class Client implements ConnectionHandler {
        private final StringBuilder got = new StringBuilder();
        private byte[] output = {};
        private final Connection connection = network.transport().connect(ADDRESS, this);
        private boolean isOver;

        void send(String text) {
            byte[] more = TextGateway.bytes(text);
            byte[] all = Arrays.copyOf(output, output.length + more.length);
            System.arraycopy(more, 0, all, output.length, more.length);
            output = all;
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
            int taken = output.length == 0 ? 0 : sink.write(output, 0, output.length);
            output = Arrays.copyOfRange(output, taken, output.length);
            return output.length == 0 ? Progress.DRAINED : Progress.MORE;
        }

        @Override
        public void onClosed(Disconnect disconnect) {
            isOver = true;
        }
    }
}
