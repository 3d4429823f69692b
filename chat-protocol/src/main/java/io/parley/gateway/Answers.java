package io.parley.gateway;

import io.parley.transport.Sink;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * The answers waiting for one peer, first in, first out. Any thread adds; the connection's writer does the rest.
 *
 * <p>Who adds puts on top of a stack; the writer takes it whole and turns it around when it has written what it took
 * before. So nothing is locked, and a peer that is owed nothing keeps nothing.
 */
final class Answers {
    /** Whole frames on their way to a peer, perhaps partly written. The connection's writer alone. */
    static final class Block {
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

    private static final AtomicReferenceFieldUpdater<Answers, @Nullable Block> ADDED =
            AtomicReferenceFieldUpdater.newUpdater(Answers.class, Block.class, "added");

    private volatile @Nullable Block added; // the latest, linked by Block.next; changed through ADDED
    private @Nullable Block first; // of those taken, linked by Block.next; the writer's

    void add(byte[] frame) {
        Block block = new Block(frame);
        Block before;
        do {
            before = added;
            block.next = before;
        } while (!ADDED.compareAndSet(this, before, block));
    }

    boolean isEmpty() {
        return first == null && added == null;
    }

    /**
     * Writes until nothing is left or the sink is full; always ends between frames or full.
     *
     * @return whether everything was written
     */
    boolean writeTo(Sink sink, OutboxMeter meter) {
        for (Block block = next(); block != null; block = next()) {
            if (!block.writeTo(sink, meter)) {
                return false;
            }
            first = block.next;
        }
        return true;
    }

    private @Nullable Block next() {
        if (first == null && added != null) {
            Block block = ADDED.getAndSet(this, null);
            while (block != null) {
                Block before = block.next;
                block.next = first;
                first = block;
                block = before;
            }
        }
        return first;
    }
}
