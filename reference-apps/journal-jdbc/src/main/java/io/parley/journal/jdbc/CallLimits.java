package io.parley.journal.jdbc;

import io.parley.codec.Bytes;
import io.parley.journal.AppendRequest;
import io.parley.journal.KeyValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is wrong with a call, in words, or null. No state, for any thread. */
final class CallLimits {
    private static final int MOST_KEY = 300; // characters
    private static final int MOST_KIND = 50; // characters
    private static final int MOST_VALUE = 64 << 10;

    private CallLimits() {}

    static @Nullable String wrong(AppendRequest request) {
        String wrong = wrongKey(request.room());
        if (wrong == null) {
            wrong = wrongEntries(request);
        }
        return wrong == null ? wrongValues(request.values()) : wrong;
    }

    /** A database could not tell a broken key from others. */
    static @Nullable String wrongKey(String key) {
        if (key.length() > MOST_KEY) {
            return "a key has " + key.length() + " characters, more than " + MOST_KEY;
        }
        return key.codePoints().anyMatch(point -> point == 0 || Character.getType(point) == Character.SURROGATE)
                ? "a key has the character 0 or half of a character"
                : null;
    }

    private static @Nullable String wrongEntries(AppendRequest request) {
        for (int i = 0; i < request.entries().size(); i++) {
            long seq = request.entries().get(i).seq();
            if (seq != request.expectedHead() + 1 + i) {
                return "entry " + i + " behind head " + request.expectedHead() + " has the number " + seq;
            }
        }
        return request.entries().isEmpty() ? "there are no entries" : null;
    }

    static @Nullable String wrongValues(List<KeyValue> values) {
        for (KeyValue one : values) {
            Bytes value = one.value();
            String wrong = wrongKey(one.key());
            if (wrong == null) {
                wrong = one.kind().length() > MOST_KIND ? "a kind is too long: " + one.kind() : wrongKey(one.kind());
            }
            if (wrong == null && value != null && value.length() > MOST_VALUE) {
                wrong = "a value has " + value.length() + " bytes, more than " + MOST_VALUE;
            }
            if (wrong != null) {
                return wrong;
            }
        }
        return null;
    }
}
