package io.parley.apps.client.screen;

import io.parley.apps.client.window.Line;
import java.util.Locale;
import org.jline.utils.AttributedStyle;

/** The colours and styles of a screen. Immutable, for any thread. */
final class Palette {
    /** Those of 256 colours that can be read on black and on white. */
    private static final int[] MANY = {32, 35, 38, 68, 71, 98, 101, 130, 133, 136, 137, 161, 166, 169, 172, 204};

    private static final int[] FEW = {
        AttributedStyle.RED,
        AttributedStyle.GREEN,
        AttributedStyle.YELLOW,
        AttributedStyle.BLUE,
        AttributedStyle.MAGENTA,
        AttributedStyle.CYAN
    };

    private final int[] colours; // empty for no colours

    private Palette(int[] colours) {
        this.colours = colours;
    }

    /**
     * The palette of a terminal.
     *
     * @param colours how many colours it has
     */
    static Palette of(int colours) {
        return new Palette(colours >= 256 ? MANY : colours >= 8 ? FEW : new int[0]);
    }

    /** The style of a name: it is always the same for a name. */
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
            case ERROR -> colour(AttributedStyle.DEFAULT, AttributedStyle.RED);
            case EVENT, MARK, PENDING -> faint();
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
