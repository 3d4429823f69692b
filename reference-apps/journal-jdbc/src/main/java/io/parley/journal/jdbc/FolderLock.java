package io.parley.journal.jdbc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The file that keeps a second server out of the folder. It is locked as long as a journal is open; the file stays. In it is the
 * durability of the last journal, in words, since that must be known before the database is opened.
 */
final class FolderLock implements AutoCloseable {
    private static final int MOST_BYTES = 100;

    private final FileChannel file;

    private FolderLock(FileChannel file) {
        this.file = file;
    }

    static FolderLock of(Path path) throws IOException {
        FileChannel file =
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        @Nullable FileLock lock = null;
        try {
            lock = file.tryLock();
        } catch (OverlappingFileLockException sameProcess) {
            lock = null;
        } finally {
            if (lock == null) {
                file.close();
            }
        }
        if (lock == null) {
            throw new JournalOpenException(
                    path.toString(),
                    "another server uses this folder",
                    "Stop that server, or use another folder.",
                    null);
        }
        return new FolderLock(file);
    }

    /** How the journal ran before; FULL if that is not known. */
    Durability before() throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(MOST_BYTES);
        file.read(bytes, 0);
        String words = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
        return words.startsWith(Durability.RELAXED.name()) ? Durability.RELAXED : Durability.FULL;
    }

    void write(Durability durability) throws IOException {
        file.truncate(0);
        file.write(ByteBuffer.wrap((durability.name() + "\n").getBytes(StandardCharsets.UTF_8)), 0);
        file.force(true);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
