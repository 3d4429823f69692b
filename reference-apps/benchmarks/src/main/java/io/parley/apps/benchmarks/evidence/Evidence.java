package io.parley.apps.benchmarks.evidence;

import java.util.List;

/**
 * What one member of a room said, and what it was shown. Immutable, for any thread.
 *
 * @param room the room
 * @param name the member
 * @param user its id
 * @param said what it said, in order
 * @param shown what it was shown, in order
 */
public record Evidence(String room, String name, long user, List<Said> said, List<Shown> shown) {
    /**
     * A message that was shown.
     *
     * @param seq its number in the room
     * @param author the id of who said it
     * @param text what was said
     */
    public record Shown(long seq, long author, String text) {}

    public Evidence {
        said = List.copyOf(said);
        shown = List.copyOf(shown);
    }
}
