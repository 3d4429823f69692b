package io.parley.wire;

import static io.parley.model.People.ANN;
import static io.parley.model.People.BOB;
import static io.parley.model.People.EVE;
import static io.parley.model.People.guest;
import static io.parley.model.People.member;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.parley.codec.ByteReader;
import io.parley.codec.ByteWriter;
import io.parley.codec.Bytes;
import io.parley.codec.MalformedException;
import io.parley.model.Action;
import io.parley.model.Departure;
import io.parley.model.LastMessage;
import io.parley.model.Member;
import io.parley.model.MyRoom;
import io.parley.model.RestrictionItem;
import io.parley.model.Role;
import io.parley.model.RoomItem;
import io.parley.model.RoomKind;
import io.parley.model.RoomSettings;
import io.parley.model.UserItem;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Groups of fields, which have their length in front: what a later version has added to them is skipped. */
final class GroupsTest {
    private static final int HEADER = 4;
    private static final RoomSnapshot ROOM = new RoomSnapshot(
            1,
            RoomKind.ROOM,
            "lobby",
            -1,
            9,
            1,
            "tea",
            Role.MEMBER,
            RoomSettings.DEFAULT,
            2,
            List.of(member(ANN), member(BOB)),
            0,
            0);

    private static final MyRoom MINE = new MyRoom(
            1, RoomKind.ROOM, "lobby", 0, -1, 9, 1, 4, 2, new LastMessage(9, 1_767_225_600_000L, ANN, "hello"));

    /** A group: how it is written and read, and what it says. */
    record Group(String name, Object value, Consumer<ByteBuffer> writer, Function<ByteReader, Object> reader) {
        byte[] bytes() {
            ByteBuffer into = ByteBuffer.allocate(4096);
            writer.accept(into);
            return Arrays.copyOf(into.array(), into.position());
        }

        Object read(byte[] bytes) {
            ByteReader in = new ByteReader();
            in.over(bytes, 0, bytes.length);
            Object read = reader.apply(in);
            assertThat(in.one()).as("what follows the group").isEqualTo((byte) 0x77);
            return read;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static <T> Group list(
            String name, T item, BiConsumer<ByteBuffer, List<T>> writer, Function<ByteReader, Object> reader) {
        // without the count of 1, which stands in front of the group
        Consumer<ByteBuffer> group = into -> {
            ByteBuffer all = ByteBuffer.allocate(4096);
            writer.accept(all, List.of(item));
            into.put(all.array(), 1, all.position() - 1);
        };
        return new Group(name, List.of(item), group, in -> {
            ByteReader one = new ByteReader();
            byte[] left = rest(in);
            byte[] counted = new byte[left.length + 1];
            counted[0] = 1;
            System.arraycopy(left, 0, counted, 1, left.length);
            one.over(counted, 0, counted.length);
            Object items = reader.apply(one);
            byte[] behind = rest(one);
            in.over(behind, 0, behind.length);
            return items;
        });
    }

    private static byte[] rest(ByteReader in) {
        ByteBuffer rest = ByteBuffer.allocate(4096);
        while (true) {
            try {
                rest.put(in.one());
            } catch (MalformedException end) {
                return Arrays.copyOf(rest.array(), rest.position());
            }
        }
    }

    static Stream<Group> groups() {
        Limits limits = new Limits(1, 2, 3, 4, 5, 6, 7);
        RestrictionItem ban = new RestrictionItem(3, Action.BAN.code(), BOB, EVE, 60_000, "spam");
        return Stream.of(
                new Group("user", ANN, ANN::encode, UserItem::decode),
                new Group("limits", limits, limits::encode, Limits::decode),
                new Group("settings", RoomSettings.DEFAULT, RoomSettings.DEFAULT::encode, RoomSettings::decode),
                new Group("snapshot", ROOM, ROOM::encode, RoomSnapshot::decode),
                list("member", member(ANN), Items::members, Items::members),
                list("departure", new Departure(ANN, "bye"), Items::departures, Items::departures),
                list("my room", MINE, Items::mine, Items::mine),
                list("room item", new RoomItem("r", "t", 5), Items::rooms, Items::rooms),
                list("restriction item", ban, Items::restrictions, Items::restrictions));
    }

    /** The group with so many more bytes at its end, and a byte behind it that is not of it. */
    private static byte[] grown(byte[] group, int more) {
        ByteReader in = new ByteReader();
        in.over(group, 0, group.length);
        int length = in.varint31();
        int prefix = ByteWriter.varintBytes(length);
        assertThat(group).as("the length is that of what follows").hasSize(prefix + length);
        ByteBuffer into = ByteBuffer.allocate(group.length + more + 4);
        ByteWriter.varint(into, length + more);
        into.put(group, prefix, length);
        for (int i = 0; i < more; i++) {
            into.put((byte) (0x80 | i)); // which is no end of a number
        }
        into.put((byte) 0x77);
        return Arrays.copyOf(into.array(), into.position());
    }

    @ParameterizedTest
    @MethodSource("groups")
    void whatALaterVersionAddsIsSkipped(Group group) {
        for (int more : new int[] {0, 1, 2, 50, 127, 128, 1_000}) {
            assertThat(group.read(grown(group.bytes(), more))).isEqualTo(group.value());
        }
    }

    @ParameterizedTest
    @MethodSource("groups")
    void aGroupThatEndsBeforeItsLastFieldIsMalformed(Group group) {
        byte[] bytes = group.bytes();
        int prefix = bytes.length > 128 ? 2 : 1;
        for (int length = 0; length < bytes.length - prefix; length++) {
            ByteBuffer cut = ByteBuffer.allocate(bytes.length + 200);
            ByteWriter.varint(cut, length);
            cut.put(bytes, prefix, length).put((byte) 0x77);
            cut.position(cut.position() + 100); // bytes that are not the group's
            byte[] all = Arrays.copyOf(cut.array(), cut.position());
            assertThatThrownBy(() -> group.read(all)).as("%d bytes", length).isInstanceOf(MalformedException.class);
        }
    }

    @ParameterizedTest
    @MethodSource("groups")
    void aGroupLongerThanItsFrameIsMalformed(Group group) {
        byte[] bytes = group.bytes();
        int prefix = bytes.length > 128 ? 2 : 1;
        ByteBuffer longer = ByteBuffer.allocate(bytes.length + 5);
        ByteWriter.varint(longer, bytes.length - prefix + 1);
        longer.put(bytes, prefix, bytes.length - prefix);
        byte[] all = Arrays.copyOf(longer.array(), longer.position());
        assertThatThrownBy(() -> group.read(all)).isInstanceOf(MalformedException.class);
    }

    @Test
    void aGroupEndsWithTheOneAroundIt() {
        // a member whose user would end with the member's role: 13 bytes of a user, one of the role
        byte[] member = {14, 13, 0, 0, 0, 0, 0, 0, 0, 1, 0, 3, 'a', 'n', 'n', 0};
        byte[] longer = member.clone();
        longer[0] = 12; // so that the user is longer than its member
        ByteReader in = new ByteReader();
        in.over(member, 0, member.length);
        int outer = in.beginGroup();
        assertThat(UserItem.decode(in)).isEqualTo(guest(1, "ann"));
        in.endGroup(outer);
        in.over(longer, 0, longer.length);
        in.beginGroup();
        assertThatThrownBy(() -> UserItem.decode(in)).isInstanceOf(MalformedException.class);
    }

    // ---- lengths of more than one byte

    /** A user whose group has so many bytes behind its length: an id of 8, a kind of 1, and the name with its length. */
    private static UserItem user(int bytes) {
        int name = bytes - 9;
        int prefix = name <= 128 ? 1 : name <= 16_385 ? 2 : 3;
        return guest(-1, "x".repeat(name - prefix));
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 11, 126, 127, 128, 129, 300, 16_382, 16_383, 16_384, 16_385, 100_000})
    void aGroupOfAnyLengthComesBack(int length) {
        Found found = new Found(1, user(length));
        byte[] bytes = found.toBytes();
        ByteReader in = new ByteReader();
        in.over(bytes, HEADER + 1, bytes.length - HEADER - 1);
        assertThat(in.varint31()).isEqualTo(length);
        assertThat(Streams.servers().next(ByteBuffer.wrap(bytes))).isEqualTo(found);
        for (boolean direct : new boolean[] {false, true}) {
            ByteBuffer odd =
                    direct ? ByteBuffer.allocateDirect(bytes.length + 3) : ByteBuffer.allocate(bytes.length + 3);
            odd.order(ByteOrder.LITTLE_ENDIAN).position(3);
            found.encode(odd);
            assertThat(odd.hasRemaining()).isFalse();
            assertThat(odd.flip().position(3)).isEqualTo(ByteBuffer.wrap(bytes));
        }
    }

    /** A group of 128 bytes or more is moved to make place for its length: that may be what does not fit. */
    @ParameterizedTest
    @ValueSource(ints = {10, 126, 127, 128, 129, 300, 16_383, 16_384, 16_385})
    void aBufferThatIsTooSmallOverflowsAndNothingElse(int length) {
        UserItem user = user(length);
        List<Frame> frames = List.of(
                new Found(1, user), new Presence(1, 1, List.of(member(user)), List.of()), new TypingNotice(1, user));
        for (Frame frame : frames) {
            int size = frame.toBytes().length;
            for (int missing = 1; missing <= Math.min(size, 150); missing++) {
                for (boolean direct : new boolean[] {false, true}) {
                    int room = size - missing;
                    ByteBuffer small = direct ? ByteBuffer.allocateDirect(room) : ByteBuffer.allocate(room);
                    assertThat(catchThrowable(() -> frame.encode(small)))
                            .as("%d missing of %s", missing, size)
                            .isExactlyInstanceOf(BufferOverflowException.class);
                }
            }
        }
    }

    @Test
    void nestedGroupsOfManyMembersComeBack() {
        for (int count : new int[] {0, 1, 7, 8, 9, 500}) {
            List<Member> members = Collections.nCopies(count, member(user(130)));
            RoomSnapshot many = new RoomSnapshot(
                    1, RoomKind.ROOM, "r", 1, 1, 1, "", Role.MEMBER, RoomSettings.DEFAULT, count, members, -1, 0);
            Joined joined = new Joined(1, many, true);
            assertThat(Streams.servers().next(ByteBuffer.wrap(joined.toBytes())))
                    .isEqualTo(joined);
        }
    }

    @Test
    void nothingBeforeTheGroupIsTouched() {
        ByteBuffer into = ByteBuffer.allocate(400);
        into.put(new byte[] {1, 2, 3});
        user(200).encode(into);
        assertThat(Arrays.copyOf(into.array(), 3)).containsExactly(1, 2, 3);
        into.put((byte) 9);
        assertThat(Bytes.of(Arrays.copyOfRange(into.array(), 3, 5)).hex()).isEqualTo("c801"); // 200
    }
}
