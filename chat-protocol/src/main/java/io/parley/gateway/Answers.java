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
