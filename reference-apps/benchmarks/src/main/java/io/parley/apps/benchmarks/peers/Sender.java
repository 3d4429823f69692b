package io.parley.apps.benchmarks.peers;

import io.parley.model.ErrorCode;
import io.parley.model.UserItem;
import io.parley.model.UserKind;
import io.parley.wire.Hello;
import io.parley.wire.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Who says something: a guest, whose id is its origin, and the same as it is in a frame. Immutable, for any thread.
 */
final class Sender {
    private static final int MAX_NAME = 100;

    private final UserItem user;
    private final byte[] encodedUser;

    private Sender(long origin, String name) {
        user = new UserItem(origin, UserKind.GUEST, name);
        ByteBuffer encoded = ByteBuffer.allocate(3 * (MessageFrame.MAX_VARINT + name.length()) + Long.BYTES);
        user.encode(encoded);
        encodedUser = new byte[encoded.flip().remaining()];
        encoded.get(encodedUser);
    }

    static Sender of(long origin, String name) {
        return new Sender(origin, name);
    }

    /** A guest under the name it wants, whoever else has it. */
    static Sender of(Hello hello) {
        String wanted = new String(hello.initial().toArray(), StandardCharsets.UTF_8);
        if (wanted.length() > MAX_NAME) {
            throw new ProtocolException(ErrorCode.BAD_NAME, "a name of " + wanted.length() + " characters");
        }
        return of(ThreadLocalRandom.current().nextLong(), wanted);
    }

    long origin() {
        return user.id();
    }

    UserItem user() {
        return user;
    }

    /** The user as frames have it; not to be changed. */
    byte[] encodedUser() {
        return encodedUser;
    }
}
