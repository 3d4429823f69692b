package io.parley.apps.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.client.ChatException;
import io.parley.client.Message;
import io.parley.client.TopicChange;
import io.parley.model.ErrorCode;
import io.parley.model.Tags;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlainFaceTest {
    private static final Place ROOM = new Place("r", false);
    private static final Place BOB = new Place("bob", true);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private PlainFace face(boolean own) {
        PrintStream to = new PrintStream(out, true, UTF_8);
        return new PlainFace(new Printer(to, to), own);
    }

    private RoomFollower follower(Place place) {
        return new RoomFollower(place, face(false), new OpenRooms(), () -> "me");
    }

    private List<String> lines() {
        return out.toString(UTF_8).lines().toList();
    }

    private static Message message(String sender, boolean own) {
        return new Message(1, 1_000_000, sender, "hi", Tags.NONE, own);
    }

    @Test
    void lossesAreTold() {
        follower(ROOM).onLost(3, 14);
        follower(BOB).onLost(3, 3);
        assertThat(lines())
                .containsExactly("[r] ... 12 messages were lost ...", "[bob -> you] ... 1 message was lost ...");
    }

    @Test
    void thePastHasTimes() {
        face(true).said(ROOM, message("bob", false), true);
        face(true).said(ROOM, message("bob", false), false);
        assertThat(lines()).hasSize(2).element(0).asString().matches("\\[r] \\d{4}-.*:\\d\\d bob: hi");
        assertThat(lines().get(1)).isEqualTo("[r] bob: hi");
    }

    @Test
    void ownLinesArePrintedForProgramsOnly() {
        face(false).said(ROOM, message("me", true), false);
        face(false).said(BOB, message("me", true), false);
        assertThat(lines()).isEmpty();
        face(true).said(ROOM, message("me", true), false);
        face(true).said(BOB, message("me", true), false);
        assertThat(lines()).containsExactly("[r] me: hi", "[you -> bob] hi");
    }

    @Test
    void theEndOfTheRoomIsToldAndThatOfTheConnectionIsNot() {
        follower(ROOM).onClosed(new ChatException(ErrorCode.KICKED, "kicked", 0));
        follower(ROOM).onClosed(new ChatException(ChatException.NOT_CONNECTED, "gone", 0));
        follower(ROOM).onClosed(new ChatException(ErrorCode.GOING_AWAY, "gone", 0));
        assertThat(lines()).containsExactly("[r] <-- you (kicked)");
    }

    @Test
    void peopleComeGoAndChangeTheirNames() {
        RoomFollower follower = follower(ROOM);
        follower.onLeft("bob", "");
        follower.onLeft("bob", "connection lost");
        follower.onRenamed("bob", "rob");
        follower.onRenamed("former", "me");
        follower.onTopic(new TopicChange(1, 0, "bob", ""));
        assertThat(lines())
                .containsExactly(
                        "[r] <-- bob",
                        "[r] <-- bob (connection lost)",
                        "[r] bob is now rob",
                        "[r] you are now me",
                        "[r] bob removed the topic");
    }
}
