package io.parley.apps.client;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Who came and went without a word between, folded into one line. One thread. */
final class Comings {
    private static final int NAMES_SHOWN = 8;
    private static final int MOST_NAMES = 100;

    /** What became of somebody. */
    private enum Fate {
        CAME,
        WENT,
        /** Came and went, or went and came back: as before. */
        PASSED
    }

    private final Map<String, Fate> fates = new LinkedHashMap<>();

    void came(String name) {
        fates.merge(name, Fate.CAME, (before, now) -> before == Fate.WENT ? Fate.PASSED : Fate.CAME);
    }

    void went(String name) {
        fates.merge(name, Fate.WENT, (before, now) -> before == Fate.CAME ? Fate.PASSED : Fate.WENT);
    }

    /** Whether it is time to begin another line. */
    boolean isFull() {
        return fates.size() >= MOST_NAMES;
    }

    /** All of it in a line. */
    String text() {
        List<String> parts = new ArrayList<>();
        add(parts, "came: ", Fate.CAME);
        add(parts, "went: ", Fate.WENT);
        add(parts, "came and went: ", Fate.PASSED);
        return String.join(" · ", parts);
    }

    private void add(List<String> parts, String what, Fate fate) {
        List<String> names = fates.entrySet().stream()
                .filter(entry -> entry.getValue() == fate)
                .map(Map.Entry::getKey)
                .toList();
        if (!names.isEmpty()) {
            int more = names.size() - NAMES_SHOWN;
            parts.add(what
                    + String.join(", ", names.subList(0, Math.min(NAMES_SHOWN, names.size())))
                    + (more > 0 ? " and " + more + " more" : ""));
        }
    }
}
