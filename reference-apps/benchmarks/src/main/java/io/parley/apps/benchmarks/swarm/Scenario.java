package io.parley.apps.benchmarks.swarm;

import java.util.List;
import java.util.Locale;

/**
 * A scenario: rooms, members, and how the members send.
 *
 * @param name its name in tables
 * @param rooms how many rooms
 * @param members how many members in each room
 * @param senders how many of them send
 * @param window how many messages of a sender are on their way; closed loop only
 * @param everywhere whether each member is in every room, or in one
 * @param perSecond messages a second of all senders in an open loop; 0 for a closed loop
 */
public record Scenario(
        String name, int rooms, int members, int senders, int window, boolean everywhere, int perSecond) {

    /** The scenarios in which servers are compared. */
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
            open("500-a-second", 1, 100, 500),
            open("3000-in-one", 1, 100, 3_000),
            open("3000-in-100", 100, 10, 3_000));

    /** A closed loop: senders wait for their own messages to come back. */
    public static Scenario closed(String name, int rooms, int members, int senders, int window) {
        return new Scenario(name, rooms, members, senders, window, false, 0);
    }

    /** An open loop: messages at a fixed rate, ten senders of each room in turn. The window is for the warm-up. */
    public static Scenario open(String name, int rooms, int members, int perSecond) {
        return new Scenario(name, rooms, members, Math.min(10, members), 1, false, perSecond);
    }

    /** Each member is in every room; the senders send to one room after another. */
    public static Scenario everywhere(String name, int rooms, int members, int senders, int window) {
        return new Scenario(name, rooms, members, senders, window, true, 0);
    }

    public static Scenario named(String name) {
        return STANDARD.stream()
                .filter(scenario -> scenario.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no scenario " + name + " among " + STANDARD));
    }

    public int connections() {
        return everywhere ? members : rooms * members;
    }

    boolean isOpen() {
        return perSecond > 0;
    }

    /** A description. */
    public String describe() {
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
