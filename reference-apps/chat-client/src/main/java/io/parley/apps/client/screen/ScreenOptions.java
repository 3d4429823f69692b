package io.parley.apps.client.screen;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a user chooses about the screen. Immutable, for any thread.
 *
 * @param bell whether a mention or a direct message rings the bell
 * @param title whether the title of the terminal's window says what is unread
 * @param notification how the terminal notifies the user of a mention or a direct message
 * @param background what the colours are for
 */
public record ScreenOptions(boolean bell, boolean title, Notify notification, Background background) {
    /** Everything on, and the rest as the terminal has it. */
    public static final ScreenOptions DEFAULT = new ScreenOptions(true, true, Notify.AUTO, Background.AUTO);

    /** The escape sequence of a notification. */
    public enum Notify {
        OFF,
        /** OSC 9. */
        OSC9,
        /** OSC 777. */
        OSC777,
        /** The one that the terminal is known to have, or none. */
        AUTO
    }

    /** The background of the terminal. */
    public enum Background {
        DARK,
        LIGHT,
        /** What the terminal says. */
        AUTO
    }

    /**
     * The same with another value.
     *
     * @param name the name of an option
     * @throws IllegalArgumentException if there is no such option or value; the message is for the user
     */
    ScreenOptions with(String name, String value) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "bell" -> new ScreenOptions(isOn(value), title, notification, background);
            case "title" -> new ScreenOptions(bell, isOn(value), notification, background);
            case "notify" -> new ScreenOptions(bell, title, one(Notify.values(), value), background);
            case "background" -> new ScreenOptions(bell, title, notification, one(Background.values(), value));
            default ->
                throw new IllegalArgumentException(
                        "there is nothing called " + name + " to set; /set lists what there is");
        };
    }

    private static boolean isOn(String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "on" -> true;
            case "off" -> false;
            default -> throw new IllegalArgumentException("it is on or off");
        };
    }

    private static <T extends Enum<T>> T one(T[] all, String value) {
        return Stream.of(all)
                .filter(one -> one.name().equalsIgnoreCase(value))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("it is one of "
                        + Stream.of(all).map(ScreenOptions::word).collect(Collectors.joining(", "))));
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static String word(boolean on) {
        return on ? "on" : "off";
    }

    /** All values, for the user. */
    String text() {
        return "bell " + word(bell) + ", title " + word(title) + ", notify " + word(notification) + ", background "
                + word(background);
    }
}
