package io.parley.client;

import static io.parley.client.Script.codeOf;
import static io.parley.client.Script.welcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.AdditionalAnswers.delegatesTo;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;

import io.parley.codec.Bytes;
import io.parley.model.ErrorCode;
import io.parley.model.Verdict;
import io.parley.testkit.chat.Ears;
import io.parley.testkit.chat.Peer;
import io.parley.transport.Connection;
import io.parley.transport.Scheduler;
import io.parley.transport.Transport;
import io.parley.transport.memory.MemoryAddress;
import io.parley.transport.memory.MemoryNetwork;
import io.parley.wire.Challenge;
import io.parley.wire.ClientFrame;
import io.parley.wire.Hello;
import io.parley.wire.Limits;
import io.parley.wire.Ping;
import io.parley.wire.Pong;
import io.parley.wire.Refused;
import io.parley.wire.Welcome;
import io.parley.wire.Wire;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Coming in, seen from the client. */
class ClientLoginTest {

    @Test
    void saysHello() {
        Script script = new Script(MemoryNetwork.seeded(1), builder -> builder.program("tests/2"));
        assertThat(script.server.take()).singleElement().isInstanceOfSatisfying(Hello.class, hello -> {
            assertThat(hello.minVersion()).isEqualTo(Wire.VERSION);
            assertThat(hello.maxVersion()).isEqualTo(Wire.VERSION);
            assertThat(hello.capabilities()).isZero();
            assertThat(hello.client()).isEqualTo("tests/2");
            assertThat(hello.mechanism()).isEqualTo(Wire.GUEST);
            assertThat(hello.initial()).isEqualTo(Bytes.of("alice".getBytes(StandardCharsets.UTF_8)));
        });
        script.tell(welcome());
        assertThat(script.client().origin()).isEqualTo(Script.ORIGIN);
        assertThat(script.client().greeting()).isEqualTo("script");
    }

    @Test
    void welcomeMayComeInPieces() {
        byte[] welcome = welcome().toBytes();
        for (int at = 0; at <= welcome.length; at++) {
            Script script = new Script();
            script.server.sendBytes(Arrays.copyOf(welcome, at));
            script.network.run();
            script.server.sendBytes(Arrays.copyOfRange(welcome, at, welcome.length));
            script.network.run();
            assertThat(script.coming).isCompleted();
        }
    }

    @Test
    void refusalIsTold() {
        Script script = new Script();
        script.tell(new Refused(ErrorCode.RATE_LIMITED, "come back later", 5_000));
        assertThat(codeOf(script.coming)).isEqualTo(ErrorCode.RATE_LIMITED);
        ChatException why = script.closed.join();
        assertThat(why).hasMessage("come back later");
        assertThat(why.retryAfterMillis()).isEqualTo(5_000);
        assertThat(why.verdict()).isEqualTo(Verdict.RETRY);
        assertThat(script.server.isOver()).isTrue();
    }

    @Test
    void unknownCodesAreKept() {
        Script script = new Script();
        script.tell(new Refused(477, "news", 0));
        assertThat(codeOf(script.coming)).isEqualTo(477);
        assertThat(script.closed.join().verdict()).isEqualTo(Verdict.BANNED);
    }

    @Test
    void anEndInTheMiddleIsTold() {
        byte[] welcome = welcome().toBytes();
        for (int at = 0; at < welcome.length; at += 7) {
            Script script = new Script();
            script.server.sendBytes(Arrays.copyOf(welcome, at)).close();
            script.network.run();
            assertThat(codeOf(script.coming)).isEqualTo(ChatException.NOT_CONNECTED);
            assertThat(script.closed.join()).hasMessage("the server ended the connection");
        }
    }

    @Test
    void aCutInTheMiddleIsTold() {
        Script script = new Script();
        script.server.abort();
        script.network.run();
        assertThat(codeOf(script.coming)).isEqualTo(ChatException.NOT_CONNECTED);
        assertThat(script.closed).isCompleted();
    }

    @Test
    void malformedFramesEndIt() {
        Script script = new Script();
        script.server.sendBytes(new byte[] {4, 0, 0, 1, 1});
        script.network.run();
        assertThat(codeOf(script.coming)).isEqualTo(ErrorCode.MALFORMED);
        assertThat(script.server.isOver()).isTrue();
    }

    @Test
    void anotherProtocolEndsIt() {
        Script script = new Script();
        script.server.sendBytes("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        script.network.run();
        assertThat(script.coming).isCompletedExceptionally();
        assertThat(script.server.isOver()).isTrue();
    }

    @Test
    void aServerThatNeverAnswersIsGivenUp() {
        Script script = new Script(MemoryNetwork.seeded(1), builder -> builder.connectTimeout(Duration.ofSeconds(3)));
        script.network.advance(Duration.ofMillis(2_900));
        assertThat(script.coming).isNotDone();
        script.network.advance(Duration.ofMillis(200));
        assertThat(codeOf(script.coming)).isEqualTo(ErrorCode.TIMEOUT);
        assertThat(script.server.isOver()).isTrue();
    }

    @Test
    void theConnectTimeoutDoesNotGoOnAfterLogin() {
        Script script = Script.open(builder -> builder.connectTimeout(Duration.ofSeconds(3)));
        script.network.advance(Duration.ofSeconds(10));
        assertThat(script.closed).isNotDone();
    }

    /** The login may be through before the thread that connects has begun to watch the time for it. */
    @Test
    void theTimeForTheLoginIsOverWhenItIsThrough() {
        MemoryNetwork network = MemoryNetwork.seeded(1);
        Transport memory = network.transport();
        Peer<ClientFrame> server = Peer.accepted();
        Transport quick = mock(Transport.class, delegatesTo(memory));
        doAnswer(call -> {
                    Connection made = memory.connect(call.getArgument(0), call.getArgument(1));
                    network.run();
                    server.send(welcome());
                    network.run();
                    return made;
                })
                .when(quick)
                .connect(any(), any());
        List<ClientState> states = new ArrayList<>();
        ClientListener ears = new ClientListener() {
            @Override
            public void onState(ClientState state) {
                states.add(state);
            }
        };
        assertThatCode(() -> memory.listen(Script.ADDRESS, remote -> server)).doesNotThrowAnyException();
        CompletableFuture<ChatClient> coming = ChatClient.builder()
                .name("alice")
                .listener(ears)
                .scheduler(network.scheduler())
                .connectAsync(quick, Script.ADDRESS);
        network.run();
        assertThat(coming).isCompleted();
        network.advance(Duration.ofSeconds(20));
        assertThat(states).extracting(ClientState::phase).containsExactly(ClientState.Phase.ONLINE);
    }

    @Test
    void aChallengeCannotBeMet() {
        Script script = new Script();
        script.tell(new Challenge(Bytes.EMPTY));
        assertThat(codeOf(script.coming)).isEqualTo(ErrorCode.UNEXPECTED_FRAME);
    }

    @Test
    void unknownFramesAreIgnored() {
        Script script = new Script();
        script.server.sendBytes(new byte[] {(byte) 0xfe, 0, 0, 2, 9, 9, 0x7e, 0, 0, 1, 5, 0x7e, 0, 0, 0});
        script.tell(welcome());
        assertThat(script.coming).isCompleted();
        script.server.sendBytes(new byte[] {(byte) 0xfe, 0, 0, 2, 9, 9, 0x7e, 0, 0, 1, 5});
        script.network.run();
        assertThat(script.closed).isNotDone();
    }

    @Test
    void whoeverStopsWaitingLeavesNobodyBehind() throws Exception {
        MemoryNetwork network = MemoryNetwork.seeded(3);
        Scheduler interrupted = mock(Scheduler.class, delegatesTo(network.scheduler()));
        doAnswer(call -> {
                    network.run();
                    throw new InterruptedException();
                })
                .when(interrupted)
                .await(any(), any());
        MemoryAddress address = new MemoryAddress("server");
        Peer<ClientFrame> server = Peer.accepted();
        network.transport().listen(address, remote -> server);
        ChatClient.Builder builder = ChatClient.builder().scheduler(interrupted);
        assertThatThrownBy(() -> builder.connect(network.transport(), address)).isInstanceOf(ChatException.class);
        assertThat(Thread.interrupted()).isTrue();
        network.run();
        assertThat(server.isOver()).isTrue();
    }

    @Test
    void aHeartbeatOfAgesStopsNoClock() {
        Script script = new Script();
        Limits limits = new Limits(1 << 17, 1_000, 1_000, 4, 200, 10, 1L << 62);
        script.tell(new Welcome(1, 0, Script.ORIGIN, Bytes.EMPTY, false, Script.ALICE, limits, "script"));
        CompletableFuture<ChatRoom> entering = script.client().enterAsync("lobby", 0, new Ears());
        script.advance(Duration.ofMinutes(10));
        assertThat(Script.codeOf(entering)).isEqualTo(ErrorCode.TIMEOUT);
    }

    @Test
    void pingsThatNobodyTakesTheAnswersOfAreAnsweredOnce() {
        Script script = Script.open();
        script.server.pauseReads();
        int pings = 20_000;
        for (int nonce = 1; nonce <= pings; nonce++) {
            script.server.send(new Ping(nonce));
        }
        script.network.run();
        script.server.resumeReads();
        script.network.run();
        List<ClientFrame> answers = script.server.take();
        assertThat(answers).hasSizeLessThan(pings / 2).endsWith(new Pong(pings));
    }
}
