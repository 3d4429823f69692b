package io.parley.wire;

import io.parley.codec.ByteReader;
import io.parley.codec.ByteWriter;
import io.parley.model.Departure;
import io.parley.model.EndedMembership;
import io.parley.model.HeldMembership;
import io.parley.model.LastMessage;
import io.parley.model.Member;
import io.parley.model.MyRoom;
import io.parley.model.RestrictionItem;
import io.parley.model.Role;
import io.parley.model.RoomItem;
import io.parley.model.RoomKind;
import io.parley.model.UserItem;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * The lists inside frames: a count and as many items. Each item is a group, with its length in front: an older reader skips
 * what a newer writer has added. No state, for any thread.
 *
 * <pre>
 *   list         count varint | count x item
 *   member       length varint | user user | role varint | here flag
 *   departure    length varint | user user | text string | stays flag
 *   room         length varint | name string | topic string | members varint
 *   held         length varint | room varint | kind varint | epoch u64 | head varint | from varint | name string
 *   ended        length varint | room varint | code varint | text string
 *   my room      length varint | room varint | kind varint | name string | peer u64 | epoch u64 | head varint | floor varint
 *                | read varint | mentions varint | last flag; if 1: seq varint | time varint | user user | text string
 *   restriction  length varint | number varint | action varint | user user | by user | remainingMillis varint | text string
 * </pre>
 */
final class Items {
    private static final int LEAST_MEMBER = 14; // bytes, with the length in front
    private static final int LEAST_DEPARTURE = 14;
    private static final int LEAST_ROOM = 4;
    private static final int LEAST_RESTRICTION = 27;
    private static final int LEAST_HELD = 14;
    private static final int LEAST_ENDED = 4;
    private static final int LEAST_MINE = 25;

    private Items() {}

    static void members(ByteBuffer into, List<Member> items) {
        list(into, items, (item, to) -> {
            item.user().encode(to);
            ByteWriter.varint(to, item.role().code());
            ByteWriter.flag(to, item.here());
        });
    }

    static List<Member> members(ByteReader in) {
        return list(in, LEAST_MEMBER, from -> new Member(UserItem.decode(from), Role.of(from.varint31()), from.flag()));
    }

    static void departures(ByteBuffer into, List<Departure> items) {
        list(into, items, (item, to) -> {
            item.user().encode(to);
            ByteWriter.text(to, item.text());
            ByteWriter.flag(to, item.stays());
        });
    }

    static List<Departure> departures(ByteReader in) {
        return list(in, LEAST_DEPARTURE, from -> new Departure(UserItem.decode(from), from.text(), from.flag()));
    }

    static void rooms(ByteBuffer into, List<RoomItem> items) {
        list(into, items, (item, to) -> {
            ByteWriter.text(to, item.name());
            ByteWriter.text(to, item.topic());
            ByteWriter.varint(to, item.members());
        });
    }

    static List<RoomItem> rooms(ByteReader in) {
        return list(in, LEAST_ROOM, from -> new RoomItem(from.text(), from.text(), from.varint31()));
    }

    static void restrictions(ByteBuffer into, List<RestrictionItem> items) {
        list(into, items, (item, to) -> {
            ByteWriter.varint(to, item.number());
            ByteWriter.varint(to, item.actionCode());
            item.user().encode(to);
            item.by().encode(to);
            ByteWriter.varint(to, item.remainingMillis());
            ByteWriter.text(to, item.text());
        });
    }

    static List<RestrictionItem> restrictions(ByteReader in) {
        return list(
                in,
                LEAST_RESTRICTION,
                from -> new RestrictionItem(
                        from.varint(),
                        from.varint31(),
                        UserItem.decode(from),
                        UserItem.decode(from),
                        from.varint(),
                        from.text()));
    }

    static void held(ByteBuffer into, List<HeldMembership> items) {
        list(into, items, (item, to) -> {
            ByteWriter.varint(to, item.room());
            ByteWriter.varint(to, item.kind().code());
            ByteWriter.fixed64(to, item.epoch());
            ByteWriter.varint(to, item.head());
            ByteWriter.varint(to, item.from());
            ByteWriter.text(to, item.name());
        });
    }

    static List<HeldMembership> held(ByteReader in) {
        return list(
                in,
                LEAST_HELD,
                from -> new HeldMembership(
                        from.varint31(),
                        RoomKind.of(from.varint31()),
                        from.fixed64(),
                        from.varint(),
                        from.varint(),
                        from.text()));
    }

    static void ended(ByteBuffer into, List<EndedMembership> items) {
        list(into, items, (item, to) -> {
            ByteWriter.varint(to, item.room());
            ByteWriter.varint(to, item.code());
            ByteWriter.text(to, item.text());
        });
    }

    static List<EndedMembership> ended(ByteReader in) {
        return list(in, LEAST_ENDED, from -> new EndedMembership(from.varint31(), from.varint31(), from.text()));
    }

    static void mine(ByteBuffer into, List<MyRoom> items) {
        list(into, items, (item, to) -> {
            ByteWriter.varint(to, item.number());
            ByteWriter.varint(to, item.kind().code());
            ByteWriter.text(to, item.name());
            ByteWriter.fixed64(to, item.peer());
            ByteWriter.fixed64(to, item.epoch());
            ByteWriter.varint(to, item.head());
            ByteWriter.varint(to, item.floor());
            ByteWriter.varint(to, item.readSeq());
            ByteWriter.varint(to, item.mentions());
            LastMessage last = item.last();
            ByteWriter.flag(to, last != null);
            if (last != null) {
                ByteWriter.varint(to, last.seq());
                ByteWriter.varint(to, last.timeMillis());
                last.author().encode(to);
                ByteWriter.text(to, last.text());
            }
        });
    }

    static List<MyRoom> mine(ByteReader in) {
        return list(
                in,
                LEAST_MINE,
                from -> new MyRoom(
                        from.varint31(),
                        RoomKind.of(from.varint31()),
                        from.text(),
                        from.fixed64(),
                        from.fixed64(),
                        from.varint(),
                        from.varint(),
                        from.varint(),
                        from.varint31(),
                        from.flag()
                                ? new LastMessage(from.varint(), from.varint(), UserItem.decode(from), from.text())
                                : null));
    }

    private static <T> void list(ByteBuffer into, List<T> items, BiConsumer<T, ByteBuffer> item) {
        ByteWriter.varint(into, items.size());
        for (T one : items) {
            int start = ByteWriter.beginGroup(into);
            item.accept(one, into);
            ByteWriter.endGroup(into, start);
        }
    }

    @SuppressWarnings("unchecked") // an array of objects that nobody else sees, copied without one more list
    private static <T> List<T> list(ByteReader in, int leastBytes, Function<ByteReader, T> item) {
        Object[] items = new Object[in.count(leastBytes)];
        for (int i = 0; i < items.length; i++) {
            int outer = in.beginGroup();
            items[i] = item.apply(in);
            in.endGroup(outer);
        }
        return (List<T>) List.of(items);
    }
}
