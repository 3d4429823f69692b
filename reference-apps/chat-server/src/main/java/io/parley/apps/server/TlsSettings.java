package io.parley.apps.server;

import io.parley.transport.TlsOptions.ClientAuth;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How a server speaks TLS. Immutable, for any thread.
 *
 * @param identity where its certificate and key are
 * @param clients what it wants of clients
 */
public record TlsSettings(Identity identity, Clients clients) {

    /** Where a certificate and its key are. */
    sealed interface Identity {}

    /**
     * Two files in PEM.
     *
     * @param certificate the certificate, and those between it and its root
     * @param key the private key
     * @param selfSigned whether the two files are to be made if they are not there
     */
    record Pem(Path certificate, Path key, boolean selfSigned) implements Identity {}

    /**
     * A key store (PKCS #12 or JKS) with one key.
     *
     * @param file the key store
     * @param password what opens it and the key
     */
    record Store(Path file, Secret password) implements Identity {}

    /**
     * What is wanted of clients.
     *
     * @param auth whether they are asked for certificates
     * @param authorities the certificates that vouch for theirs (PEM); null if none are asked for
     */
    record Clients(ClientAuth auth, @Nullable Path authorities) {
        static final Clients ANY = new Clients(ClientAuth.NONE, null);
    }

    /** A certificate of the server's own, kept in a folder. */
    static TlsSettings selfSigned(Path folder) {
        return new TlsSettings(
                new Pem(folder.resolve("self-signed.crt"), folder.resolve("self-signed.key"), true), Clients.ANY);
    }
}
