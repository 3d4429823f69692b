package io.parley.wire;

import io.parley.codec.ByteReader;
import io.parley.codec.ByteWriter;
import io.parley.model.Departure;
import io.parley.model.Member;
import io.parley.model.Role;
import io.parley.model.RoomItem;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Function;

/**
 * The lists inside frames: a count and as many items. No state, for any thread.
 *
 * <pre>
 *   list       count varint | count x item
 *   member     name string | origin u64 | role varint
 *   departure  name string | text string
 *   room       name string | topic string | members varint
 * </pre>
 */
final class Items {
    private static final int LEAST_MEMBER = 10; // bytes
    private static final int LEAST_DEPARTURE = 2;
    private static final int LEAST_ROOM = 3;

    private Items() {}

    static void members(ByteBuffer into, List<Member> items) {
        ByteWriter.varint(into, items.size());
        for (Member item : items) {
            ByteWriter.text(into, item.name());
            ByteWriter.fixed64(into, item.origin());
            ByteWriter.varint(into, item.role().code());
        }
    }

    static List<Member> members(ByteReader in) {
        return list(in, LEAST_MEMBER, from -> new Member(from.text(), from.fixed64(), Role.of(from.varint31())));
    }

    static void departures(ByteBuffer into, List<Departure> items) {
        ByteWriter.varint(into, items.size());
        for (Departure item : items) {
            ByteWriter.text(into, item.name());
            ByteWriter.text(into, item.text());
        }
    }

    static List<Departure> departures(ByteReader in) {
        return list(in, LEAST_DEPARTURE, from -> new Departure(from.text(), from.text()));
    }

    static void rooms(ByteBuffer into, List<RoomItem> items) {
        ByteWriter.varint(into, items.size());
        for (RoomItem item : items) {
            ByteWriter.text(into, item.name());
            ByteWriter.text(into, item.topic());
            ByteWriter.varint(into, item.members());
        }
    }

    static List<RoomItem> rooms(ByteReader in) {
        return list(in, LEAST_ROOM, from -> new RoomItem(from.text(), from.text(), from.varint31()));
    }

    @SuppressWarnings("unchecked") // an array of objects that nobody else sees, copied without one more list
    private static <T> List<T> list(ByteReader in, int leastBytes, Function<ByteReader, T> item) {
        Object[] items = new Object[in.count(leastBytes)];
        for (int i = 0; i < items.length; i++) {
            items[i] = item.apply(in);
        }
        return (List<T>) List.of(items);
    }
}
