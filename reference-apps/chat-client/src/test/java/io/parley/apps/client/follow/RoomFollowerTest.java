package io.parley.apps.client.follow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.apps.client.view.LineView;
import io.parley.apps.client.view.Place;
import io.parley.apps.client.view.Printer;
import io.parley.apps.client.view.ReadMarkers;
import io.parley.client.ChatException;
import io.parley.client.Message;
import io.parley.client.MessageKind;
import io.parley.model.Action;
import io.parley.model.Entry;
import io.parley.model.ErrorCode;
import io.parley.model.Tags;
import io.parley.model.UserItem;
import io.parley.model.UserKind;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoomFollowerTest {
    private static final Place ROOM = new Place("r", false);
    private static final Place BOB = new Place("bob", true);
    private static final UserItem ME = new UserItem(1, UserKind.GUEST, "me");

    private static UserItem bob(String name) {
        return new UserItem(2, UserKind.ACCOUNT, name);
    }

    private final Ignored ignored = new Ignored();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private RoomFollower follower(Place place) {
        PrintStream to = new PrintStream(out, true, UTF_8);
        return new RoomFollower(
                place,
                new LineView(new Printer(to, to), false),
                new OpenRooms(),
                ignored,
                new ReadMarkers(),
                () -> ME.id(),
                () -> false);
    }

    private List<String> lines() {
        return out.toString(UTF_8).lines().toList();
    }

    @Test
    void lossesAreTold() {
        follower(ROOM).onLost(3, 14);
        follower(BOB).onLost(3, 3);
        assertThat(lines())
                .containsExactly("[r] ... 12 messages were lost ...", "[bob -> you] ... 1 message was lost ...");
    }

    @Test
    void theEndOfTheRoomIsToldAndThatOfTheClientIsNot() {
        follower(ROOM).onClosed(new ChatException(ErrorCode.KICKED, "kicked", 0));
        follower(ROOM).onClosed(new ChatException(ChatException.NOT_CONNECTED, "gone", 0));
        follower(ROOM).onClosed(new ChatException(ErrorCode.GOING_AWAY, "gone", 0));
        assertThat(lines()).containsExactly("[r] <-- you (kicked)");
    }

    @Test
    void whatIgnoredUsersSayInRoomsIsNotShown() {
        ignored.add(bob("bob"));
        RoomFollower room = follower(ROOM);
        room.onMessage(new Message(1, 0, bob("rob"), "under another name", Tags.NONE, false, MessageKind.LIVE));
        room.onMessage(new Message(
                2, 0, new UserItem(3, UserKind.GUEST, "bob"), "another bob", Tags.NONE, false, MessageKind.LIVE));
        follower(BOB).onMessage(new Message(1, 0, bob("bob"), "in private", Tags.NONE, false, MessageKind.LIVE));
        ignored.add(ME);
        room.onMessage(new Message(3, 0, ME, "by myself", Tags.NONE, true, MessageKind.LIVE));
        ignored.remove(2);
        room.onMessage(new Message(4, 0, bob("bob"), "again", Tags.NONE, false, MessageKind.LIVE));
        assertThat(lines()).containsExactly("[r] bob: another bob", "[bob -> you] in private", "[r] bob: again");
    }

    @Test
    void theRoleOfAGuestThatLeftIsTakenBackSilently() {
        follower(ROOM).onModerated(new Entry.Moderated(1, 0, 7, 1, ME, Action.MAKE_MEMBER, bob("bob"), 0, 0, "", null));
        follower(ROOM).onModerated(new Entry.Moderated(2, 0, 7, 2, ME, Action.BAN, bob("bob"), 0, 300_000, "x", null));
        assertThat(lines()).containsExactly("[r] me banned bob for 5 minutes (x)");
    }

    @Test
    void peopleComeGoAndChangeTheirNames() {
        RoomFollower follower = follower(ROOM);
        follower.onLeft(bob("bob"), "");
        follower.onLeft(bob("bob"), "connection lost");
        follower.onRenamed("bob", bob("rob"));
        follower.onRenamed("former", ME);
        follower.onTopic(new Entry.TopicChanged(1, 0, 7, 1, bob("bob"), ""));
        assertThat(lines())
                .containsExactly(
                        "[r] <-- bob",
                        "[r] <-- bob (connection lost)",
                        "[r] bob is now rob",
                        "[r] you are now me",
                        "[r] bob removed the topic");
    }
}
