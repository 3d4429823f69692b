package io.parley.apps.terminal;

import java.io.Console;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import org.jspecify.annotations.Nullable;

/** The terminal of this program. Any thread may call it. */
public final class Terminals {
    private Terminals() {}

    /** Whether input and output are both a terminal. */
    @SuppressWarnings("SystemConsoleNull") // what newer versions give instead of null is asked whether it is a terminal
    public static boolean isInteractive() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            // From 22 on there can be a console without a terminal, and it knows; before, it is one.
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException older) {
            return true;
        }
    }

    /** Whether the terminal cannot move its cursor, as TERM says. */
    public static boolean isDumb() {
        return "dumb".equals(System.getenv("TERM"));
    }

    /** Asks for a line that is not shown as it is typed; null at the end of the input, or if there is no terminal. */
    @SuppressWarnings("SystemConsoleNull") // what newer versions give instead of null is asked whether it is a terminal
    public static @Nullable String readSecret(String prompt) {
        Console console = System.console();
        char[] typed = console == null || !isInteractive() ? null : console.readPassword("%s", prompt);
        return typed == null ? null : new String(typed);
    }

    /** Stops the processes of this job, as a terminal does at Ctrl-Z; returns when they continue. */
    public static void stopAll() {
        try {
            new ProcessBuilder("sh", "-c", "kill -TSTP 0")
                    .redirectOutput(Redirect.DISCARD)
                    .redirectError(Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException none) {
            // The program continues.
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }
}
