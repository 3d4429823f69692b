package io.parley.apps.client.window;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Notices of members who joined and left, collected in one line. One thread. */
final class PresenceNotices {
    private static final int MAX_NAMES_SHOWN = 8;
    private static final int MAX_NAMES = 100;

    /** What a member did. */
    private enum Change {
        JOINED,
        LEFT,
        /** Joined and left, or left and joined again. */
        BOTH
    }

    private final Map<String, Change> changes = new LinkedHashMap<>();

    void joined(String name) {
        changes.merge(name, Change.JOINED, (before, now) -> before == Change.LEFT ? Change.BOTH : Change.JOINED);
    }

    void left(String name) {
        changes.merge(name, Change.LEFT, (before, now) -> before == Change.JOINED ? Change.BOTH : Change.LEFT);
    }

    /** Whether to begin another line. */
    boolean isFull() {
        return changes.size() >= MAX_NAMES;
    }

    /** The text of the line. */
    String text() {
        List<String> parts = new ArrayList<>();
        add(parts, "came: ", Change.JOINED);
        add(parts, "went: ", Change.LEFT);
        add(parts, "came and went: ", Change.BOTH);
        return String.join(" · ", parts);
    }

    private void add(List<String> parts, String what, Change change) {
        List<String> names = changes.entrySet().stream()
                .filter(entry -> entry.getValue() == change)
                .map(Map.Entry::getKey)
                .toList();
        if (!names.isEmpty()) {
            int more = names.size() - MAX_NAMES_SHOWN;
            parts.add(what
                    + String.join(", ", names.subList(0, Math.min(MAX_NAMES_SHOWN, names.size())))
                    + (more > 0 ? " and " + more + " more" : ""));
        }
    }
}
