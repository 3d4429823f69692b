package io.parley.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Faults of handlers, each of them told from those of the transport. */
class HandlerCallsTest {
    private static final Sink SINK = (source, offset, length) -> length;

    /** Does in each callback what it is given, and leaves its thread interrupted. */
    private record Scripted(Runnable script, Progress answer) implements ConnectionHandler {
        private void play() {
            Thread.currentThread().interrupt();
            script.run();
        }

        @Override
        public void onOpen(Connection connection) {
            play();
        }

        @Override
        public void onBytes(ByteBuffer bytes) {
            bytes.get();
            play();
        }

        @Override
        public Progress onWritable(Sink sink) {
            play();
            return answer;
        }

        @Override
        public void onClosed(Disconnect disconnect) {
            play();
        }
    }

    private final List<String> log = new ArrayList<>();

    @Test
    void passesOnWhatIsInOrder() throws HandlerFailedException {
        Scripted handler = new Scripted(() -> {}, Progress.MORE);
        HandlerCalls.onOpen(handler, null);
        HandlerCalls.onBytes(handler, ByteBuffer.allocate(1));
        assertThat(HandlerCalls.onWritable(handler, SINK)).isEqualTo(Progress.MORE);
        HandlerCalls.onClosed(handler, Disconnect.of(Disconnect.Kind.CLOSED), (what, thrown) -> log.add(what));
        assertThat(log).isEmpty();
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void keepsWhatWasThrown() {
        Error fault = new AssertionError("fault");
        Scripted handler = new Scripted(
                () -> {
                    throw fault;
                },
                Progress.DRAINED);
        assertThatThrownBy(() -> HandlerCalls.onOpen(handler, null))
                .isInstanceOfSatisfying(
                        HandlerFailedException.class,
                        failed -> assertThat(failed.thrown()).isSameAs(fault))
                .hasMessage("a handler threw: " + Scripted.class.getName());
        assertThatThrownBy(() -> HandlerCalls.onBytes(handler, ByteBuffer.allocate(1)))
                .isInstanceOf(HandlerFailedException.class)
                .hasCause(fault);
        assertThatThrownBy(() -> HandlerCalls.onWritable(handler, SINK))
                .isInstanceOf(HandlerFailedException.class)
                .hasCause(fault);
        HandlerCalls.onClosed(handler, Disconnect.of(Disconnect.Kind.CLOSED), (what, thrown) -> log.add(what));
        assertThat(log).containsExactly("a handler threw: " + Scripted.class.getName());
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void aBrokenRuleIsAFault() {
        Scripted handler = new Scripted(() -> {}, null);
        assertThatThrownBy(() -> HandlerCalls.onBytes(handler, ByteBuffer.allocate(5)))
                .isInstanceOf(HandlerFailedException.class)
                .hasRootCauseMessage("onBytes left 4 bytes");
        assertThatThrownBy(() -> HandlerCalls.onWritable(handler, SINK))
                .isInstanceOf(HandlerFailedException.class)
                .hasRootCauseMessage("onWritable answered null");
    }
}
