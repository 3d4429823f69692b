package io.parley.apps.server.files;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/**
 * Describes errors of files. The messages of some exceptions are only the name of the file. Any thread may call it.
 */
public final class FileErrors {
    private FileErrors() {}

    /** The reason for the operator. */
    public static String describe(IOException error) {
        if (error instanceof CharacterCodingException) {
            return "it is not UTF-8";
        }
        if (!(error instanceof FileSystemException named)) {
            return String.valueOf(error.getMessage());
        }
        String file = named.getFile();
        if (error instanceof NoSuchFileException) {
            return "there is no file " + file;
        }
        if (error instanceof AccessDeniedException) {
            return "this user has no permission for " + file;
        }
        if (error instanceof FileAlreadyExistsException || error instanceof NotDirectoryException) {
            return file + " is no folder";
        }
        String reason = named.getReason();
        return file + ": " + (reason == null ? error.getClass().getSimpleName() : reason);
    }
}
