package io.parley.apps.client.screen;

import io.parley.apps.client.screen.ScreenOptions.Background;
import io.parley.apps.client.view.Place;
import io.parley.apps.client.window.Window;
import io.parley.apps.client.window.Windows;
import io.parley.client.Message;
import java.time.Clock;
import java.util.Map;

/** The colours for the background of the terminal, and what tells of unread lines beside the screen. The callback thread only. */
final class Look {
    private final Pane pane;
    private final Windows windows;
    private final Alerts alerts;
    private final Background assumed; // by the environment
    private Background answered = Background.AUTO; // by the terminal
    private int unseen; // lines of the window that is shown, while the terminal has no focus

    Look(Pane pane, Windows windows, ScreenOptions options, Map<String, String> environment, Clock clock) {
        this.pane = pane;
        this.windows = windows;
        this.assumed = TerminalTraits.background(environment);
        this.alerts = new Alerts(pane::control, options, TerminalTraits.notification(environment), clock);
    }

    /** The screen is open. Asks for the background if it matters; the answer comes as a key, or never. */
    void begin() {
        choose();
        if (pane.hasColours() && options().background() == Background.AUTO) {
            pane.control(TerminalTraits.ASK_BACKGROUND);
        }
    }

    ScreenOptions options() {
        return alerts.options();
    }

    void options(ScreenOptions value) {
        alerts.options(value);
        begin();
    }

    private void choose() {
        Background wanted = options().background();
        Background told = answered == Background.AUTO ? assumed : answered;
        pane.background(wanted == Background.AUTO ? told : wanted);
    }

    /** The terminal has sent a sequence that is no key. */
    void answered(String sequence) {
        Background told = TerminalTraits.background(sequence);
        if (told != Background.AUTO) {
            answered = told;
            choose();
        }
    }

    /** The terminal has the focus, or lost it. */
    void focused(boolean on) {
        alerts.focused(on);
        unseen = 0;
        pane.changedFoot();
    }

    /** Somebody else has said something, just now. */
    void heard(Window window, Place place, Message message, boolean toUser) {
        boolean shown = window == windows.current();
        if (shown && alerts.isBlurred()) {
            unseen++;
        }
        if (toUser && !(shown && alerts.isFocused() && !window.isScrolled())) {
            alerts.heard(message.sender(), place.direct() ? "" : place.name(), message.text());
        }
    }

    /** Shows in the title what is unread. */
    void title() {
        int unread = windows.places().stream().mapToInt(Window::unread).sum() + unseen;
        alerts.title(unread, windows.current().name(), pane.timesTaken());
    }
}
