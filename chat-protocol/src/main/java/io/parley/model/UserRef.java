package io.parley.model;

/**
 * A user at one moment. Immutable, for any thread.
 *
 * @param identity who it is, whatever the name; unique
 * @param name the name as others see it
 * @param guest whether the user came without proving who it is
 */
public record UserRef(String identity, String name, boolean guest) {}
