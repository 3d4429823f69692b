package io.parley.sequencer;

import io.parley.codec.ByteReader;
import io.parley.codec.ByteWriter;
import io.parley.codec.Bytes;
import io.parley.codec.MalformedException;
import io.parley.journal.KeyValue;
import io.parley.model.UserItem;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What a journal keeps of a session, so that another process goes on with it. Immutable, for any thread.
 *
 * <pre>
 *   session   version varint | origin u64 | user | account string | addressKey u64 | address string | cameMillis i64
 *             | attributes: count x ( name string | value string ) | encrypted flag | inFlight varint | read varint
 *             | tokens: count x bytes | contacts
 *             | memberships: count x ( key string | name string | peer: count, 0 or 1, x ( user | account string ) )
 * </pre>
 *
 * @param origin its public number
 * @param user whose it is, under the name of the moment
 * @param account the user's account, as the policy calls it; empty for a guest
 * @param addressKey stands for where a guest comes from
 * @param address where its last connection came from, as a text; empty if that says nothing
 * @param cameMillis when the user came, in steady time
 * @param attributes what the policy wants to know of the user
 * @param encrypted whether it began under TLS
 * @param inFlight how many commands without an outcome its client may have
 * @param read the number of the last command that was read
 * @param tokens the hashes of the tokens that are good
 * @param contacts whose messages a guest takes
 * @param memberships the rooms it is in
 */
public record StoredSession(
        long origin,
        UserItem user,
        String account,
        long addressKey,
        String address,
        long cameMillis,
        Map<String, String> attributes,
        boolean encrypted,
        int inFlight,
        long read,
        List<Bytes> tokens,
        Contacts contacts,
        List<Membership> memberships) {

    /** The kind of such values in a journal. */
    public static final String KIND = "session";

    private static final int VERSION = 1;
    private static final int FIRST_BYTES = 512;
    private static final int MOST_BYTES = 64 << 10; // of a value

    /**
     * A room that a session is in.
     *
     * @param key the room's key in the journal
     * @param name its name for people; empty for a direct conversation
     * @param peer with whom a direct conversation is; empty for any other room
     */
    public record Membership(String key, String name, List<Peer> peer) {}

    /**
     * The other of a direct conversation.
     *
     * @param user who
     * @param account the account, as the policy calls it; empty for a guest
     */
    public record Peer(UserItem user, String account) {}

    /**
     * The key of a session's value.
     *
     * @param origin its public number
     * @return the key
     */
    public static String key(long origin) {
        return HexFormat.of().toHexDigits(origin);
    }

    /**
     * The value that a journal keeps.
     *
     * @return the value; a session with very many long names loses the last of its rooms
     */
    public KeyValue value() {
        List<Membership> kept = memberships;
        int bytes = FIRST_BYTES;
        while (true) {
            try {
                ByteBuffer into = ByteBuffer.allocate(bytes);
                encode(into, kept);
                byte[] encoded = new byte[into.position()];
                into.flip().get(encoded);
                return new KeyValue(KIND, key(origin), Bytes.of(encoded));
            } catch (BufferOverflowException more) {
                if (bytes < MOST_BYTES || kept.isEmpty()) {
                    bytes *= 2;
                } else {
                    kept = kept.subList(0, kept.size() / 2);
                }
            }
        }
    }

    private void encode(ByteBuffer into, List<Membership> kept) {
        ByteWriter.varint(into, VERSION);
        ByteWriter.fixed64(into, origin);
        user.encode(into);
        ByteWriter.text(into, account);
        ByteWriter.fixed64(into, addressKey);
        ByteWriter.text(into, address);
        ByteWriter.fixed64(into, cameMillis);
        ByteWriter.varint(into, attributes.size());
        attributes.forEach((name, value) -> {
            ByteWriter.text(into, name);
            ByteWriter.text(into, value);
        });
        ByteWriter.flag(into, encrypted);
        ByteWriter.varint(into, inFlight);
        ByteWriter.varint(into, read);
        ByteWriter.varint(into, tokens.size());
        tokens.forEach(token -> ByteWriter.bytes(into, token));
        contacts.encode(into);
        ByteWriter.varint(into, kept.size());
        for (Membership one : kept) {
            ByteWriter.text(into, one.key());
            ByteWriter.text(into, one.name());
            ByteWriter.varint(into, one.peer().size());
            one.peer().forEach(peer -> {
                peer.user().encode(into);
                ByteWriter.text(into, peer.account());
            });
        }
    }

    /**
     * Reads what {@link #value} has written.
     *
     * @param bytes the value
     * @return the session
     * @throws MalformedException if the bytes are no session, or that of a later version
     */
    public static StoredSession decode(Bytes bytes) {
        ByteReader in = new ByteReader();
        in.over(bytes.toArray(), 0, bytes.length());
        if (in.varint() != VERSION) {
            throw new MalformedException("a session that a later version has written");
        }
        return new StoredSession(
                in.fixed64(),
                UserItem.decode(in),
                in.text(),
                in.fixed64(),
                in.text(),
                in.fixed64(),
                attributes(in),
                in.flag(),
                in.varint31(),
                in.varint(),
                list(in, ByteReader::bytes),
                Contacts.decode(in),
                list(in, StoredSession::membership));
    }

    private static Map<String, String> attributes(ByteReader in) {
        Map<String, String> attributes = new LinkedHashMap<>();
        for (int left = in.count(2); left > 0; left--) {
            attributes.put(in.text(), in.text());
        }
        return Map.copyOf(attributes);
    }

    private static Membership membership(ByteReader in) {
        return new Membership(in.text(), in.text(), list(in, from -> new Peer(UserItem.decode(from), from.text())));
    }

    private static <T> List<T> list(ByteReader in, Function<ByteReader, T> item) {
        List<T> items = new ArrayList<>();
        for (int left = in.count(1); left > 0; left--) {
            items.add(item.apply(in));
        }
        return List.copyOf(items);
    }
}
