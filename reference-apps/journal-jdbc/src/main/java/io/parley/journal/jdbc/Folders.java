package io.parley.journal.jdbc;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The files of a journal's folder: their names, how they are made, and what their errors mean. No state, for any thread. */
final class Folders {
    private static final System.Logger LOG = System.getLogger(Folders.class.getName());
    private static final FileAttribute<?>[] ANY = {};

    private Folders() {}

    static Path database(Path folder) {
        return folder.resolve("parley.db");
    }

    static Path log(Path folder) {
        return folder.resolve("parley.db-wal");
    }

    static Path lock(Path folder) {
        return folder.resolve("parley.lock");
    }

    /** Makes a folder that is not there; then only this user can look into it. */
    static void make(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) { // or a link to one, which is good as well
            Files.createDirectories(folder, owners(folder, "rwx------"));
        }
    }

    /** Makes an empty file that only this user can read. */
    static void makeFile(Path file) throws IOException {
        Files.createFile(file, owners(file, "rw-------"));
    }

    /** Makes the file of a database, whose other files then have its mode; tells if others can read one that is there. */
    static void makePrivate(Path file) throws IOException {
        if (!Files.exists(file)) {
            makeFile(file);
        } else if (isPosix(file) && isOpenToOthers(Files.getPosixFilePermissions(file))) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "other users of this machine can read {0}, which has secrets; chmod 600 ends that",
                    file);
        }
    }

    private static boolean isOpenToOthers(Set<PosixFilePermission> mode) {
        return mode.contains(PosixFilePermission.GROUP_READ) || mode.contains(PosixFilePermission.OTHERS_READ);
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private static FileAttribute<?>[] owners(Path path, String mode) {
        return isPosix(path)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))}
                : ANY;
    }

    /** Syncs the names of a folder, where the system can do that. */
    static void sync(@Nullable Path folder) {
        try (FileChannel directory = FileChannel.open(folder == null ? Path.of("") : folder)) {
            directory.force(true);
        } catch (IOException notHere) {
            LOG.log(System.Logger.Level.DEBUG, "this system cannot sync a folder", notHere);
        }
    }

    /** A folder that cannot be used. */
    static JournalOpenException unusable(Path folder, IOException error) {
        return new JournalOpenException(
                folder.toString(),
                "the folder cannot be used, " + words(error),
                "Make it, and let the user of the server write to it; or use another folder.",
                error);
    }

    /** Deletes a database that is not complete, and what SQLite made beside it. */
    static void deletePart(Path part) throws IOException {
        for (String suffix : List.of("", "-journal", "-wal", "-shm")) {
            Files.deleteIfExists(part.resolveSibling(part.getFileName() + suffix));
        }
    }

    private static String words(IOException error) {
        if (!(error instanceof FileSystemException named)) {
            return String.valueOf(error.getMessage());
        }
        if (error instanceof AccessDeniedException) {
            return "this user has no permission for " + named.getFile();
        }
        if (error instanceof FileAlreadyExistsException) {
            return named.getFile() + " is no folder";
        }
        String reason = named.getReason();
        return named.getFile() + ": " + (reason == null ? error.getClass().getSimpleName() : reason);
    }
}
