package io.parley.apps.client.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.apps.client.view.Place;
import io.parley.apps.client.window.Line.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

class WindowsTest {
    private final Windows windows = new Windows();

    private Window open(String name, boolean direct) {
        return windows.open(new Place(name, direct));
    }

    private static Line line(Kind kind) {
        return new Line(0, 0, kind, "bob", "hi");
    }

    @Test
    void aWindowIsFoundByNumberNameAndBeginning() {
        Window lobby = open("lobby", false);
        Window bob = open("Bob", true);
        assertThat(windows.match("1")).isSameAs(lobby);
        assertThat(windows.match("LOBBY")).isSameAs(lobby);
        assertThat(windows.match("bob")).isSameAs(bob);
        assertThat(windows.match("lo")).isSameAs(lobby);
        assertThat(windows.match("0")).isSameAs(windows.home());
        assertThat(windows.match("3")).isNull();
        assertThat(windows.match("x")).isNull();
        assertThat(open("LOBBY", false)).isSameAs(lobby);
    }

    @Test
    void nextAndBeforeGoRound() {
        assertThat(windows.neighbour(1)).isSameAs(windows.home());
        Window one = open("one", false);
        Window two = open("two", false);
        assertThat(windows.neighbour(1)).isSameAs(one);
        windows.show(one);
        assertThat(windows.neighbour(1)).isSameAs(two);
        assertThat(windows.neighbour(-1)).isSameAs(two);
        windows.show(two);
        assertThat(windows.neighbour(1)).isSameAs(one);
    }

    @Test
    void whereThisUserIsNamedComesFirst() {
        Window one = open("one", false);
        Window two = open("two", false);
        assertThat(windows.nextUnread()).isSameAs(windows.home());
        add(one, Kind.MESSAGE);
        assertThat(windows.nextUnread()).isSameAs(one);
        add(two, Kind.MENTION);
        assertThat(windows.nextUnread()).isSameAs(two);
        windows.show(two);
        assertThat(windows.nextUnread()).isSameAs(one);
    }

    private static void add(Window window, Kind kind) {
        window.add(line(kind));
        window.addUnread(line(kind), kind == Kind.MENTION || window.isDirect());
    }

    @Test
    void aMarkStandsBeforeWhatIsUnread() {
        Window one = open("one", false);
        add(one, Kind.MESSAGE);
        add(one, Kind.MESSAGE);
        assertThat(one.lines()).extracting(Line::kind).containsExactly(Kind.MARK, Kind.MESSAGE, Kind.MESSAGE);
        assertThat(one.unread()).isEqualTo(2);
        one.markRead();
        add(one, Kind.MESSAGE);
        assertThat(one.lines())
                .extracting(Line::kind)
                .containsExactly(Kind.MESSAGE, Kind.MESSAGE, Kind.MARK, Kind.MESSAGE);
        assertThat(one.unread()).isEqualTo(1);
    }

    @Test
    void comingAndGoingIsFoldedIntoALine() {
        Window one = open("one", false);
        assertThat(one.presence("ann", true, 0)).isFalse();
        assertThat(one.presence("bob", true, 0)).isTrue();
        one.presence("cem", false, 0);
        one.presence("ann", false, 0);
        assertThat(one.lines()).hasSize(1);
        assertThat(one.lines().get(0).text()).isEqualTo("came: bob · went: cem · came and went: ann");
        one.add(line(Kind.MESSAGE));
        one.presence("dan", true, 0);
        assertThat(one.lines()).hasSize(3);
        for (int i = 0; i < 20; i++) {
            one.presence("x" + i, true, 0);
        }
        assertThat(one.lines().get(2).text()).startsWith("came: dan, x0").endsWith("x6 and 13 more");
    }

    @Test
    void aWindowForgetsItsOldestLinesAndFetchesThemAgain() {
        Window one = open("one", false);
        boolean anew = false;
        for (int i = 1; i <= 5_001; i++) {
            anew = one.add(new Line(0, i, Kind.MESSAGE, "bob", "hi"));
        }
        assertThat(anew).isTrue();
        assertThat(one.lines()).hasSizeLessThan(5_000);
        assertThat(one.oldest()).isEqualTo(502).isEqualTo(one.lines().get(0).seq());
    }

    @Test
    void nothingIsForgottenInFrontOfWhoeverReadsIt() {
        Window one = open("one", false);
        for (int i = 1; i <= 5_000; i++) {
            one.add(new Line(0, i, Kind.MESSAGE, "bob", "hi"));
        }
        one.scroll(new ScrollPosition(4_990, 0));
        for (int i = 5_001; i <= 15_000; i++) {
            assertThat(one.add(new Line(0, i, Kind.MESSAGE, "bob", "hi"))).isFalse();
        }
        assertThat(one.lines()
                        .get(one.lines().size() - one.scroll().lines() - 1)
                        .seq())
                .isEqualTo(10);
        for (int i = 15_001; i <= 30_000; i++) {
            one.add(new Line(0, i, Kind.MESSAGE, "bob", "hi"));
        }
        assertThat(one.lines()).hasSizeLessThanOrEqualTo(20_000);
        one.scroll(ScrollPosition.BOTTOM);
        one.add(new Line(0, 30_001, Kind.MESSAGE, "bob", "hi"));
        assertThat(one.lines()).hasSizeLessThan(5_000);
    }

    @Test
    void whoeverLooksBackAtWhatIsForgottenSeesTheFirstThatIsLeft() {
        Window one = open("one", false);
        one.add(line(Kind.MESSAGE));
        one.add(line(Kind.MESSAGE));
        one.scroll(new ScrollPosition(1, 0));
        for (int i = 0; i < 20_000; i++) {
            one.add(line(Kind.MESSAGE));
        }
        assertThat(one.scroll().lines()).isLessThan(one.lines().size());
        assertThat(one.newBelow()).isEqualTo(one.scroll().lines());
    }

    @Test
    void numbersOfAnotherHistoryAreNotMixedWithThose() {
        Window one = open("one", false);
        one.begin(7, 100);
        one.add(new Line(0, 101, Kind.MESSAGE, "bob", "hi"));
        one.begin(7, 120);
        assertThat(one.oldest()).isEqualTo(101);
        one.begin(8, 3);
        one.add(new Line(0, 3, Kind.MESSAGE, "bob", "hi"));
        one.add(new Line(0, 4, Kind.MESSAGE, "bob", "hi"));
        assertThat(one.oldest()).isEqualTo(3);
        assertThat(one.lines()).extracting(Line::seq).containsExactly(0L, 3L, 4L);
        one.prependOlder(List.of(new Line(0, 4, Kind.MESSAGE, "bob", "hi")));
        assertThat(one.lines()).hasSize(3);
    }

    @Test
    void namesAreNotGatheredForEver() {
        Window one = open("one", false);
        for (int i = 0; i < 250; i++) {
            one.presence("x" + i, true, 0);
        }
        assertThat(one.lines())
                .extracting(Line::text)
                .map(text -> text.replaceAll(".* and ", ""))
                .containsExactly("92 more", "92 more", "42 more");
        for (int i = 0; i < 1_000; i++) {
            one.typing("x" + i, i * 1_000L);
        }
        assertThat(one.typists(0)).hasSizeLessThan(10);
    }

    @Test
    void typingEndsWithTimeAndWithWhatIsSaid() {
        Window one = open("one", false);
        one.typing("bob", 1_000);
        one.typing("ann", 3_000);
        assertThat(one.typists(4_000)).containsExactly("ann", "bob");
        assertThat(one.typists(7_000)).containsExactly("ann");
        one.add(new Line(0, 0, Kind.MESSAGE, "ann", "hi"));
        assertThat(one.typists(7_000)).isEmpty();
    }

    @Test
    void closingShowsTheNeighbour() {
        Window one = open("one", false);
        Window two = open("two", false);
        windows.show(two);
        assertThat(windows.close(one)).isFalse();
        assertThat(windows.close(two)).isTrue();
        assertThat(windows.current()).isSameAs(windows.home());
    }

    private static Line line(Kind kind, String text) {
        return new Line(0, 0, kind, "me", text);
    }

    private static List<String> texts(Window window) {
        return window.lines().stream().map(Line::text).toList();
    }

    @Test
    void whatIsNotSaidYetStaysBelowTheRest() {
        Window room = open("room", false);
        room.add(line(Kind.MESSAGE, "one"));
        room.addPending(1, line(Kind.PENDING, "first"));
        room.addPending(2, line(Kind.PENDING, "second"));
        room.addPending(3, line(Kind.PENDING, "first"));
        assertThat(room.add(line(Kind.MESSAGE, "two"))).isTrue();
        assertThat(room.presence("ann", true, 0)).isTrue();
        assertThat(texts(room)).containsExactly("one", "two", "came: ann", "first", "second", "first");
        room.presence("bob", true, 0);
        room.addUnread(line(Kind.MESSAGE, "three"), false);
        assertThat(texts(room))
                .containsExactly("one", "two", "unread from here", "came: ann, bob", "first", "second", "first");
        room.said("first", 1);
        assertThat(texts(room)).endsWith("came: ann, bob", "second", "first");
        assertThat(room.settle(2, 0)).isTrue();
        assertThat(room.settle(1, 0)).isFalse();
        assertThat(room.settle(3, 0)).isTrue();
        room.said("never", 2);
        assertThat(texts(room)).containsExactly("one", "two", "unread from here", "came: ann, bob");
        assertThat(room.add(line(Kind.MESSAGE, "three"))).isFalse();
    }

    @Test
    void thePageStaysWhereItIsWhileWhatIsBelowItIsSaid() {
        Window room = open("room", false);
        room.add(line(Kind.MESSAGE, "one"));
        room.add(line(Kind.MESSAGE, "two"));
        room.scroll(new ScrollPosition(1, 0));
        room.addPending(1, line(Kind.PENDING, "three"));
        assertThat(room.scroll()).isEqualTo(new ScrollPosition(2, 0));
        assertThat(room.newBelow()).isEqualTo(1);
        room.settle(1, 0);
        room.add(line(Kind.OWN, "three"));
        assertThat(room.scroll()).isEqualTo(new ScrollPosition(2, 0));
        room.scroll(ScrollPosition.BOTTOM);
        room.addPending(2, line(Kind.PENDING, "four"));
        room.settle(2, 0);
        assertThat(room.isScrolled()).isFalse();
    }

    @Test
    void twoWindowsThatBecomeOneKeepWhatIsNotSaidYet() {
        Window bob = open("bob", true);
        Window rob = open("rob", true);
        bob.add(line(Kind.MESSAGE, "one"));
        bob.addPending(1, line(Kind.PENDING, "to bob"));
        rob.addPending(2, line(Kind.PENDING, "to rob"));
        rob.add(line(Kind.MESSAGE, "two"));
        windows.renamed(bob, new Place("rob", true));
        assertThat(texts(bob)).containsExactly("one", "two", "to bob", "to rob");
        assertThat(bob.settle(2, 0)).isTrue();
        assertThat(bob.settle(1, 0)).isTrue();
    }

    @Test
    void anOutcomeThatIsKnownBeforeTheMessageIsShownSettlesOne() {
        Window room = open("room", false);
        room.addPending(1, line(Kind.PENDING, "ok"));
        room.addPending(2, line(Kind.PENDING, "ok"));
        assertThat(room.settle(1, 7)).isTrue();
        assertThat(room.said("ok", 7)).isFalse();
        assertThat(texts(room)).containsExactly("ok");
        assertThat(room.said("ok", 8)).isTrue();
        assertThat(room.settle(2, 8)).isFalse();
        assertThat(room.lines()).isEmpty();
    }
}
