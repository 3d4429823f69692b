package io.parley.apps.client;

import io.parley.apps.client.options.ClientSettings;
import io.parley.apps.client.screen.Keyboard;
import io.parley.apps.client.screen.Pane;
import io.parley.apps.client.screen.ScreenOptions;
import io.parley.apps.client.screen.ScreenView;
import io.parley.apps.client.view.Printer;
import io.parley.apps.client.view.View;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;

/** Makes a client on a screen. Any thread may call it. */
final class ScreenClient {
    private ScreenClient() {}

    /** The terminal of this program; null if there is none that can move its cursor. */
    static @Nullable Terminal terminal() {
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
            // The program prints lines only.
        }
        return null;
    }

    /**
     * Makes a client.
     *
     * @param stop stops the program as Ctrl-Z does, and returns when it continues
     */
    static ClientApp app(
            ClientSettings settings,
            ScreenOptions options,
            Terminal terminal,
            Executor callbacks,
            Printer printer,
            Clock clock,
            Runnable stop) {
        Map<String, String> environment = System.getenv();
        Pane pane = new Pane(terminal, environment.getOrDefault("NO_COLOR", "").isEmpty(), callbacks, clock);
        Keyboard keyboard = new Keyboard(stop);
        View view = new ScreenView(pane, keyboard, options, environment, callbacks, printer, clock);
        return new ClientApp(settings, view, keyboard, callbacks, clock);
    }
}
