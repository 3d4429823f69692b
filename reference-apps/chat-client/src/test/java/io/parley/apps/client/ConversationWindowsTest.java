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
    void whoTakesANameThatHasAWindowGoesOnInOneWindow() {
        Window bob = open("bob");
        Window rob = open("rob");
        rob.begin(7, 3);
        board.add(bob, said(1, "bob"));
        board.add(rob, said(2, "rob"));
        board.add(bob, said(3, "bob"));
        board.add(rob, said(4, "rob"));
        board.renamed(rob, new Place("Bob", true));
        assertThat(windows.places()).containsExactly(rob);
        assertThat(windows.find(new Place("bob", true))).isSameAs(rob);
        assertThat(windows.find(new Place("rob", true))).isNull();
        assertThat(rob.lines()).extracting(Line::time).containsExactly(1L, 2L, 3L, 4L);
        assertThat(rob.lines()).extracting(Line::seq).containsExactly(0L, 2L, 0L, 4L);
        assertThat(rob.oldest()).isEqualTo(2);
    }

    @Test
    void anotherCaseOfANameIsTheSameWindow() {
        Window bob = open("bob");
        board.add(bob, said(1, "bob"));
        board.renamed(bob, new Place("BOB", true));
        assertThat(windows.places()).containsExactly(bob);
        assertThat(texts(bob)).containsExactly("at 1");
        assertThat(bob.name()).isEqualTo("BOB");
    }

    @Test
    void whatIsUnreadInTwoWindowsIsUnreadInTheOne() {
        Window bob = open("bob");
        Window rob = open("rob");
        board.news(bob, said(1, "bob"), false);
        board.news(rob, said(2, "rob"), false);
        board.news(bob, said(3, "bob"), false);
        board.renamed(rob, new Place("bob", true));
        assertThat(rob.unread()).isEqualTo(3);
        assertThat(rob.isCalled()).isTrue();
        assertThat(texts(rob)).containsExactly("unread", "at 1", "at 2", "at 3");
    }

    @Test
    void theMarkStandsBeforeWhatIsUnread() {
        Window bob = open("bob");
        Window rob = open("rob");
        board.news(bob, said(1, "bob"), false);
        bob.read();
        board.news(rob, said(2, "rob"), false);
        board.renamed(bob, new Place("rob", true));
        assertThat(bob.unread()).isEqualTo(1);
        assertThat(texts(bob)).containsExactly("at 1", "unread", "at 2");
    }

    @Test
    void theWindowThatIsSeenStaysSeenWhicheverOfTheTwoItWas() {
        for (boolean goesOn : new boolean[] {true, false}) {
            Window gone = open("gone");
            Window live = open("live");
            Window seen = goesOn ? live : gone;
            Window other = goesOn ? gone : live;
            board.show(seen);
            IntStream.rangeClosed(1, 6).forEach(time -> board.add(seen, said(2L * time, "a")));
            IntStream.rangeClosed(1, 6).forEach(time -> board.news(other, said(2L * time + 1, "b"), false));
            seen.scroll(new Spot(2, 1)); // "at 8" is the last that is seen
            board.add(seen, said(14, "a"));
            board.renamed(live, new Place("gone", true));
            assertThat(windows.current()).isSameAs(live);
            assertThat(live.unread()).isZero();
            assertThat(live.lines()).hasSize(14);
            assertThat(live.lines().get(13 - live.scroll().lines()).text()).isEqualTo("at 8");
            assertThat(live.scroll().rows()).isEqualTo(1);
            assertThat(live.fresh()).isEqualTo(1);
            board.close(live);
        }
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
