package io.parley.apps.server;

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
 * A file of accounts while one process changes it and others wait for their turn, until it is closed. One thread.
 *
 * <p>What is locked is a file beside it, which stays: the file itself is another after each change.
 */
final class AccountsFile implements Closeable {
    private final Path file;
    private final FileChannel lock;

    private AccountsFile(Path file, FileChannel lock) {
        this.file = file;
        this.lock = lock;
    }

    /**
     * Waits until nobody else changes a file, which need not be there yet.
     *
     * @throws IOException if it cannot be locked
     */
    static AccountsFile open(Path file) throws IOException {
        FileChannel channel = lockFor(Accounts.target(file));
        try {
            channel.lock();
        } catch (IOException | RuntimeException no) {
            channel.close();
            throw no;
        }
        return new AccountsFile(file, channel);
    }

    /** Opens what is locked for a file; a new one belongs to whom the file does. */
    private static FileChannel lockFor(Path target) throws IOException {
        Path path = target.resolveSibling(target.getFileName() + ".lock");
        try {
            Files.createFile(path);
            Ownership.copy(target, path);
        } catch (FileAlreadyExistsException stays) {
            // Then it is as whoever made it left it.
        } catch (NoSuchFileException none) {
            throw new IOException("there is no folder " + target.getParent(), none);
        }
        return FileChannel.open(path, StandardOpenOption.WRITE);
    }

    /** What is in it now. */
    Accounts read() throws IOException {
        return Files.exists(file) ? Accounts.read(file) : Accounts.none();
    }

    /** Writes it as {@link Accounts#write} does. */
    List<String> write(Accounts accounts) throws IOException {
        return accounts.write(file);
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
