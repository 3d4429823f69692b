package io.parley.apps.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.apps.client.Line.Kind;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.util.List;
import java.util.stream.IntStream;
import org.jline.utils.ScreenTerminal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The windows of conversations: when two become one, and how many there are. */
class ConversationWindowsTest {
    private final Windows windows = new Windows();
    private Board board;

    @BeforeEach
    void takeABoard() throws IOException {
        Clock clock = Clock.systemUTC();
        Pane pane = new Pane(
                ScreenTerminal.withTerminal("test", "xterm-256color", 40, 10).terminal(), true, task -> {}, clock);
        board = new Board(pane, windows, clock);
    }

    private Window open(String name) {
        return board.open(new Place(name, true));
    }

    private static Line said(long time, String who) {
        return new Line(time, time, Kind.MESSAGE, who, "at " + time);
    }

    private static List<String> texts(Window window) {
        return window.lines().stream().map(Line::text).toList();
    }

    @Test
    void theConversationThatWasQuietLongestGoesForOneTooMany() {
        Window lobby = board.open(new Place("lobby", false));
        Window first = open("first");
        Window second = open("second");
        IntStream.rangeClosed(3, Windows.MOST_CONVERSATIONS).forEach(i -> open("n" + i));
        board.add(first, said(1, "first"));
        assertThat(open("Second")).isSameAs(second);
        open("more");
        assertThat(windows.places())
                .hasSize(Windows.MOST_CONVERSATIONS + 1)
                .contains(lobby, first)
                .doesNotContain(second);
        assertThat(texts(windows.home()))
                .containsExactly("closed the conversation with second, which was quiet longest");
    }

    @Test
    void whatIsSeenOrUnreadDoesNotGo() {
        Window seen = open("seen");
        Window unread = open("unread");
        board.show(seen);
        board.news(unread, said(1, "unread"), false);
        IntStream.rangeClosed(3, 3 * Windows.MOST_CONVERSATIONS).forEach(i -> open("n" + i));
        assertThat(windows.places()).hasSize(Windows.MOST_CONVERSATIONS).contains(seen, unread);
        assertThat(windows.current()).isSameAs(seen);
    }

    @Test
    void ofThoseThatAreAllUnreadTheEldestGoes() {
        for (int i = 1; i <= Windows.MOST_CONVERSATIONS; i++) {
            board.news(open("n" + i), said(i, "n" + i), false);
        }
        board.news(open("n1"), said(200, "n1"), false);
        open("more");
        assertThat(windows.find(new Place("n2", true))).isNull();
        assertThat(windows.find(new Place("n1", true))).isNotNull();
        assertThat(texts(windows.home()))
                .containsExactly("closed the conversation with n2, which was quiet longest, with 1 unread");
    }

    @Test
    void whoWasTalkedToIsNotRememberedForEver() {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, UTF_8);
        ServerFollower server = new ServerFollower(new PlainFace(new Printer(nowhere, nowhere), false));
        Place bob = new Place("bob", true);
        RoomFollower follower = server.converse(bob);
        follower.over();
        IntStream.rangeClosed(1, ServerFollower.MOST_KNOWN - 1).forEach(i -> server.converse(new Place("n" + i, true)));
        assertThat(server.converse(bob)).isSameAs(follower);
        IntStream.rangeClosed(1, ServerFollower.MOST_KNOWN).forEach(i -> server.converse(new Place("m" + i, true)));
        assertThat(server.converse(bob)).isNotSameAs(follower);
    }
}
