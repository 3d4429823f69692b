package io.parley.apps.client;

import io.parley.apps.client.screen.ScreenOptions;
import io.parley.apps.client.screen.ScreenOptions.Background;
import io.parley.apps.client.screen.ScreenOptions.Notify;
import picocli.CommandLine.Option;

/** The options of the screen. One thread; picocli sets the fields. */
final class ScreenArguments {
    @Option(
            names = "--bell",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Ring the terminal's bell, or not, at a mention or a direct message. It rings if not given.")
    private boolean bell;

    @Option(
            names = "--title",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Show in the title of the terminal's window, or not, what is unread. It does if not given.")
    private boolean title;

    @Option(
            names = "--notify",
            paramLabel = "HOW",
            defaultValue = "auto",
            description =
                    "Have the terminal notify you of a mention or a direct message: off, osc9, osc777, or auto, by"
                            + " what the terminal is known to show; ${DEFAULT-VALUE} if not given.")
    private Notify notify = Notify.AUTO;

    @Option(
            names = "--background",
            paramLabel = "WHICH",
            defaultValue = "auto",
            description = "Colours for a background that is dark, light, or auto, as the terminal says;"
                    + " ${DEFAULT-VALUE} if not given.")
    private Background background = Background.AUTO;

    ScreenOptions options() {
        return new ScreenOptions(bell, title, notify, background);
    }
}
