package io.parley.journal;

import io.parley.codec.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * A small value that is kept beside the rooms. Immutable, for any thread.
 *
 * @param kind the kind of values it is one of, of at most 50 characters
 * @param key its key among them, of at most 300 characters
 * @param value the value, of at most 64 KiB; null to keep none
 * @param vital whether a journal that has hardly any space left is to keep it all the same; false in what a journal gives back
 */
public record KeyValue(String kind, String key, @Nullable Bytes value, boolean vital) {

    /**
     * A value that is not vital.
     *
     * @param kind the kind of values it is one of, of at most 50 characters
     * @param key its key among them, of at most 300 characters
     * @param value the value, of at most 64 KiB; null to keep none
     */
    public KeyValue(String kind, String key, @Nullable Bytes value) {
        this(kind, key, value, false);
    }
}
