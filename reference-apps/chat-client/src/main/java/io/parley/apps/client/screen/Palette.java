package io.parley.apps.client.screen;

import io.parley.apps.client.screen.ScreenOptions.Background;
import io.parley.apps.client.window.Line;
import java.util.List;
import java.util.Locale;
import org.jline.utils.AttributedStyle;
import org.jspecify.annotations.Nullable;

/**
 * The colours and styles of a screen. Immutable, for any thread.
 *
 * <p>The colours are those of 256 that are the same on all terminals. A terminal with fewer colours has the colours of its
 * theme, which nobody knows here; and where the background is not known, no colour is sure to be readable. There the
 * palette has none: names and mentions are bold.
 */
final class Palette {
    private static final Palette PLAIN = new Palette(null);

    /** The colours for one kind of background. Each has a contrast of 4.5 or more; a test measures it. */
    record Colours(List<Integer> names, int faint, int mention, int notice, int error) {
        static final Colours ON_DARK = new Colours(
                List.of(39, 75, 80, 79, 113, 149, 179, 215, 209, 211, 213, 177, 141, 111), 246, 220, 45, 210);
        static final Colours ON_LIGHT =
                new Colours(List.of(22, 23, 24, 25, 26, 57, 58, 61, 90, 92, 94, 125, 127, 128), 241, 94, 24, 124);
    }

    private final @Nullable Colours colours; // null for none

    private Palette(@Nullable Colours colours) {
        this.colours = colours;
    }

    /**
     * The palette of a terminal.
     *
     * @param count how many colours it has
     * @param background AUTO if it is not known
     */
    static Palette of(int count, Background background) {
        if (count < 256 || background == Background.AUTO) {
            return PLAIN;
        }
        return new Palette(background == Background.DARK ? Colours.ON_DARK : Colours.ON_LIGHT);
    }

    boolean isColoured() {
        return colours != null;
    }

    /** The style of a name: it is always the same for a name. */
    AttributedStyle nick(String name) {
        AttributedStyle bold = AttributedStyle.DEFAULT.bold();
        if (colours == null) {
            return bold;
        }
        int at = Math.floorMod(name.toLowerCase(Locale.ROOT).hashCode() * 31, colours.names.size());
        return bold.foreground(colours.names.get(at));
    }

    AttributedStyle faint() {
        return colours == null ? AttributedStyle.DEFAULT : AttributedStyle.DEFAULT.foreground(colours.faint);
    }

    AttributedStyle text(Line.Kind kind) {
        AttributedStyle plain = AttributedStyle.DEFAULT;
        return switch (kind) {
            case MENTION -> colours == null ? plain.bold() : plain.bold().foreground(colours.mention);
            case NOTICE -> colours == null ? plain.bold() : plain.bold().foreground(colours.notice);
            case ERROR -> colours == null ? plain : plain.foreground(colours.error);
            case EVENT, MARK, PENDING -> faint();
            case MESSAGE, OWN, ACTION -> plain;
        };
    }

    AttributedStyle status() {
        return AttributedStyle.DEFAULT.inverse();
    }
}
