package io.parley.apps.benchmarks;

import java.util.List;
import java.util.Locale;

/**
 * Rooms, who is in them and who speaks how.
 *
 * @param name what it is called in tables
 * @param rooms how many rooms
 * @param members how many in each room
 * @param senders how many of them speak
 * @param window messages that a sender has under way; closed loop only
 * @param everywhere whether everybody is in every room, or in one
 * @param perSecond messages a second of all senders, sent when they are due whatever comes back; 0 for a closed loop
 */
record Scenario(String name, int rooms, int members, int senders, int window, boolean everywhere, int perSecond) {

    /** Those in which servers are compared. */
    static final List<Scenario> STANDARD = List.of(
            closed("1x100", 1, 100, 1, 64),
            closed("1x100-32", 1, 100, 1, 32),
            closed("1x1000", 1, 1_000, 4, 8),
            closed("100x10", 100, 10, 1, 1),
            closed("100x10-4", 100, 10, 1, 4),
            closed("100x10-32", 100, 10, 1, 32),
            closed("64-senders", 1, 100, 64, 1),
            closed("one-at-a-time", 1, 100, 1, 1),
            everywhere("100-rooms-each", 100, 100, 4, 8),
            open("500-a-second", 100, 500));

    /** Senders that wait for their own messages to come back. */
    static Scenario closed(String name, int rooms, int members, int senders, int window) {
        return new Scenario(name, rooms, members, senders, window, false, 0);
    }

    /** One room in which messages are due at a fixed rate, from ten senders in turn; the window is for warming up. */
    static Scenario open(String name, int members, int perSecond) {
        return new Scenario(name, 1, members, Math.min(10, members), 1, false, perSecond);
    }

    /** Everybody in every room; the senders speak in one after the other. */
    static Scenario everywhere(String name, int rooms, int members, int senders, int window) {
        return new Scenario(name, rooms, members, senders, window, true, 0);
    }

    static Scenario named(String name) {
        return STANDARD.stream()
                .filter(scenario -> scenario.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no scenario " + name + " among " + STANDARD));
    }

    int connections() {
        return everywhere ? members : rooms * members;
    }

    boolean isOpen() {
        return perSecond > 0;
    }

    /** In words. */
    String describe() {
        String who = String.format(
                Locale.ROOT,
                "%,d room%s of %,d, %d sender%s each",
                rooms,
                rooms == 1 ? "" : "s",
                members,
                senders,
                senders == 1 ? "" : "s");
        return who + (isOpen() ? ", " + perSecond + " messages a second" : ", window " + window);
    }

    @Override
    public String toString() {
        return name;
    }
}
