package io.parley.apps.client;

import java.util.Locale;
import org.jline.utils.AttributedStyle;

/** How things look on a screen. Immutable, for any thread. */
final class Palette {
    /** Colours that can be read on black and on white, of the 256 that most terminals have. */
    private static final int[] MANY = {32, 35, 38, 68, 71, 98, 101, 130, 133, 136, 137, 161, 166, 169, 172, 204};

    private static final int[] FEW = {
        AttributedStyle.RED,
        AttributedStyle.GREEN,
        AttributedStyle.YELLOW,
        AttributedStyle.BLUE,
        AttributedStyle.MAGENTA,
        AttributedStyle.CYAN
    };

    private final int[] colours; // none where there are to be none

    private Palette(int[] colours) {
        this.colours = colours;
    }

    /**
     * One for a terminal.
     *
     * @param colours how many it has
     */
    static Palette of(int colours) {
        return new Palette(colours >= 256 ? MANY : colours >= 8 ? FEW : new int[0]);
    }

    /** The same person has the same colour on every day. */
    AttributedStyle nick(String name) {
        AttributedStyle bold = AttributedStyle.DEFAULT.bold();
        if (colours.length == 0) {
            return bold;
        }
        int at = Math.floorMod(name.toLowerCase(Locale.ROOT).hashCode() * 31, colours.length);
        return bold.foreground(colours[at]);
    }

    AttributedStyle faint() {
        return colours.length == 0
                ? AttributedStyle.DEFAULT
                : AttributedStyle.DEFAULT.foreground(AttributedStyle.BRIGHT);
    }

    AttributedStyle text(Line.Kind kind) {
        return switch (kind) {
            case MENTION -> colour(AttributedStyle.DEFAULT.bold(), AttributedStyle.YELLOW);
            case NOTICE -> colour(AttributedStyle.DEFAULT.bold(), AttributedStyle.CYAN);
            case TROUBLE -> colour(AttributedStyle.DEFAULT, AttributedStyle.RED);
            case EVENT, MARK -> faint();
            case MESSAGE, OWN, ACTION -> AttributedStyle.DEFAULT;
        };
    }

    AttributedStyle status() {
        return AttributedStyle.DEFAULT.inverse();
    }

    private AttributedStyle colour(AttributedStyle style, int colour) {
        return colours.length == 0 ? style : style.foreground(colour);
    }
}
