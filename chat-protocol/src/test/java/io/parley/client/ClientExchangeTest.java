package io.parley.client;

import static io.parley.client.Script.codeOf;
import static io.parley.client.Script.welcome;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.codec.Bytes;
import io.parley.model.ErrorCode;
import io.parley.transport.memory.MemoryNetwork;
import io.parley.wire.Challenge;
import io.parley.wire.Hello;
import io.parley.wire.Response;
import io.parley.wire.Resumed;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A login in several steps, seen from the client. */
class ClientExchangeTest {
    private final List<Dialogue> begun = new ArrayList<>();

    /** Responds to each challenge with what it was, and is through when it was told so. */
    private final class Dialogue implements LoginExchange {
        boolean complete;

        Dialogue() {
            begun.add(this);
        }

        @Override
        public Bytes initial() {
            return bytes("first " + begun.size());
        }

        @Override
        public Bytes respond(Bytes challenge, @Nullable SSLSession tls) {
            String text = new String(challenge.toArray(), UTF_8);
            if (text.equals("a lie")) {
                throw new IllegalArgumentException("the server does not know the password");
            }
            if (text.equals("an error")) {
                throw new AssertionError("a broken library");
            }
            complete = text.equals("proof");
            return bytes("to " + text);
        }

        @Override
        public boolean isComplete() {
            return complete;
        }
    }

    private static Bytes bytes(String text) {
        return Bytes.of(text.getBytes(UTF_8));
    }

    private ChatClient.Builder with(ChatClient.Builder builder) {
        return builder.exchange("x-told", Dialogue::new);
    }

    private Script script() {
        return new Script(MemoryNetwork.seeded(11), this::with);
    }

    @Test
    void respondsUntilItIsLetIn() {
        Script script = script();
        assertThat(script.server.take()).singleElement().isInstanceOfSatisfying(Hello.class, hello -> {
            assertThat(hello.mechanism()).isEqualTo("x-told");
            assertThat(hello.initial()).isEqualTo(bytes("first 1"));
        });
        assertThat(script.tell(new Challenge(bytes("one")))).containsExactly(new Response(bytes("to one")));
        assertThat(script.tell(new Challenge(bytes("proof")))).containsExactly(new Response(bytes("to proof")));
        script.tell(welcome());
        assertThat(script.coming).isCompleted();
    }

    @Test
    void aServerThatHasProvedNothingIsNotBelieved() {
        Script script = script();
        script.tell(new Challenge(bytes("one")));
        script.tell(welcome());
        assertThat(codeOf(script.coming)).isEqualTo(ErrorCode.AUTH_FAILED);
        Script atOnce = script();
        atOnce.tell(Script.welcome(Script.ORIGIN, true));
        assertThat(codeOf(atOnce.coming)).isEqualTo(ErrorCode.AUTH_FAILED);
    }

    @Test
    void aServerThatLiesIsLeft() {
        Script script = script();
        script.tell(new Challenge(bytes("a lie")));
        assertThat(codeOf(script.coming)).isEqualTo(ErrorCode.AUTH_FAILED);
        assertThat(script.closed.join()).hasMessageContaining("does not know the password");
        assertThat(script.server.isOver()).isTrue();
    }

    @Test
    void anErrorOfTheProgramEndsTheLogin() {
        Script script = script();
        script.tell(new Challenge(bytes("an error")));
        assertThat(codeOf(script.coming)).isEqualTo(ErrorCode.AUTH_FAILED);
        assertThat(script.closed.join()).hasRootCauseInstanceOf(AssertionError.class);
        Script unbegun = new Script(
                MemoryNetwork.seeded(11),
                builder -> builder.exchange("x-told", () -> {
                    throw new AssertionError("no first message");
                }));
        assertThat(codeOf(unbegun.coming)).isEqualTo(ErrorCode.AUTH_FAILED);
    }

    @Test
    void aChallengeBehindTheLoginIsOutOfPlace() {
        Script script = script();
        script.tell(new Challenge(bytes("proof")));
        script.tell(welcome());
        script.tell(new Challenge(bytes("more")));
        assertThat(script.closed.join().code()).isEqualTo(ErrorCode.UNEXPECTED_FRAME);
    }

    @Test
    void eachConnectionHasItsOwn() {
        Script script = new Script(MemoryNetwork.seeded(11), builder -> with(builder.reconnect(true)));
        script.tell(new Challenge(bytes("proof")));
        script.tell(welcome(Script.ORIGIN, false));
        assertThat(script.coming).isCompleted();
        Hello back = script.comeBack();
        assertThat(back.initial()).isEqualTo(bytes("first 2"));
        // The session goes on: its token is proof enough, of both sides.
        script.tell(welcome(Script.ORIGIN, true), new Resumed(List.of(), List.of()));
        assertThat(script.client().state().phase()).isEqualTo(ClientState.Phase.ONLINE);
        assertThat(begun).hasSize(2);
    }
}
