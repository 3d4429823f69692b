package io.parley.apps.server;

import java.nio.file.Path;

/**
 * Where a server's certificate and its key are. Immutable, for any thread.
 *
 * @param certificate a PEM file with the certificate, and those between it and its root
 * @param key a PEM file with the private key
 * @param selfSigned whether the two files are to be made if they are not there
 */
public record TlsSettings(Path certificate, Path key, boolean selfSigned) {

    /** A certificate of the server's own, kept in a folder. */
    public static TlsSettings selfSigned(Path folder) {
        return new TlsSettings(folder.resolve("self-signed.crt"), folder.resolve("self-signed.key"), true);
    }
}
