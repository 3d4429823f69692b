package io.parley.client;

import io.parley.model.RoomSettings;

/**
 * A room has other settings. Immutable, for any thread.
 *
 * @param seq the number of the entry in its room
 * @param timeMillis when, by the server's clock, in milliseconds since 1970
 * @param actor who changed them
 * @param settings the settings
 */
public record SettingsChange(long seq, long timeMillis, String actor, RoomSettings settings) {}
