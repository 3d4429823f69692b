package io.parley.journal.jdbc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Looks for damage in SQLite's write-ahead log, before SQLite opens it: SQLite takes the first frame that is not right for the end of
 * the log, and drops all commits behind it without a word.
 *
 * <pre>
 *   log     header | frame ...
 *   header  magic u32 | version u32 | page size u32 | checkpoint u32 | salt u64 | checksum u64
 *   frame   page u32 | pages after the commit u32, 0 in front of the last frame of a transaction | salt u64 | checksum u64
 *           | content of the page
 * </pre>
 *
 * <p>A checksum covers all that is in front of it, back to the header. Frames of another salt are left over from before. Each commit is
 * synced before the next one begins, so at most one transaction can be torn: frames of a second one behind the first
 * bad frame mean that the disk has changed something. A change in the last transaction cannot be told from a torn one. No state of
 * its own.
 */
final class Wal {
    private static final int HEADER = 32;
    private static final int FRAME_HEADER = 24;
    private static final int MAGIC = 0x377f0682; // the lowest bit says that checksums take words in big-endian order
    private static final int LEAST_PAGE = 512;
    private static final int MOST_PAGE = 65_536;

    private final FileChannel file;
    private final long size;
    private int checkA;
    private int checkB;

    private Wal(FileChannel file, long size) {
        this.file = file;
        this.size = size;
    }

    /** What is damaged, in words, or null if nothing is. */
    static @Nullable String damage(Path log) throws IOException {
        if (!Files.exists(log)) {
            return null;
        }
        try (FileChannel file = FileChannel.open(log)) {
            return new Wal(file, file.size()).damage();
        }
    }

    private @Nullable String damage() throws IOException {
        if (size < HEADER + FRAME_HEADER + LEAST_PAGE) {
            return null; // no whole frame
        }
        ByteBuffer header = read(0, HEADER);
        int pageSize = header.getInt(8);
        boolean sane = (header.getInt(0) & ~1) == MAGIC
                && pageSize >= LEAST_PAGE
                && pageSize <= MOST_PAGE
                && Integer.bitCount(pageSize) == 1;
        ByteOrder order = (header.getInt(0) & 1) == 1 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        sum(header, 0, 24, order);
        if (!sane || checkA != header.getInt(24) || checkB != header.getInt(28)) {
            // A header that was torn when the log began anew has nothing of its own behind it.
            return salts(header, 16, read(HEADER, FRAME_HEADER), 8) > 0 ? "its header is damaged" : null;
        }
        return damage(header, pageSize, order);
    }

    private @Nullable String damage(ByteBuffer header, int pageSize, ByteOrder order) throws IOException {
        int frameSize = FRAME_HEADER + pageSize;
        long frames = (size - HEADER) / frameSize;
        long bad = 0;
        boolean ended = false; // the transaction of the bad frame
        for (long i = 0; i < frames; i++) {
            long at = HEADER + i * frameSize;
            boolean good = bad == 0;
            ByteBuffer frame = read(at, good ? frameSize : FRAME_HEADER);
            int salts = salts(header, 16, frame, 8);
            if (good) {
                sum(frame, 0, 8, order);
                sum(frame, FRAME_HEADER, pageSize, order);
                if (salts == 2 && checkA == frame.getInt(16) && checkB == frame.getInt(20)) {
                    continue;
                }
                bad = at;
                // If half of the salt is right, the head of the frame was changed: it may have been a commit.
                ended = salts == 1 || (salts == 2 && frame.getInt(4) != 0);
            } else if (salts == 2) {
                if (ended) {
                    return "the frame at byte " + bad + " is damaged, and commits lie behind it";
                }
                ended = frame.getInt(4) != 0;
            }
        }
        return null;
    }

    /** How many of two words are equal, and not zero. */
    private static int salts(ByteBuffer header, int at, ByteBuffer frame, int frameAt) {
        int first = header.getInt(at) == frame.getInt(frameAt) && header.getInt(at) != 0 ? 1 : 0;
        int second = header.getInt(at + 4) == frame.getInt(frameAt + 4) && header.getInt(at + 4) != 0 ? 1 : 0;
        return first + second;
    }

    private void sum(ByteBuffer bytes, int from, int length, ByteOrder order) {
        ByteBuffer words = bytes.duplicate().order(order);
        for (int at = from; at < from + length; at += 8) {
            checkA += words.getInt(at) + checkB;
            checkB += words.getInt(at + 4) + checkA;
        }
    }

    private ByteBuffer read(long at, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining() && file.read(bytes, at + bytes.position()) >= 0) {
            // What is behind the end is zero.
        }
        return bytes.clear();
    }
}
