package io.parley.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.client.ChatClient;
import io.parley.codec.Bytes;
import io.parley.model.ErrorCode;
import io.parley.model.Identity;
import io.parley.policy.Answer;
import io.parley.policy.Applicant;
import io.parley.policy.ChatPolicy;
import io.parley.policy.Decision;
import io.parley.transport.Acceptor;
import io.parley.transport.Connection;
import io.parley.transport.ConnectionHandler;
import io.parley.transport.Listening;
import io.parley.transport.Transport;
import io.parley.transport.memory.MemoryNetwork;
import io.parley.wire.Hello;
import io.parley.wire.Wire;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Where a password is taken, and where it would travel for everybody to read. */
class ServerPasswordTest {
    private static final SocketAddress FAR = new InetSocketAddress("192.0.2.1", 5222);

    /** Keeps what it is asked for. */
    private static final class Ear implements Transport, ChatPolicy {
        private Acceptor acceptor = remote -> null;
        private boolean asked;

        @Override
        public Listening listen(SocketAddress address, Acceptor given) {
            acceptor = given;
            return new Listening() {
                @Override
                public SocketAddress address() {
                    return address;
                }

                @Override
                public void close() {}
            };
        }

        @Override
        public Connection connect(SocketAddress address, ConnectionHandler handler) {
            throw new AssertionError("a connection was begun");
        }

        @Override
        public Answer login(Applicant applicant) {
            asked = !applicant.isGuest();
            String name = applicant.name().display();
            return Decision.admit(Identity.account("id", name.isEmpty() ? "anna" : name));
        }
    }

    private record Link(SocketAddress remoteAddress) implements Connection {
        @Override
        public void wantWrite() {}

        @Override
        public void pauseReads() {}

        @Override
        public void resumeReads() {}

        @Override
        public void close() {}

        @Override
        public void abort() {}
    }

    private static boolean isTakenFrom(SocketAddress remote) throws IOException {
        boolean taken = isTakenFrom(remote, Wire.PLAIN, "\0anna\0secret");
        assertThat(isTakenFrom(remote, Wire.REGISTER, "anna\0secret\0")).isEqualTo(taken);
        assertThat(isTakenFrom(remote, Wire.BEARER, "secret")).isEqualTo(taken);
        assertThat(isTakenFrom(remote, Wire.SCRAM_SHA_256, "n,,n=anna,r=abc")).isEqualTo(taken);
        return taken;
    }

    private static boolean isTakenFrom(SocketAddress remote, String mechanism, String response) throws IOException {
        Ear ear = new Ear();
        ChatServer.builder()
                .listen(ear, remote)
                .policy(ear)
                .scheduler(MemoryNetwork.seeded(1).scheduler())
                .start();
        ConnectionHandler session = ear.acceptor.accept(remote);
        session.onOpen(new Link(remote));
        Bytes initial = Bytes.of(response.getBytes(StandardCharsets.UTF_8));
        session.onBytes(ByteBuffer.wrap(Wire.PREFACE.toArray()));
        session.onBytes(ByteBuffer.wrap(new Hello(1, 1, 0, "test", mechanism, initial, Bytes.EMPTY).toBytes()));
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        session.onWritable((source, offset, length) -> {
            answer.write(source, offset, length);
            return length;
        });
        boolean refused = answer.toString(StandardCharsets.UTF_8).contains("log in to an account under TLS");
        assertThat(refused).isNotEqualTo(ear.asked);
        return ear.asked;
    }

    @Test
    void serverTakesNoneFromAfarInTheClear() throws IOException {
        assertThat(isTakenFrom(FAR)).isFalse();
        assertThat(isTakenFrom(InetSocketAddress.createUnresolved("chat.test", 1)))
                .isFalse();
        assertThat(isTakenFrom(new InetSocketAddress(InetAddress.getByName("127.8.9.1"), 1)))
                .isTrue();
        assertThat(isTakenFrom(new InetSocketAddress(InetAddress.getByName("::1"), 1)))
                .isTrue();
        assertThat(isTakenFrom(UnixDomainSocketAddress.of(Path.of("/tmp/socket"))))
                .isTrue();
    }

    static Stream<ChatClient.Builder> secrets() {
        return Stream.of(
                ChatClient.builder().name("anna").password("secret"),
                ChatClient.builder().name("anna").register("secret", "code"),
                ChatClient.builder().token("secret"),
                ChatClient.builder().name("anna").certificate());
    }

    @ParameterizedTest
    @MethodSource("secrets")
    void clientSendsNoneAfarInTheClear(ChatClient.Builder secret) {
        assertThat(secret.connectAsync(new Ear(), FAR))
                .isCompletedExceptionally()
                .satisfies(coming -> assertThat(
                                coming.handle((client, error) -> error).join())
                        .hasMessageContaining("in the clear")
                        .hasFieldOrPropertyWithValue("code", ErrorCode.AUTH_FAILED));
    }
}
