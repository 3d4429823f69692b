package io.parley.apps.client.options;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;

/** Reads the file of a password or a token. Any thread may call it. */
public final class SecretFile {
    private SecretFile() {}

    /**
     * The secret, which is the first line of a file.
     *
     * @param option the option that names the file, for the message
     * @throws IOException if there is none, or every user of this machine can read it; the message is for the user
     */
    public static String read(String option, Path file) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view != null
                && Files.exists(file)
                && view.readAttributes().permissions().contains(PosixFilePermission.OTHERS_READ)) {
            throw new IOException(option + ": everybody on this machine can read " + file + ": chmod 600 " + file);
        }
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            String line = reader.readLine();
            if (line == null) {
                throw new IOException(option + ": nothing is in " + file);
            }
            return line;
        } catch (NoSuchFileException missing) {
            throw new IOException(option + ": there is no " + file, missing);
        } catch (CharacterCodingException other) {
            throw new IOException(option + ": " + file + " is not UTF-8", other);
        }
    }
}
