package io.parley.journal.jdbc;

import io.parley.codec.Bytes;
import io.parley.journal.KeyValue;
import io.parley.journal.NotKeptException;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps values. */
final class PutCall extends Call<@Nullable Void> {
    private static final int VALUE_BYTES = 100; // of memory, besides the texts and the content

    private final List<KeyValue> values;

    PutCall(List<KeyValue> values) {
        super(VALUES, values.size(), bytes(values));
        this.values = values;
    }

    static long bytes(List<KeyValue> values) {
        long bytes = 0;
        for (KeyValue one : values) {
            Bytes value = one.value();
            bytes += VALUE_BYTES
                    + 2L * (one.kind().length() + one.key().length())
                    + (value == null ? 0 : value.length());
        }
        return bytes;
    }

    @Override
    @Nullable
    Void perform(Store store, Link link) throws SQLException {
        if (isFrugal()) {
            throw new NotKeptException(Space.FULL);
        }
        store.values().put(link, values);
        return null;
    }

    @Override
    boolean hasValues() {
        return true;
    }

    @Override
    boolean isVital() {
        return values.stream().allMatch(one -> one.vital() || one.value() == null);
    }
}
