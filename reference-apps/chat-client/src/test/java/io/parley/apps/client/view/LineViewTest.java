package io.parley.apps.client.view;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import io.parley.client.ChatRoom;
import io.parley.client.Message;
import io.parley.client.MessageKind;
import io.parley.model.Tags;
import io.parley.model.UserItem;
import io.parley.model.UserKind;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineViewTest {
    private static final Place ROOM = new Place("r", false);
    private static final Place BOB = new Place("bob", true);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private LineView view(boolean own) {
        PrintStream to = new PrintStream(out, true, UTF_8);
        return new LineView(new Printer(to, to), own);
    }

    private List<String> lines() {
        return out.toString(UTF_8).lines().toList();
    }

    private static Message message(String sender, boolean own, MessageKind kind) {
        return new Message(1, 1_000_000, new UserItem(2, UserKind.GUEST, sender), "hi", Tags.NONE, own, kind);
    }

    @Test
    void thePastHasTimes() {
        view(true).message(ROOM, message("bob", false, MessageKind.HISTORY));
        view(true).message(ROOM, message("bob", false, MessageKind.CATCH_UP));
        assertThat(lines()).hasSize(2).element(0).asString().matches("\\[r] \\d{4}-.*:\\d\\d bob: hi");
        assertThat(lines().get(1)).isEqualTo("[r] bob: hi");
    }

    @Test
    void ownLinesArePrintedForProgramsOnly() {
        view(false).message(ROOM, message("me", true, MessageKind.LIVE));
        view(false).message(BOB, message("me", true, MessageKind.LIVE));
        assertThat(lines()).isEmpty();
        view(true).message(ROOM, message("me", true, MessageKind.LIVE));
        view(true).message(BOB, message("me", true, MessageKind.LIVE));
        assertThat(lines()).containsExactly("[r] me: hi", "[you -> bob] hi");
    }

    @Test
    void aLostConnectionIsToldOnceForEachReason() {
        LineView view = view(false);
        view.connectionLost("cut", Duration.ofMillis(80));
        view.connectionLost("refused", Duration.ofMillis(200));
        view.connectionLost("refused", Duration.ofMillis(400));
        assertThat(lines())
                .containsExactly(
                        "the connection is lost: cut; trying again in 1 s",
                        "the connection is lost: refused; trying again in 1 s");
    }

    @Test
    void whatIsTypedAtATerminalWithoutAConnectionIsSaidToWait() {
        ChatRoom room = mock();
        LineView view = view(false);
        view.pending(room, 1, "hello", false);
        assertThat(lines()).isEmpty();
        view.connectionLost("cut", Duration.ZERO);
        view.pending(room, 2, "hello", false);
        assertThat(lines()).last().isEqualTo("*** that waits until you are back: hello");
    }
}
