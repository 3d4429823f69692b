package io.parley.apps.client.screen;

import io.parley.apps.client.screen.ScreenOptions.Background;
import io.parley.apps.client.screen.ScreenOptions.Notify;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the environment, and a terminal's own answer, tell of a terminal. No state, for any thread. */
final class TerminalTraits {
    /** Asks the terminal for the colour of its background (xterm's OSC 11). */
    static final String ASK_BACKGROUND = "\u001B]11;?\u001B\\";

    private static final Pattern BACKGROUND = Pattern.compile(
            "\u001B\\]11;rgba?:([0-9a-fA-F]{1,4})/([0-9a-fA-F]{1,4})/([0-9a-fA-F]{1,4})(?:/[0-9a-fA-F]{1,4})?[\u0007\u001B].*");

    private TerminalTraits() {}

    /** The background by COLORFGBG, which rxvt and others set: the last number is that of a colour. */
    static Background background(Map<String, String> environment) {
        String colours = environment.getOrDefault("COLORFGBG", "");
        String last = colours.substring(colours.lastIndexOf(';') + 1);
        if (!last.matches("[0-9]{1,2}")) {
            return Background.AUTO;
        }
        int number = Integer.parseInt(last);
        return number == 7 || number > 8 ? Background.LIGHT : Background.DARK;
    }

    /** The background by the answer of a terminal; AUTO if it is none. */
    static Background background(String answer) {
        Matcher found = BACKGROUND.matcher(answer);
        if (!found.matches()) {
            return Background.AUTO;
        }
        double luminance =
                0.2126 * part(found.group(1)) + 0.7152 * part(found.group(2)) + 0.0722 * part(found.group(3));
        // As far from black as from white, by the contrast of WCAG.
        return luminance < 0.179 ? Background.DARK : Background.LIGHT;
    }

    /** A part of a colour, linear from 0 to 1. */
    private static double part(String digits) {
        double value = Integer.parseInt(digits, 16) / (Math.pow(16, digits.length()) - 1);
        return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    }

    /**
     * The notification that the terminal is known to show. Not in tmux or screen, which take it away: what is outside is not
     * known there.
     */
    static Notify notification(Map<String, String> environment) {
        String term = environment.getOrDefault("TERM", "");
        if (environment.containsKey("TMUX") || term.startsWith("screen") || term.startsWith("tmux")) {
            return Notify.OFF;
        }
        boolean nine = switch (environment.getOrDefault("TERM_PROGRAM", "")) {
            case "iTerm.app", "WezTerm", "ghostty" -> true;
            default -> term.equals("xterm-kitty") || term.equals("xterm-ghostty");
        };
        boolean other =
                term.startsWith("foot") || term.startsWith("rxvt-unicode") || environment.containsKey("VTE_VERSION");
        return nine ? Notify.OSC9 : other ? Notify.OSC777 : Notify.OFF;
    }
}
