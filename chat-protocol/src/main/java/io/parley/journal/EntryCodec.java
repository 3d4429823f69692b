package io.parley.journal;

import io.parley.codec.ByteReader;
import io.parley.codec.ByteWriter;
import io.parley.codec.Utf8;
import io.parley.model.Action;
import io.parley.model.Entry;
import io.parley.model.Restriction;
import io.parley.model.RoomSettings;
import io.parley.model.Tags;
import io.parley.model.UserItem;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Entries as bytes, for journals. No state, for any thread.
 *
 * <pre>
 *   entry        type varint | seq varint | timeMillis i64 | origin u64 | cid varint | author user | content
 *   1 message    body string | tags
 *   2 topic      topic string
 *   3 moderated  action varint | target user | restriction varint | durationMillis varint | text string
 *                | count varint, 0 or 1 | imposed restriction
 *   4 settings   settings
 *
 *   restriction  length varint | number varint | action varint | user | addressKey u64 | sinceMillis i64
 *                | untilMillis i64 | by user | text string
 * </pre>
 *
 * <p>Users, tags, settings, strings and varints are written as in the native protocol. An entry does not say how long it is. What
 * a later version writes behind the known fields is skipped, and an entry of a type that is not known is read as an {@link
 * Entry.Other}, which is written as it was read.
 */
public final class EntryCodec {
    private static final int MESSAGE = 1;
    private static final int TOPIC = 2;
    private static final int MODERATED = 3;
    private static final int CONFIGURED = 4;

    private static final int HEADER_BYTES = 80; // of what comes before the content, besides the author's name, at most
    private static final int FEW_CHARS = 256; // up to here the bytes of a text are estimated, above counted
    private static final int CHAR_BYTES = 3; // at most, in UTF-8
    private static final int FIELD_BYTES = 300; // of a content without its texts, at most

    private EntryCodec() {}

    /**
     * Encodes an entry.
     *
     * @param entry the entry
     * @return its bytes, a new array
     */
    public static byte[] encode(Entry.Sequenced entry) {
        ByteBuffer into = ByteBuffer.allocate(mostBytes(entry));
        encode(entry, into);
        return Arrays.copyOf(into.array(), into.position());
    }

    /**
     * Encodes an entry at the buffer's position. Nothing is allocated.
     *
     * @param entry the entry
     * @param into where to write
     * @throws java.nio.BufferOverflowException if it does not fit
     */
    public static void encode(Entry.Sequenced entry, ByteBuffer into) {
        ByteWriter.varint(into, type(entry));
        ByteWriter.varint(into, entry.seq());
        ByteWriter.fixed64(into, entry.timeMillis());
        ByteWriter.fixed64(into, entry.origin());
        ByteWriter.varint(into, entry.cid());
        entry.author().encode(into);
        if (entry instanceof Entry.Message message) {
            ByteWriter.text(into, message.body());
            message.tags().encode(into);
        } else if (entry instanceof Entry.TopicChanged change) {
            ByteWriter.text(into, change.topic());
        } else if (entry instanceof Entry.Moderated act) {
            encode(act, into);
        } else if (entry instanceof Entry.Configured change) {
            change.settings().encode(into);
        } else {
            into.put(((Entry.Other) entry).content().asReadOnlyBuffer());
        }
    }

    private static int type(Entry.Sequenced entry) {
        if (entry instanceof Entry.Message) {
            return MESSAGE;
        }
        if (entry instanceof Entry.TopicChanged) {
            return TOPIC;
        }
        if (entry instanceof Entry.Moderated) {
            return MODERATED;
        }
        return entry instanceof Entry.Other other ? other.type() : CONFIGURED;
    }

    private static void encode(Entry.Moderated act, ByteBuffer into) {
        ByteWriter.varint(into, act.action().code());
        act.target().encode(into);
        ByteWriter.varint(into, act.restriction());
        ByteWriter.varint(into, act.durationMillis());
        ByteWriter.text(into, act.text());
        Restriction imposed = act.imposed();
        ByteWriter.varint(into, imposed == null ? 0 : 1);
        if (imposed != null) {
            encode(imposed, into);
        }
    }

    static void encode(Restriction restriction, ByteBuffer into) {
        int start = ByteWriter.beginGroup(into);
        ByteWriter.varint(into, restriction.number());
        ByteWriter.varint(into, restriction.action().code());
        restriction.user().encode(into);
        ByteWriter.fixed64(into, restriction.addressKey());
        ByteWriter.fixed64(into, restriction.sinceMillis());
        ByteWriter.fixed64(into, restriction.untilMillis());
        restriction.by().encode(into);
        ByteWriter.text(into, restriction.text());
        ByteWriter.endGroup(into, start);
    }

    /**
     * How many bytes an entry takes, or a few more.
     *
     * @param entry the entry
     * @return no less than it takes
     */
    public static int mostBytes(Entry.Sequenced entry) {
        int most = HEADER_BYTES + mostBytes(entry.author().name());
        if (entry instanceof Entry.Message message) {
            Tags tags = message.tags();
            return most + mostBytes(message.body()) + (tags.isEmpty() ? 0 : tags.encodedBytes());
        }
        if (entry instanceof Entry.TopicChanged change) {
            return most + mostBytes(change.topic());
        }
        if (entry instanceof Entry.Other other) {
            return most + other.content().length();
        }
        if (entry instanceof Entry.Moderated act) {
            most += mostBytes(act.target().name()) + mostBytes(act.text()) + mostBytes(act.imposed());
        }
        return most + FIELD_BYTES;
    }

    static int mostBytes(@Nullable Restriction one) {
        return one == null
                ? 0
                : FIELD_BYTES
                        + mostBytes(one.user().name())
                        + mostBytes(one.by().name())
                        + mostBytes(one.text());
    }

    static int mostBytes(String text) {
        return text.length() <= FEW_CHARS ? CHAR_BYTES * text.length() : Utf8.length(text);
    }

    /**
     * Reads what {@link #encode} has written.
     *
     * @param encoded the bytes of one entry
     * @return the entry
     * @throws io.parley.codec.MalformedException if the bytes are no entry
     */
    public static Entry.Sequenced decode(byte[] encoded) {
        ByteReader in = new ByteReader();
        in.over(encoded, 0, encoded.length);
        return decode(in);
    }

    /**
     * Reads what {@link #encode} has written.
     *
     * @param in a reader of the bytes of one entry, which may be used for another one afterwards
     * @return the entry
     * @throws io.parley.codec.MalformedException if the bytes are no entry
     */
    public static Entry.Sequenced decode(ByteReader in) {
        int type = in.varint31();
        long seq = in.varint();
        long time = in.fixed64();
        long origin = in.fixed64();
        long cid = in.varint();
        UserItem author = UserItem.decode(in);
        return switch (type) {
            case MESSAGE -> new Entry.Message(seq, time, origin, cid, author, in.text(), Tags.decode(in));
            case TOPIC -> new Entry.TopicChanged(seq, time, origin, cid, author, in.text());
            case MODERATED -> moderated(in, seq, time, origin, cid, author);
            case CONFIGURED -> new Entry.Configured(seq, time, origin, cid, author, RoomSettings.decode(in));
            default -> new Entry.Other(seq, time, origin, cid, author, type, in.remaining());
        };
    }

    private static Entry.Moderated moderated(
            ByteReader in, long seq, long time, long origin, long cid, UserItem author) {
        Action action = Action.of(in.varint31());
        UserItem target = UserItem.decode(in);
        long restriction = in.varint();
        long duration = in.varint();
        String text = in.text();
        Restriction imposed = in.count(1) == 0 ? null : restriction(in);
        return new Entry.Moderated(
                seq, time, origin, cid, author, action, target, restriction, duration, text, imposed);
    }

    static Restriction restriction(ByteReader in) {
        int outer = in.beginGroup();
        Restriction restriction = new Restriction(
                in.varint(),
                Action.of(in.varint31()),
                UserItem.decode(in),
                in.fixed64(),
                in.fixed64(),
                in.fixed64(),
                UserItem.decode(in),
                in.text());
        in.endGroup(outer);
        return restriction;
    }
}
