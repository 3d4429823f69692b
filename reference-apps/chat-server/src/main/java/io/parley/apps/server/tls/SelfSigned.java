package io.parley.apps.server.tls;

import io.parley.apps.server.files.FileErrors;
import io.parley.apps.server.tls.TlsSettings.Pem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * The files of a self-signed certificate, which clients trust by its fingerprint. Any thread may call it.
 */
public final class SelfSigned {
    private static final String MADE_ANEW =
            " to have both made anew; clients must then be given the new fingerprint, for it is another";

    private SelfSigned() {}

    /**
     * Whether certificate and key are missing. Clients trust the certificate, so it is never replaced by itself: one
     * file without the other, or an empty file, is an error.
     *
     * @throws IOException with a message for the operator
     */
    static boolean isMissing(Pem files) throws IOException {
        boolean certificate = Files.exists(files.certificate());
        if (certificate != Files.exists(files.key())) {
            Path there = certificate ? files.certificate() : files.key();
            Path missing = certificate ? files.key() : files.certificate();
            throw new IOException("there is " + there + ", but no " + missing + ": put it back, or remove " + there
                    + " as well" + MADE_ANEW);
        }
        for (Path file : List.of(files.certificate(), files.key())) {
            if (certificate && Files.size(file) == 0) {
                throw new IOException(file + " is empty, perhaps because a disk was full: put it back, or remove "
                        + files.certificate() + " and " + files.key() + MADE_ANEW);
            }
        }
        return !certificate;
    }

    /** Refuses a folder in which the files could not be made; makes nothing. */
    static void checkFolder(Pem files) throws IOException {
        Path folder = files.key().toAbsolutePath().getParent();
        Path nearest = folder;
        while (nearest != null && !Files.exists(nearest)) {
            nearest = nearest.getParent();
        }
        if (nearest != null && !Files.isDirectory(nearest)) {
            throw new IOException("no certificate can be made in " + folder + ": " + nearest + " is no folder");
        }
        if (nearest != null && !Files.isWritable(nearest)) {
            throw new IOException(
                    "no certificate can be made in " + folder + ": this user has no permission for " + nearest);
        }
    }

    /** Writes certificate and key if they are missing; only the owner can read the key. */
    public static void makeIfMissing(Pem files, Instant now) throws IOException, GeneralSecurityException {
        if (!isMissing(files)) {
            return;
        }
        checkFolder(files);
        SelfSignedCertificate made = SelfSignedCertificate.generate(now);
        Path folder = files.key().toAbsolutePath().getParent();
        try {
            if (folder != null) {
                Files.createDirectories(folder);
            }
            write(files, made.key(), made.certificate());
        } catch (IOException failed) {
            throw new IOException(
                    "no certificate can be made in " + folder + ": " + FileErrors.describe(failed), failed);
        }
    }

    /** Writes both files or none: each is written under another name and then moved. */
    private static void write(Pem files, String key, String certificate) throws IOException {
        Path freshKey = fresh(files.key());
        Path freshCertificate = fresh(files.certificate());
        try {
            write(freshKey, "rw-------", key);
            write(freshCertificate, "rw-r--r--", certificate);
            Files.move(freshKey, files.key(), StandardCopyOption.ATOMIC_MOVE);
            try {
                Files.move(freshCertificate, files.certificate(), StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException failed) {
                Files.delete(files.key()); // nobody has used it yet
                throw failed;
            }
        } catch (IOException failed) {
            discard(freshKey);
            discard(freshCertificate);
            throw failed;
        }
    }

    private static Path fresh(Path file) {
        return file.resolveSibling(file.getFileName() + ".new");
    }

    private static void discard(Path fresh) {
        try {
            Files.deleteIfExists(fresh);
        } catch (IOException stays) {
            // The caller reports the first error; the next attempt meets this one again.
        }
    }

    private static void write(Path file, String permissions, String text) throws IOException {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] attributes = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
        Files.deleteIfExists(file); // after a crash it may have other permissions
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(file, options, attributes)) {
            ByteBuffer bytes = StandardCharsets.US_ASCII.encode(text);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }
}
