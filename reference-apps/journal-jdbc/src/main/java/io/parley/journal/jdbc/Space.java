package io.parley.journal.jdbc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What to do while the disk is full. A reserve file is given up, and its space is left to calls that delete or moderate. Once in a while
 * the file is made again; when that succeeds, all calls are carried out again. Writer only.
 */
final class Space {
    static final String FULL = "the disk is full";

    private static final int RESERVE_BYTES = 1 << 20;
    private static final long PROBE_NANOS = 1_000_000_000L;

    private final @Nullable Path reserve; // null where the disk is another computer's
    private final LongSupplier nanoTime;
    private boolean full;
    private long nextProbe;

    Space(@Nullable Path reserve, LongSupplier nanoTime) {
        this.reserve = reserve;
        this.nanoTime = nanoTime;
        this.full = !make();
    }

    /** Whether a call may write. */
    boolean admits(Call<?> call) {
        if (full && nanoTime.getAsLong() - nextProbe >= 0) {
            nextProbe = nanoTime.getAsLong() + PROBE_NANOS;
            full = !make();
        }
        return !full || call.isVital();
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

    private boolean delete() {
        try {
            return reserve != null && Files.deleteIfExists(reserve);
        } catch (IOException stays) {
            return false;
        }
    }

    /** Makes the reserve file, if it is not there; false if there is no space. */
    private boolean make() {
        if (reserve == null) {
            return true;
        }
        try {
            if (Files.exists(reserve) && Files.size(reserve) == RESERVE_BYTES) {
                return true;
            }
            byte[] bytes = new byte[RESERVE_BYTES];
            new Random(1).nextBytes(bytes); // which no file system compresses or leaves out
            try (FileChannel file = FileChannel.open(
                    reserve,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.TRUNCATE_EXISTING)) {
                ByteBuffer left = ByteBuffer.wrap(bytes);
                while (left.hasRemaining()) {
                    file.write(left);
                }
                file.force(true);
            }
            return true;
        } catch (IOException noSpace) {
            delete();
            return false;
        }
    }
}
