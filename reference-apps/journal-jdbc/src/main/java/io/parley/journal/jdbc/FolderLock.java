package io.parley.journal.jdbc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The file that keeps a second server out of the folder. It is locked as long as a journal is open; the file stays. In it is the
 * durability of the last journal, in words, since that must be known before the database is opened.
 *
 * <p>A process that closes a file loses all its locks of that file. So a file that this process has locked is not opened again.
 */
final class FolderLock implements AutoCloseable {
    private static final int MOST_BYTES = 100;
    private static final long PATIENCE_NANOS = 3_000_000_000L;
    private static final long PAUSE_NANOS = 50_000_000;
    private static final Set<Object> HELD = ConcurrentHashMap.newKeySet(); // the files that this process has locked

    private final Object key;
    private final FileChannel file;
    private final boolean reading;

    private FolderLock(Object key, FileChannel file, boolean reading) {
        this.key = key;
        this.file = file;
        this.reading = reading;
    }

    /** Locks the file, which is made if it is not there. If another process has it, waits some seconds for that one. */
    static FolderLock of(Path path) throws IOException {
        try {
            Files.createFile(path);
        } catch (FileAlreadyExistsException usually) {
            // It stays from the last time.
        }
        FolderLock lock = take(path);
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (lock == null && System.nanoTime() - end < 0 && isElsewhere(path)) {
            LockSupport.parkNanos(PAUSE_NANOS); // a command that looks at the folder has it for a moment
            lock = take(path);
        }
        if (lock == null) {
            throw new JournalOpenException(
                    folder(path).toString(),
                    "another server uses this folder",
                    "Stop that server, or use another folder.",
                    null);
        }
        return lock;
    }

    /** Locks the file if it is there and nobody has locked it; else null. Who may only read it keeps servers out, too. */
    static @Nullable FolderLock ofIdle(Path path) throws IOException {
        if (!Files.exists(path)) {
            return null;
        }
        return Files.isWritable(path) ? take(path) : takeReading(path);
    }

    static @Nullable FolderLock takeReading(Path path) throws IOException {
        return take(path, true);
    }

    /** Whether this user may only read the file. */
    boolean isReading() {
        return reading;
    }

    /** Whether waiting makes sense: this process does not have it, and nobody has interrupted this thread. */
    private static boolean isElsewhere(Path path) throws IOException {
        return !HELD.contains(key(path)) && !Thread.currentThread().isInterrupted();
    }

    private static @Nullable FolderLock take(Path path) throws IOException {
        return take(path, false);
    }

    private static @Nullable FolderLock take(Path path, boolean reading) throws IOException {
        Object key = key(path);
        if (!HELD.add(key)) {
            return null;
        }
        @Nullable FolderLock taken = null;
        try {
            FileChannel file = reading
                    ? FileChannel.open(path)
                    : FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
            try {
                if (lock(file, reading) != null) {
                    taken = new FolderLock(key, file, reading);
                }
            } finally {
                if (taken == null) {
                    file.close();
                }
            }
        } finally {
            if (taken == null) {
                HELD.remove(key);
            }
        }
        return taken;
    }

    /** Whether a server has locked the file. Nothing is written. */
    static boolean isHeld(Path path) throws IOException {
        if (!Files.exists(path)) {
            return false;
        }
        if (HELD.contains(key(path))) {
            return true;
        }
        try (FileChannel file = FileChannel.open(path)) {
            return lock(file, true) == null;
        }
    }

    private static @Nullable FileLock lock(FileChannel file, boolean shared) throws IOException {
        try {
            return file.tryLock(0, Long.MAX_VALUE, shared);
        } catch (OverlappingFileLockException sameProcess) {
            return null;
        }
    }

    private static Path folder(Path path) {
        Path folder = path.toAbsolutePath().getParent();
        return folder == null ? path : folder;
    }

    /** What tells a file from others. */
    private static Object key(Path path) throws IOException {
        Object key = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        return key == null ? path.toRealPath() : key;
    }

    /** How the journal ran before; FULL if that is not known. */
    Durability before() throws IOException {
        return before(file);
    }

    /** The same of a file that nobody has locked. */
    static Durability before(Path path) throws IOException {
        if (!Files.exists(path)) {
            return Durability.FULL;
        }
        try (FileChannel file = FileChannel.open(path)) {
            return before(file);
        }
    }

    private static Durability before(FileChannel file) throws IOException {
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
        try {
            file.close();
        } finally {
            HELD.remove(key);
        }
    }
}
