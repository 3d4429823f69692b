package io.parley.wire;

import io.parley.codec.ByteReader;
import io.parley.codec.ByteWriter;
import io.parley.codec.ValueText;
import io.parley.model.Member;
import io.parley.model.Role;
import io.parley.model.RoomKind;
import io.parley.model.RoomSettings;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * A room at one point of its log. Immutable, for any thread.
 *
 * @param room the number of the room while the server process lives
 * @param kind what it is for
 * @param name the name; of a direct conversation the other's
 * @param epoch the epoch of the room's numbers
 * @param head the highest number given so far
 * @param floor the lowest number that can still be read
 * @param topic the topic, maybe empty
 * @param role what the reader may do
 * @param settings the settings
 * @param memberCount how many members there are
 * @param members the members, or none where there are too many to list
 * @param peer of a direct conversation, the id of the other; else 0
 * @param read the last entry that the reader's account has read
 */
public record RoomSnapshot(
        int room,
        RoomKind kind,
        String name,
        long epoch,
        long head,
        long floor,
        String topic,
        Role role,
        RoomSettings settings,
        int memberCount,
        List<Member> members,
        long peer,
        long read) {
    /**
     * Makes one, with copies of the lists.
     *
     * @param room the number of the room while the server process lives
     * @param kind what it is for
     * @param name the name; of a direct conversation the other's
     * @param epoch the epoch of the room's numbers
     * @param head the highest number given so far
     * @param floor the lowest number that can still be read
     * @param topic the topic, maybe empty
     * @param role what the reader may do
     * @param settings the settings
     * @param memberCount how many members there are
     * @param members the members, or none where there are too many to list
     * @param peer of a direct conversation, the id of the other; else 0
     * @param read the last entry that the reader's account has read
     */
    public RoomSnapshot {
        members = List.copyOf(members);
    }

    //  length varint | room varint | kind varint | name string | epoch u64 | head varint | floor varint | topic string
    //     | role varint | settings settings | memberCount varint | members list of member
    //     | peer u64 | read varint
    void encode(ByteBuffer into) {
        int start = ByteWriter.beginGroup(into);
        ByteWriter.varint(into, room);
        ByteWriter.varint(into, kind.code());
        ByteWriter.text(into, name);
        ByteWriter.fixed64(into, epoch);
        ByteWriter.varint(into, head);
        ByteWriter.varint(into, floor);
        ByteWriter.text(into, topic);
        ByteWriter.varint(into, role.code());
        settings.encode(into);
        ByteWriter.varint(into, memberCount);
        Items.members(into, members);
        ByteWriter.fixed64(into, peer);
        ByteWriter.varint(into, read);
        ByteWriter.endGroup(into, start);
    }

    static RoomSnapshot decode(ByteReader in) {
        int outer = in.beginGroup();
        RoomSnapshot snapshot = new RoomSnapshot(
                in.varint31(),
                RoomKind.of(in.varint31()),
                in.text(),
                in.fixed64(),
                in.varint(),
                in.varint(),
                in.text(),
                Role.of(in.varint31()),
                RoomSettings.decode(in),
                in.varint31(),
                Items.members(in),
                in.fixed64(),
                in.varint());
        in.endGroup(outer);
        return snapshot;
    }

    @Override
    public String toString() {
        return new ValueText("ROOM_SNAPSHOT")
                .number("room", room)
                .word("kind", kind.name())
                .text("name", name)
                .bits("epoch", epoch)
                .number("head", head)
                .number("floor", floor)
                .text("topic", topic)
                .word("role", role.name())
                .nested("settings", settings)
                .number("memberCount", memberCount)
                .list("members", members)
                .bits("peer", peer)
                .number("read", read)
                .toString();
    }
}
