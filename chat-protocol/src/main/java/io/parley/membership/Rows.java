package io.parley.membership;

import io.parley.codec.ByteReader;
import io.parley.codec.Bytes;
import io.parley.codec.MalformedException;
import io.parley.journal.KeyValue;
import io.parley.log.Faults;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** Rows as bytes. No state, for any thread. */
final class Rows {
    private Rows() {}

    static Bytes written(ByteBuffer into) {
        byte[] bytes = new byte[into.flip().remaining()];
        into.get(bytes);
        return Bytes.of(bytes);
    }

    /** A reader behind the version. A later version has more fields at the end. */
    static ByteReader read(Bytes value, int least) {
        ByteReader in = new ByteReader();
        in.over(value.toArray(), 0, value.length());
        if (in.varint() < least) {
            throw new MalformedException("a row without a version");
        }
        return in;
    }

    /** Encodes rows. What cannot be written is reported and left out. */
    static List<KeyValue> encoded(Collection<Supplier<KeyValue>> rows) {
        List<KeyValue> all = new ArrayList<>(rows.size());
        rows.forEach(row -> Faults.safely(() -> all.add(row.get())));
        return all;
    }

    /** Decodes rows. What cannot be read is reported and left out. */
    static <T> List<T> decoded(List<KeyValue> rows, BiFunction<String, Bytes, T> decode) {
        List<T> all = new ArrayList<>(rows.size());
        for (KeyValue row : rows) {
            Bytes value = row.value();
            if (value != null) {
                Faults.safely(() -> all.add(decode.apply(row.key(), value)));
            }
        }
        return all;
    }
}
