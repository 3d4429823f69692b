package io.parley.client;

import io.parley.wire.ClientFrame;
import java.util.concurrent.CompletableFuture;

/** What was asked of a room, and has no outcome yet. The lock of {@link PendingCommands}. */
final class Command {
    /** Makes the frame of a command. */
    @FunctionalInterface
    interface Maker {
        /** The frame for a room and a cid. */
        ClientFrame frame(int room, long cid);
    }

    final Place place;
    final Maker maker;
    final int bytes;
    final CompletableFuture<Receipt> receipt;
    final long number; // in the order in which they were given
    long origin; // of the session that it was sent in last
    long cid; // in that session

    Command(Place place, Maker maker, int bytes, CompletableFuture<Receipt> receipt, long number) {
        this.place = place;
        this.maker = maker;
        this.bytes = bytes;
        this.receipt = receipt;
        this.number = number;
    }

    ClientFrame frame() {
        return maker.frame(place.room(), cid);
    }
}
