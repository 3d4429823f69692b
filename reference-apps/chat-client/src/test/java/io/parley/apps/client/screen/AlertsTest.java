package io.parley.apps.client.screen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.apps.client.screen.ScreenOptions.Notify;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The bell, notifications and the title, as they are written to a terminal. */
class AlertsTest {
    private static final ScreenOptions QUIET =
            ScreenOptions.DEFAULT.with("notify", "off").with("title", "off").with("bell", "off");

    private final List<String> written = new ArrayList<>();
    private final Hand clock = new Hand();

    /** A clock that is turned by hand. */
    private static final class Hand extends Clock {
        private long millis = 1_000_000;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(millis);
        }
    }

    private Alerts alerts(ScreenOptions options, Notify known) {
        return new Alerts(written::add, options, known, clock);
    }

    @Test
    void eachIsSwitchedAlone() {
        alerts(QUIET.with("bell", "on"), Notify.OSC9).heard("bob", "lobby", "hi");
        alerts(QUIET.with("notify", "osc9"), Notify.OFF).heard("bob", "lobby", "hi");
        alerts(QUIET.with("notify", "OSC777"), Notify.OFF).heard("bob", "", "hi");
        alerts(QUIET.with("notify", "auto"), Notify.OSC9).heard("bob", "", "hi");
        alerts(QUIET.with("notify", "auto"), Notify.OFF).heard("bob", "", "hi");
        alerts(QUIET, Notify.OSC9).heard("bob", "", "hi");
        alerts(QUIET, Notify.OSC9).title(3, "lobby", 1);
        assertThat(written)
                .containsExactly(
                        "\u0007",
                        "\u001B]9;parley: bob in lobby: hi\u0007",
                        "\u001B]777;notify;parley;bob: hi\u0007",
                        "\u001B]9;parley: bob: hi\u0007");
    }

    @Test
    void thereIsOneBellInASecond() {
        Alerts alerts = alerts(QUIET.with("bell", "on"), Notify.OFF);
        for (int i = 0; i < 30; i++) {
            alerts.heard("bob", "lobby", "hi");
            clock.millis += 100;
        }
        assertThat(written).hasSize(3);
        clock.millis -= 3_600_000; // the clock of the machine was set
        alerts.heard("bob", "lobby", "hi");
        assertThat(written).hasSize(4);
    }

    @Test
    void theTitleIsWrittenWhenItChanges() {
        Alerts alerts = alerts(QUIET.with("title", "on"), Notify.OFF);
        alerts.title(0, "", 1);
        alerts.title(0, "lobby", 1);
        alerts.title(0, "lobby", 1);
        alerts.title(3, "lobby", 1);
        alerts.title(3, "lobby", 2); // the screen was given back meanwhile
        alerts.options(QUIET);
        alerts.title(4, "lobby", 1);
        assertThat(written)
                .containsExactly(
                        "\u001B]0;parley\u0007",
                        "\u001B]0;lobby - parley\u0007",
                        "\u001B]0;(3) lobby - parley\u0007",
                        "\u001B]0;(3) lobby - parley\u0007",
                        "\u001B[23;0t\u001B[22;0t");
    }

    @Test
    void nobodysTextLeavesItsSequence() {
        String nasty = "4;1;50\u0007\u001B]0;x\u001B\\\u009C\u202E\n\r\t\uD800\uDB80\uDC00end" + "y".repeat(10_000);
        Alerts alerts = alerts(ScreenOptions.DEFAULT.with("bell", "off"), Notify.OSC9);
        alerts.heard(nasty, nasty, nasty);
        alerts.title(1, nasty, 1);
        alerts.options(QUIET.with("notify", "osc777"));
        clock.millis += 10_000;
        alerts.heard(nasty, "", nasty);
        assertThat(written).hasSize(4).allSatisfy(one -> {
            String inside = one.substring(1, one.length() - 1);
            if (!one.endsWith("t")) {
                assertThat(inside.codePoints()).allMatch(point -> point >= ' ' && (point < 0x7F || point > 0x9F));
            }
            assertThat(one).hasSizeLessThan(220).doesNotContain("\u202E");
        });
        assertThat(written.get(0)).startsWith("\u001B]9;parley: 4,1,50]0,x\\   end");
        assertThat(written.get(3).chars().filter(point -> point == ';')).hasSize(3);
    }

    @Test
    void aValueThatIsNoneIsExplained() {
        assertThatThrownBy(() -> QUIET.with("bell", "loud")).hasMessage("it is on or off");
        assertThatThrownBy(() -> QUIET.with("notify", "mail")).hasMessage("it is one of off, osc9, osc777, auto");
        assertThatThrownBy(() -> QUIET.with("bells", "on")).hasMessageContaining("/set lists what there is");
        assertThat(QUIET.text()).isEqualTo("bell off, title off, notify off, background auto");
    }
}
