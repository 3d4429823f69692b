package io.parley.apps.client.screen;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.apps.client.view.Place;
import io.parley.apps.client.window.Line;
import io.parley.apps.client.window.Line.Kind;
import io.parley.apps.client.window.ScrollPosition;
import io.parley.apps.client.window.Window;
import io.parley.apps.client.window.Windows;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.stream.IntStream;
import org.jline.utils.ScreenTerminal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The windows of conversations: when two become one, and how many there are. */
class ConversationWindowsTest {
    private final Windows windows = new Windows();
    private WindowDisplay display;

    @BeforeEach
    void takeABoard() throws IOException {
        Clock clock = Clock.systemUTC();
        Pane pane = new Pane(
                ScreenTerminal.withTerminal("test", "xterm-256color", 40, 10).terminal(), true, task -> {}, clock);
        display = new WindowDisplay(pane, windows, clock);
    }

    private Window open(String name) {
        return display.open(new Place(name, true));
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
        display.add(bob, said(1, "bob"));
        display.add(rob, said(2, "rob"));
        display.add(bob, said(3, "bob"));
        display.add(rob, said(4, "rob"));
        display.renamed(rob, new Place("Bob", true));
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
        display.add(bob, said(1, "bob"));
        display.renamed(bob, new Place("BOB", true));
        assertThat(windows.places()).containsExactly(bob);
        assertThat(texts(bob)).containsExactly("at 1");
        assertThat(bob.name()).isEqualTo("BOB");
    }

    @Test
    void whatIsUnreadInTwoWindowsIsUnreadInTheOne() {
        Window bob = open("bob");
        Window rob = open("rob");
        display.addUnread(bob, said(1, "bob"), false);
        display.addUnread(rob, said(2, "rob"), false);
        display.addUnread(bob, said(3, "bob"), false);
        display.renamed(rob, new Place("bob", true));
        assertThat(rob.unread()).isEqualTo(3);
        assertThat(rob.isMentioned()).isTrue();
        assertThat(texts(rob)).containsExactly("unread from here", "at 1", "at 2", "at 3");
    }

    @Test
    void theMarkStandsBeforeWhatIsUnread() {
        Window bob = open("bob");
        Window rob = open("rob");
        display.addUnread(bob, said(1, "bob"), false);
        bob.markRead();
        display.addUnread(rob, said(2, "rob"), false);
        display.renamed(bob, new Place("rob", true));
        assertThat(bob.unread()).isEqualTo(1);
        assertThat(texts(bob)).containsExactly("at 1", "unread from here", "at 2");
    }

    @Test
    void theWindowThatIsSeenStaysSeenWhicheverOfTheTwoItWas() {
        for (boolean goesOn : new boolean[] {true, false}) {
            Window gone = open("gone");
            Window live = open("live");
            Window seen = goesOn ? live : gone;
            Window other = goesOn ? gone : live;
            display.show(seen);
            IntStream.rangeClosed(1, 6).forEach(time -> display.add(seen, said(2L * time, "a")));
            IntStream.rangeClosed(1, 6).forEach(time -> display.addUnread(other, said(2L * time + 1, "b"), false));
            seen.scroll(new ScrollPosition(2, 1)); // "at 8" is the last that is seen
            display.add(seen, said(14, "a"));
            display.renamed(live, new Place("gone", true));
            assertThat(windows.current()).isSameAs(live);
            assertThat(live.unread()).isZero();
            assertThat(live.lines()).hasSize(14);
            assertThat(live.lines().get(13 - live.scroll().lines()).text()).isEqualTo("at 8");
            assertThat(live.scroll().rows()).isEqualTo(1);
            assertThat(live.newBelow()).isEqualTo(1);
            display.close(live);
        }
    }

    @Test
    void theConversationThatWasQuietLongestGoesForOneTooMany() {
        Window lobby = display.open(new Place("lobby", false));
        Window first = open("first");
        Window second = open("second");
        IntStream.rangeClosed(3, Windows.MAX_CONVERSATIONS).forEach(i -> open("n" + i));
        display.add(first, said(1, "first"));
        assertThat(open("Second")).isSameAs(second);
        open("more");
        assertThat(windows.places())
                .hasSize(Windows.MAX_CONVERSATIONS + 1)
                .contains(lobby, first)
                .doesNotContain(second);
        assertThat(texts(windows.home()))
                .containsExactly("closed the conversation with second, which was quiet longest");
    }

    @Test
    void whatIsSeenOrUnreadDoesNotGo() {
        Window seen = open("seen");
        Window unread = open("unread");
        display.show(seen);
        display.addUnread(unread, said(1, "unread"), false);
        IntStream.rangeClosed(3, 3 * Windows.MAX_CONVERSATIONS).forEach(i -> open("n" + i));
        assertThat(windows.places()).hasSize(Windows.MAX_CONVERSATIONS).contains(seen, unread);
        assertThat(windows.current()).isSameAs(seen);
    }

    @Test
    void ofThoseThatAreAllUnreadTheEldestGoes() {
        for (int i = 1; i <= Windows.MAX_CONVERSATIONS; i++) {
            display.addUnread(open("n" + i), said(i, "n" + i), false);
        }
        display.addUnread(open("n1"), said(200, "n1"), false);
        open("more");
        assertThat(windows.find(new Place("n2", true))).isNull();
        assertThat(windows.find(new Place("n1", true))).isNotNull();
        assertThat(texts(windows.home()))
                .containsExactly("closed the conversation with n2, which was quiet longest, with 1 unread");
    }
}
