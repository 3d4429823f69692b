package io.parley.apps.server.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;

/** Refuses files that cannot be read, and files of secrets that others can read. Any thread may call it. */
public final class FileChecks {
    private FileChecks() {}

    /**
     * Refuses a file that cannot be read, or is empty.
     *
     * @param what what should be in the file
     * @throws IOException with a message for the operator
     */
    public static void checkReadable(Path file, String what) throws IOException {
        String error = !Files.exists(file)
                ? "there is no file " + file
                : Files.isDirectory(file)
                        ? file + " is a folder"
                        : !Files.isReadable(file)
                                ? "this user has no permission for " + file
                                : Files.size(file) == 0 ? file + " is empty" : "";
        if (!error.isEmpty()) {
            throw new IOException("no " + what + " can be read: " + error);
        }
    }

    /**
     * Refuses a file of secrets that every user of this machine can read.
     *
     * @param what the secrets in the file
     * @throws IOException with a message for the operator
     */
    public static void checkPrivate(Path file, String what) throws IOException {
        if (Files.isDirectory(file)) {
            throw new IOException("no " + what + " can be read: " + file + " is a folder");
        }
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view != null
                && Files.exists(file)
                && view.readAttributes().permissions().contains(PosixFilePermission.OTHERS_READ)) {
            throw new IOException(
                    "everybody on this machine can read the " + what + " in " + file + ": chmod 600 " + file);
        }
    }
}
