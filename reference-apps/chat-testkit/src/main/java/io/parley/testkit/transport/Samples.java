package io.parley.testkit.transport;

import java.nio.charset.StandardCharsets;

/** Sizes and bytes of the contracts. */
final class Samples {
    static final int MEGABYTE = 1 << 20;

    /** Most bytes that one call of {@code onWritable} may take. */
    static final int LARGEST_TURN = 256 * 1024;

    static final byte[] PING = "ping".getBytes(StandardCharsets.US_ASCII);

    private Samples() {}
}
