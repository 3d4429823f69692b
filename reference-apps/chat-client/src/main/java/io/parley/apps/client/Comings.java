package io.parley.apps.client;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Who came and went without a word between, folded into one line. One thread. */
final class Comings {
    private static final int MOST_NAMES = 8;

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
            int more = names.size() - MOST_NAMES;
            parts.add(what
                    + String.join(", ", names.subList(0, Math.min(MOST_NAMES, names.size())))
                    + (more > 0 ? " and " + more + " more" : ""));
        }
    }
}
