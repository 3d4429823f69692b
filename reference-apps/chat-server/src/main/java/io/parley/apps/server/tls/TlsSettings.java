package io.parley.apps.server.tls;

import io.parley.apps.server.files.Secret;
import io.parley.transport.TlsOptions.ClientAuth;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The settings of TLS. Immutable, for any thread.
 *
 * @param identity where certificate and key are
 * @param clients which certificates clients need
 */
public record TlsSettings(Identity identity, Clients clients) {

    /** Where certificate and key are. */
    public sealed interface Identity {}

    /**
     * Two files in PEM.
     *
     * @param certificate the certificate, and the intermediate ones after it
     * @param key the private key
     * @param selfSigned whether the server makes the two files if they are missing
     */
    public record Pem(Path certificate, Path key, boolean selfSigned) implements Identity {}

    /**
     * A key store (PKCS #12 or JKS) with one key.
     *
     * @param file the key store
     * @param password the password of the key store and of the key
     */
    public record Store(Path file, Secret password) implements Identity {}

    /**
     * Which certificates clients need.
     *
     * @param auth whether clients are asked for a certificate
     * @param authorities the certificate authorities for client certificates (PEM), or null
     */
    public record Clients(ClientAuth auth, @Nullable Path authorities) {
        /** Clients show no certificate. */
        public static final Clients ANY = new Clients(ClientAuth.NONE, null);
    }

    /** TLS with a self-signed certificate in a folder. */
    public static TlsSettings selfSigned(Path folder) {
        return new TlsSettings(
                new Pem(folder.resolve("self-signed.crt"), folder.resolve("self-signed.key"), true), Clients.ANY);
    }
}
