package io.parley.apps.client.screen;

import static io.parley.apps.client.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.apps.client.Typist;
import io.parley.apps.client.view.Place;
import io.parley.apps.client.window.Line;
import io.parley.apps.client.window.Line.Kind;
import io.parley.apps.client.window.Window;
import io.parley.apps.client.window.Windows;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.LineDisciplineTerminal;
import org.jline.utils.ScreenTerminal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Drawing only the changes gives the same screen as drawing the whole page. */
@Timeout(300)
class PaneTest {
    private static final List<Kind> KINDS =
            List.of(Kind.MESSAGE, Kind.MENTION, Kind.OWN, Kind.ACTION, Kind.NOTICE, Kind.EVENT, Kind.ERROR);
    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");

    private final Queue<Runnable> callbacks = new ConcurrentLinkedQueue<>();
    private final Windows windows = new Windows();
    private final Clock clock = Clock.fixed(NOON, ZoneOffset.UTC);
    private LineDisciplineTerminal terminal;
    private ScreenTerminal screen;
    private Pane pane;
    private WindowDisplay display;

    private void open(int columns, int rows) throws IOException {
        ScreenTerminal.VirtualTerminal virtual = ScreenTerminal.withTerminal("test", "xterm-256color", columns, rows);
        terminal = virtual.terminal();
        screen = virtual.screen();
        pane = new Pane(terminal, true, callbacks::add, clock);
        display = new WindowDisplay(pane, windows, clock);
        Editor editor = pane.open(windows, () -> "online", () -> {});
        new Keyboard(() -> {}).start(editor, (input, passwords) -> {}, () -> {});
        await().until(editor::isReading);
    }

    private List<String> rows() {
        for (Runnable task = callbacks.poll(); task != null; task = callbacks.poll()) {
            task.run();
        }
        return Typist.rows(screen);
    }

    private void resize(int columns, int rows) {
        screen.setSize(Size.of(columns, rows));
        terminal.setSize(Size.of(columns, rows));
        terminal.raise(Terminal.Signal.WINCH);
        await().until(() -> !callbacks.isEmpty());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whateverHappensTheScreenIsRight(long seed) throws IOException {
        Random random = new Random(seed);
        open(40, 10);
        Window[] all = {windows.home(), windows.open(new Place("a", false)), windows.open(new Place("bob", true))};
        all[1].begin(1, 1_000_000);
        for (int i = 0; i < 400; i++) {
            for (int n = random.nextInt(4); n >= 0; n--) {
                step(random, all[random.nextInt(all.length)], i);
            }
            List<String> seen = rows();
            pane.changed();
            assertThat(rows()).as("step %d", i).isEqualTo(seen);
        }
        pane.close();
    }

    private void step(Random random, Window window, int number) {
        switch (random.nextInt(10)) {
            case 0 -> display.show(window);
            case 1 -> pane.scrollUp(pane.step());
            case 2 -> pane.scrollDown(pane.step());
            case 3 -> display.changed(window, window.presence("p" + random.nextInt(5), random.nextBoolean(), number));
            case 4 -> {
                window.prepend(List.of(line(random, -1), line(random, 0)), window.oldest() - 2, true);
                display.changed(window, true);
            }
            case 5 -> {
                if (random.nextInt(5) == 0) {
                    resize(20 + random.nextInt(60), 3 + random.nextInt(20));
                }
            }
            default -> {
                for (int n = random.nextInt(8); n >= 0; n--) {
                    display.addUnread(window, line(random, number), false);
                }
            }
        }
    }

    private static Line line(Random random, int number) {
        Kind kind = KINDS.get(random.nextInt(KINDS.size()));
        boolean named = kind != Kind.EVENT && kind != Kind.ERROR;
        String text = "n" + number + " some \u4F60\u597D words".repeat(random.nextInt(5));
        long time = NOON.plus(Duration.ofHours(number)).toEpochMilli();
        return new Line(time, 0, kind, named ? "bob" : "", text);
    }

    @Test
    void whoeverLooksBackIsNotMoved() throws IOException {
        open(40, 10);
        IntStream.rangeClosed(1, 50).forEach(i -> display.event("n" + i));
        rows();
        pane.scrollUp(pane.step());
        List<String> seen = rows();
        assertThat(seen.get(7)).endsWith("n43");
        for (int i = 51; i <= 80; i++) {
            display.event("n" + i);
            rows();
        }
        assertThat(rows().subList(0, 8)).isEqualTo(seen.subList(0, 8));
        pane.scrollUp(pane.step());
        assertThat(rows().get(7)).endsWith("n36");
        pane.scrollDown(pane.step());
        assertThat(rows().get(7)).endsWith("n43");
        pane.scrollDown(pane.step());
        assertThat(rows().get(7)).endsWith("n50");
        pane.close();
    }

    @Test
    void nothingIsDrawnOnAScreenThatIsGivenBack() throws IOException {
        open(40, 10);
        display.event("before");
        assertThat(rows().get(7)).endsWith("before");
        pane.close();
        List<String> given = Typist.rows(screen);
        display.event("after");
        assertThat(rows()).isEqualTo(given).noneMatch(row -> row.contains("before"));
    }
}
