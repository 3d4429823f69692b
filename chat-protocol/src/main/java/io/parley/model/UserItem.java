package io.parley.model;

import io.parley.codec.ByteReader;
import io.parley.codec.ByteWriter;
import io.parley.codec.ValueText;
import java.nio.ByteBuffer;

/**
 * A user as others see it. Immutable, for any thread.
 *
 * @param id who it is, whatever the name: the same for all sessions of an account, and another for each session of a guest.
 *     It tells nothing else of the user
 * @param kind who vouches for it
 * @param name the name; of somebody in the past, the name at that time
 */
public record UserItem(long id, UserKind kind, String name) {

    /**
     * Whether nobody vouches for the user.
     *
     * @return true for a guest
     */
    public boolean isGuest() {
        return kind == UserKind.GUEST;
    }

    /**
     * Writes the user: {@code length varint | id u64 | kind varint | name string}, where the length is that of what follows.
     * Nothing is allocated.
     *
     * @param into where to write
     * @throws java.nio.BufferOverflowException if it does not fit
     */
    public void encode(ByteBuffer into) {
        int start = ByteWriter.beginGroup(into);
        ByteWriter.fixed64(into, id);
        ByteWriter.varint(into, kind.code());
        ByteWriter.text(into, name);
        ByteWriter.endGroup(into, start);
    }

    /**
     * Reads what {@link #encode} has written, and skips what a newer version has added.
     *
     * @param in where to read
     * @return the user
     * @throws io.parley.codec.MalformedException if the bytes are no user
     */
    public static UserItem decode(ByteReader in) {
        int outer = in.beginGroup();
        UserItem user = new UserItem(in.fixed64(), UserKind.of(in.varint31()), in.text());
        in.endGroup(outer);
        return user;
    }

    @Override
    public String toString() {
        return new ValueText("USER")
                .bits("id", id)
                .word("kind", kind.name())
                .text("name", name)
                .toString();
    }
}
