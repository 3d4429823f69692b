package io.parley.model;

import io.parley.codec.ValueText;

/**
 * A member who left a room. Immutable, for any thread.
 *
 * @param name the name
 * @param text why; may be empty
 */
public record Departure(String name, String text) {
    @Override
    public String toString() {
        return new ValueText("DEPARTURE").text("name", name).text("text", text).toString();
    }
}
