package io.parley.apps.benchmarks.peers;

import io.parley.model.ErrorCode;
import io.parley.wire.Hello;
import io.parley.wire.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Who says something: the origin, and the name as it is in a frame. Immutable, for any thread.
 */
final class Sender {
    private static final int MAX_NAME = 100;

    private final long origin;
    private final String name;
    private final byte[] encodedName;

    private Sender(long origin, String name) {
        this.origin = origin;
        this.name = name;
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        ByteBuffer encoded = ByteBuffer.allocate(MessageFrame.MAX_VARINT + utf8.length);
        MessageFrame.varint(encoded, utf8.length);
        encoded.put(utf8).flip();
        encodedName = new byte[encoded.remaining()];
        encoded.get(encodedName);
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
        return origin;
    }

    String name() {
        return name;
    }

    /** The name behind its length; not to be changed. */
    byte[] encodedName() {
        return encodedName;
    }
}
