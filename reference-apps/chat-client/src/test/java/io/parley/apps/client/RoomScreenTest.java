package io.parley.apps.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.apps.client.ClientSettings.Mode;
import io.parley.client.ChatException;
import io.parley.client.Message;
import io.parley.client.TopicChange;
import io.parley.wire.ErrorCode;
import io.parley.wire.Tags;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoomScreenTest {
    private static final long BEGUN = 1_000_000;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private RoomScreen screen(Mode mode) {
        PrintStream to = new PrintStream(out, true, UTF_8);
        return new RoomScreen(new Printer(to, to), new OpenRooms(), mode, () -> "me", BEGUN);
    }

    private List<String> lines() {
        return out.toString(UTF_8).lines().toList();
    }

    private static Message message(long time, String sender, boolean own) {
        return new Message(1, time, sender, "hi", Tags.NONE, own);
    }

    @Test
    void lossesAreTold() {
        screen(Mode.TERMINAL).onLost(3, 14);
        assertThat(lines()).containsExactly("[?] ... 12 messages were lost ...");
    }

    @Test
    void thePastHasTimesUntilThePresentBegins() {
        RoomScreen screen = screen(Mode.TERMINAL);
        screen.onMessage(message(BEGUN - 1, "bob", false));
        screen.onMessage(message(BEGUN, "bob", false));
        screen.onMessage(message(BEGUN - 1, "bob", false)); // a clock that was set back
        assertThat(lines()).hasSize(3).element(0).asString().matches("\\[\\?] \\d{4}-.*:\\d\\d bob: hi");
        assertThat(lines().subList(1, 3)).containsOnly("[?] bob: hi");
    }

    @Test
    void ownLinesArePrintedForProgramsOnly() {
        screen(Mode.TERMINAL).onMessage(message(BEGUN, "me", true));
        assertThat(lines()).isEmpty();
        screen(Mode.PIPE).onMessage(message(BEGUN, "me", true));
        assertThat(lines()).containsExactly("[?] me: hi");
    }

    @Test
    void theEndOfTheRoomIsToldAndThatOfTheConnectionIsNot() {
        screen(Mode.TERMINAL).onClosed(new ChatException(ErrorCode.KICKED, "kicked", 0));
        screen(Mode.TERMINAL).onClosed(new ChatException(ChatException.NOT_CONNECTED, "gone", 0));
        screen(Mode.TERMINAL).onClosed(new ChatException(ErrorCode.GOING_AWAY, "gone", 0));
        assertThat(lines()).containsExactly("[?] <-- you (kicked)");
    }

    @Test
    void peopleComeGoAndChangeTheirNames() {
        RoomScreen screen = screen(Mode.TERMINAL);
        screen.onLeft("bob", "");
        screen.onLeft("bob", "connection lost");
        screen.onRenamed("bob", "rob");
        screen.onRenamed("former", "me");
        screen.onTopic(new TopicChange(1, 0, "bob", ""));
        assertThat(lines())
                .containsExactly(
                        "[?] <-- bob",
                        "[?] <-- bob (connection lost)",
                        "[?] bob is now rob",
                        "[?] you are now me",
                        "[?] bob removed the topic");
    }
}
