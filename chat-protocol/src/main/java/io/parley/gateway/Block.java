package io.parley.gateway;

import io.parley.transport.Sink;
import org.jspecify.annotations.Nullable;

/** Whole frames on their way to a peer, perhaps partly written. The connection's writer alone. */
final class Block {
    private final byte[] bytes;
    private int written;

    @Nullable
    Block next; // in the list of the answers it is one of

    Block(byte[] bytes) {
        this.bytes = bytes;
    }

    boolean isBegun() {
        return written > 0;
    }

    int length() {
        return bytes.length;
    }

    /** Writes on; true when everything is written. */
    boolean writeTo(Sink sink, OutboxMeter meter) {
        while (written < bytes.length) {
            int taken = sink.write(bytes, written, bytes.length - written);
            if (taken == 0) {
                return false;
            }
            written += taken;
            meter.wrote(taken);
        }
        meter.remove(bytes.length);
        return true;
    }
}
