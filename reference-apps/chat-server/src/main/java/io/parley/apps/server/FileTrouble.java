package io.parley.apps.server;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/** Says in words why a file cannot be used: some exceptions have only its name. Any thread may call it. */
final class FileTrouble {
    private FileTrouble() {}

    static String words(IOException trouble) {
        if (trouble instanceof CharacterCodingException) {
            return "it is not UTF-8";
        }
        if (!(trouble instanceof FileSystemException named)) {
            return String.valueOf(trouble.getMessage());
        }
        String file = named.getFile();
        if (trouble instanceof NoSuchFileException) {
            return "there is no file " + file;
        }
        if (trouble instanceof AccessDeniedException) {
            return "this user has no permission for " + file;
        }
        if (trouble instanceof FileAlreadyExistsException || trouble instanceof NotDirectoryException) {
            return file + " is no folder";
        }
        String reason = named.getReason();
        return file + ": " + (reason == null ? trouble.getClass().getSimpleName() : reason);
    }

    /**
     * Refuses a file that cannot be read, or has nothing in it.
     *
     * @param what what should be in the file
     * @throws IOException with words for the operator
     */
    static void check(Path file, String what) throws IOException {
        String trouble = !Files.exists(file)
                ? "there is no file " + file
                : Files.isDirectory(file)
                        ? file + " is a folder"
                        : !Files.isReadable(file)
                                ? "this user has no permission for " + file
                                : Files.size(file) == 0 ? file + " is empty" : "";
        if (!trouble.isEmpty()) {
            throw new IOException("no " + what + " can be read: " + trouble);
        }
    }
}
