package io.parley.journal;

import io.parley.codec.ByteReader;
import io.parley.codec.ByteWriter;
import io.parley.model.Restriction;
import io.parley.model.Role;
import io.parley.model.RoleGrant;
import io.parley.model.RoomSettings;
import io.parley.model.RoomState;
import io.parley.model.UserItem;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * States of rooms as bytes, for journals. No state of its own, for any thread.
 *
 * <pre>
 *   state   topic string | settings | count x ( user | role varint ) | bans: count x restriction
 *           | mutes: count x restriction | invited: count x user
 * </pre>
 *
 * <p>A count is a varint in front of its items; the rest is as in {@link EntryCodec}. What a later version writes behind the
 * known fields is skipped.
 */
public final class StateCodec {
    private static final int FIELD_BYTES = 100; // of what is there once
    private static final int ITEM_BYTES = 40; // of a user or a role, besides the name
    private static final int LEAST_ITEM = 3;

    private StateCodec() {}

    /**
     * Encodes a state.
     *
     * @param state the state
     * @return its bytes, a new array
     */
    public static byte[] encode(RoomState state) {
        ByteBuffer into = ByteBuffer.allocate(mostBytes(state));
        ByteWriter.text(into, state.topic());
        state.settings().encode(into);
        list(state.roles(), into, (grant, to) -> {
            grant.user().encode(to);
            ByteWriter.varint(to, grant.role().code());
        });
        list(state.bans(), into, EntryCodec::encode);
        list(state.mutes(), into, EntryCodec::encode);
        list(state.invited(), into, UserItem::encode);
        return Arrays.copyOf(into.array(), into.position());
    }

    private static int mostBytes(RoomState state) {
        int most = FIELD_BYTES + EntryCodec.mostBytes(state.topic());
        for (RoleGrant grant : state.roles().values()) {
            most += ITEM_BYTES + EntryCodec.mostBytes(grant.user().name());
        }
        for (Restriction ban : state.bans().values()) {
            most += EntryCodec.mostBytes(ban);
        }
        for (Restriction mute : state.mutes().values()) {
            most += EntryCodec.mostBytes(mute);
        }
        for (UserItem user : state.invited().values()) {
            most += ITEM_BYTES + EntryCodec.mostBytes(user.name());
        }
        return most;
    }

    private static <V> void list(Map<Long, V> items, ByteBuffer into, BiConsumer<V, ByteBuffer> item) {
        ByteWriter.varint(into, items.size());
        items.values().forEach(one -> item.accept(one, into));
    }

    /**
     * Reads what {@link #encode} has written.
     *
     * @param encoded the bytes of one state
     * @return the state
     * @throws io.parley.codec.MalformedException if the bytes are no state
     */
    public static RoomState decode(byte[] encoded) {
        ByteReader in = new ByteReader();
        in.over(encoded, 0, encoded.length);
        return new RoomState(
                in.text(),
                RoomSettings.decode(in),
                map(
                        in,
                        from -> new RoleGrant(UserItem.decode(from), Role.of(from.varint31())),
                        grant -> grant.user().id()),
                map(in, EntryCodec::restriction, one -> one.user().id()),
                map(in, EntryCodec::restriction, one -> one.user().id()),
                map(in, UserItem::decode, UserItem::id));
    }

    private static <V> Map<Long, V> map(ByteReader in, Function<ByteReader, V> item, ToLongFunction<V> id) {
        int count = in.count(LEAST_ITEM);
        if (count == 0) {
            return Map.of();
        }
        Map<Long, V> items = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            V one = item.apply(in);
            items.put(id.applyAsLong(one), one);
        }
        return Collections.unmodifiableMap(items);
    }
}
