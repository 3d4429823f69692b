package io.parley.model;

import java.util.Map;

/**
 * A user at one moment. Immutable, for any thread.
 *
 * @param identity who it is, whatever the name; unique
 * @param name the name as others see it
 * @param key what makes the name unique: {@link NamePolicy.Name#key}
 * @param guest whether the user came without proving who it is
 * @param attributes what the policy said of the user at its login
 */
public record UserRef(String identity, String name, String key, boolean guest, Map<String, String> attributes) {}
