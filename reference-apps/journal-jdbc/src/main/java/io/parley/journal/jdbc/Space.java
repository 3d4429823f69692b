package io.parley.journal.jdbc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What to do while the disk is full. A reserve file is given up, and its space is left to calls that delete or moderate. Once in a while
 * the file is made again. When that succeeds, or when as much was deleted, all calls are carried out again. Writer only.
 *
 * <p>The reserve must be as large as a long log: without so much space the log cannot be moved to the database, and with a log that
 * stays nothing can be deleted.
 */
final class Space {
    static final String FULL = "the disk is full";

    /** The size of a reserve file. */
    static final int RESERVE_BYTES = 16 << 20;

    private static final int BLOCK_BYTES = 1 << 20;
    private static final int TIGHT_BYTES = 1 << 20;
    private static final int AMPLE = 4; // times the reserve
    private static final long PROBE_NANOS = 1_000_000_000L;

    private final @Nullable Path reserve; // null where the disk is another computer's
    private final int size;
    private final LongSupplier nanoTime;
    private boolean full;
    private long nextProbe;
    private @Nullable FileStore store; // to look it up reads the table of mounts

    Space(@Nullable Path reserve, int size, LongSupplier nanoTime) {
        this.reserve = reserve;
        this.size = size;
        this.nanoTime = nanoTime;
        this.full = !make();
    }

    /**
     * Whether a call may write.
     *
     * @param inside tells how many bytes are free inside the database's files, by deletions
     */
    boolean admits(Call<?> call, LongSupplier inside) {
        if (full && nanoTime.getAsLong() - nextProbe >= 0) {
            nextProbe = nanoTime.getAsLong() + PROBE_NANOS;
            full = !make() && inside.getAsLong() < size;
        }
        return !full || call.isVital();
    }

    /** Whether there is space for what can wait. */
    boolean isAmple() {
        try {
            return reserve == null || (!full && usable(reserve) >= (long) AMPLE * size);
        } catch (IOException unknown) {
            return !full;
        }
    }

    /**
     * The disk is full.
     *
     * @return whether that made space
     */
    boolean full() {
        if (!full) {
            full = true;
            nextProbe = nanoTime.getAsLong() + PROBE_NANOS;
        }
        return delete();
    }

    /** Whether there is hardly any space: then other errors come from that, too. */
    boolean isTight() {
        try {
            return reserve != null && usable(reserve) < TIGHT_BYTES;
        } catch (IOException unknown) {
            return false;
        }
    }

    private long usable(Path file) throws IOException {
        FileStore known = store;
        if (known == null) {
            known = Files.getFileStore(file.toAbsolutePath().getParent());
            store = known;
        }
        return known.getUsableSpace();
    }

    private boolean delete() {
        try {
            return reserve != null && Files.deleteIfExists(reserve);
        } catch (IOException stays) {
            return false;
        }
    }

    /** Makes the reserve file, if it is not there; false if there is no space for it and for as much again. */
    private boolean make() {
        if (reserve == null) {
            return true;
        }
        try {
            if (Files.exists(reserve) && Files.size(reserve) == size) {
                return true;
            }
            Files.deleteIfExists(reserve);
            if (usable(reserve) < 2L * size) {
                return false;
            }
            write(reserve);
            return true;
        } catch (IOException noSpace) {
            delete();
            return false;
        }
    }

    private void write(Path path) throws IOException {
        byte[] block = new byte[Math.min(size, BLOCK_BYTES)];
        Random random = new Random(1); // what no file system compresses or leaves out
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (int written = 0; written < size; written += block.length) {
                random.nextBytes(block);
                ByteBuffer left = ByteBuffer.wrap(block, 0, Math.min(block.length, size - written));
                while (left.hasRemaining()) {
                    file.write(left);
                }
            }
            file.force(true);
        }
    }
}
