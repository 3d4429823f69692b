package io.parley.apps.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.concurrent.Executor;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;

/** Puts together what a client on a screen is made of. Any thread may call it. */
final class Screens {
    private Screens() {}

    /** The terminal that this program was started at; null if there is none that can move its cursor. */
    static @Nullable Terminal system() {
        try {
            Terminal terminal = TerminalBuilder.builder()
                    .system(true)
                    .dumb(true)
                    .encoding(StandardCharsets.UTF_8)
                    .nativeSignals(true)
                    .build();
            if (!terminal.getType().startsWith(Terminal.TYPE_DUMB)) {
                return terminal;
            }
            terminal.close();
        } catch (IOException | IllegalStateException none) {
            // Then there are lines only.
        }
        return null;
    }

    /**
     * A client.
     *
     * @param stop has the program stopped, and returns when it goes on
     */
    static ClientApp app(
            ClientSettings settings,
            Terminal terminal,
            Executor callbacks,
            Printer printer,
            Clock clock,
            Runnable stop) {
        String noColour = System.getenv("NO_COLOR");
        Pane pane = new Pane(terminal, noColour == null || noColour.isEmpty(), callbacks, clock);
        Keyboard keyboard = new Keyboard(stop);
        Face face = new ScreenFace(pane, keyboard, callbacks, printer, clock);
        return new ClientApp(settings, face, keyboard, callbacks);
    }
}
