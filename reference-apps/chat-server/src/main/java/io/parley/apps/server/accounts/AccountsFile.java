package io.parley.apps.server.accounts;

import io.parley.apps.server.files.FileOwnership;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * A locked file of accounts, which one process at a time changes. One thread.
 *
 * <p>The lock is on a file beside it, because each change replaces the file of accounts itself.
 */
final class AccountsFile implements Closeable {
    private final Path file;
    private final FileChannel lock;

    private AccountsFile(Path file, FileChannel lock) {
        this.file = file;
        this.lock = lock;
    }

    /**
     * Waits for the lock of a file, which may not exist yet.
     *
     * @throws IOException if it cannot be locked
     */
    static AccountsFile open(Path file) throws IOException {
        FileChannel channel = lockFor(Accounts.target(file));
        try {
            channel.lock();
        } catch (IOException | RuntimeException error) {
            channel.close();
            throw error;
        }
        return new AccountsFile(file, channel);
    }

    /** Opens the lock file; a new one gets the owner of the file. */
    private static FileChannel lockFor(Path target) throws IOException {
        Path path = target.resolveSibling(target.getFileName() + ".lock");
        try {
            Files.createFile(path);
            FileOwnership.copy(target, path);
        } catch (FileAlreadyExistsException stays) {
            // Its owner and mode were set when it was made.
        } catch (NoSuchFileException none) {
            throw new IOException("there is no folder " + target.getParent(), none);
        }
        return FileChannel.open(path, StandardOpenOption.WRITE);
    }

    /** Reads the accounts; none if the file does not exist. */
    Accounts read() throws IOException {
        return Files.exists(file) ? Accounts.read(file) : Accounts.none();
    }

    /** Replaces the file as {@link Accounts#write} does. */
    List<String> write(Accounts accounts) throws IOException {
        return accounts.write(file);
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
