package io.parley.journal.jdbc;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where a database is. It is kept in the database, so that one that was copied or put back is noticed at the next start: it would give
 * sequence numbers a second time, and needs another history. One thread.
 */
interface Place {

    /** Whether this is the place that was kept at the last start; null if none was. */
    boolean isWhere(byte @Nullable [] kept);

    /** What is to be kept for the next start. */
    byte[] next();

    /** A place that is the same at each start. */
    record Of(String name) implements Place {
        @Override
        public boolean isWhere(byte @Nullable [] kept) {
            return Arrays.equals(kept, next());
        }

        @Override
        public byte[] next() {
            return name.getBytes(StandardCharsets.UTF_8);
        }
    }
}
