package io.parley.apps.client.window;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The members who are typing. Each is forgotten after some seconds. One thread. */
final class Typists {
    private static final long SHOWN_MILLIS = 6_000;

    private final Map<String, Long> until = new LinkedHashMap<>(); // by name

    void add(String name, long now) {
        until.values().removeIf(end -> end <= now);
        until.put(name, now + SHOWN_MILLIS);
    }

    void remove(String name) {
        until.remove(name);
    }

    /** The names in alphabetical order. */
    Collection<String> names(long now) {
        until.values().removeIf(end -> end <= now);
        return until.keySet().stream().sorted().collect(Collectors.toList());
    }
}
