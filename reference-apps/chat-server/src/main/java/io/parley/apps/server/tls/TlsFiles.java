package io.parley.apps.server.tls;

import io.parley.apps.server.files.FileChecks;
import io.parley.apps.server.tls.TlsSettings.Pem;
import io.parley.apps.server.tls.TlsSettings.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import nl.altindag.ssl.pem.util.PemUtils;
import nl.altindag.ssl.util.KeyManagerUtils;
import nl.altindag.ssl.util.KeyStoreUtils;

/** Reads the certificate, the key and the certificate authorities that the settings name. Any thread may call it. */
final class TlsFiles {
    private TlsFiles() {}

    /** A certificate with its key. */
    private record Identity(KeyManager keys, X509Certificate certificate) {}

    /**
     * Reads the files; makes a self-signed certificate first if the settings ask for one and it is missing.
     *
     * @throws IOException if that fails, with a message for the operator
     */
    static Certificate.Loaded read(TlsSettings settings) throws IOException {
        Identity identity = identity(settings.identity());
        Path authorities = settings.clients().authorities();
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {identity.keys()}, authorities == null ? null : trust(authorities), null);
            return new Certificate.Loaded(context, identity.certificate());
        } catch (GeneralSecurityException broken) {
            throw new IOException("there is no TLS here: " + broken.getMessage(), broken);
        }
    }

    private static Identity identity(TlsSettings.Identity from) throws IOException {
        String files = from instanceof Pem pem
                ? pem.certificate() + " and " + pem.key()
                : "the key store " + ((Store) from).file();
        try {
            return from instanceof Pem pem ? identity(pem) : identity((Store) from);
        } catch (GeneralSecurityException | RuntimeException bad) {
            throw new IOException("no certificate and key can be read from " + files + ": " + reason(bad), bad);
        }
    }

    private static Identity identity(Pem files) throws IOException, GeneralSecurityException {
        if (files.selfSigned()) {
            SelfSigned.makeIfMissing(files, Instant.now());
        }
        FileChecks.checkReadable(files.key(), "private key");
        FileChecks.checkPrivate(files.key(), "private key");
        FileChecks.checkReadable(files.certificate(), "certificate");
        KeyManager keys = PemUtils.loadIdentityMaterial(files.certificate(), files.key());
        X509Certificate first = PemUtils.loadCertificate(files.certificate()).get(0);
        if (!KeyMatch.isPair(PemUtils.loadPrivateKey(files.key()), first.getPublicKey())) {
            throw new IOException("the private key in " + files.key() + " does not belong to the first certificate in "
                    + files.certificate() + ": they must be a pair, and certificates between it and its root come"
                    + " after it");
        }
        return new Identity(keys, first);
    }

    private static Identity identity(Store from) throws IOException, GeneralSecurityException {
        FileChecks.checkReadable(from.file(), "key store");
        FileChecks.checkPrivate(from.file(), "private key");
        char[] password = from.password().reveal();
        try {
            KeyStore store = KeyStoreUtils.loadKeyStore(from.file(), password);
            X509Certificate only = null;
            for (String alias : Collections.list(store.aliases())) {
                if (store.isKeyEntry(alias) && store.getCertificate(alias) instanceof X509Certificate found) {
                    if (only != null) {
                        throw new GeneralSecurityException("it has more than one key");
                    }
                    if (!(store.getKey(alias, password) instanceof PrivateKey key)
                            || !KeyMatch.isPair(key, found.getPublicKey())) {
                        throw new GeneralSecurityException("its key does not belong to its certificate");
                    }
                    only = found;
                }
            }
            if (only == null) {
                throw new GeneralSecurityException("it has no key with a certificate");
            }
            return new Identity(KeyManagerUtils.createKeyManager(store, password), only);
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    /** Reads the certificate authorities for client certificates. */
    static TrustManager[] trust(Path authorities) throws IOException {
        FileChecks.checkReadable(authorities, "certificates for clients");
        try {
            return new TrustManager[] {PemUtils.loadTrustMaterial(authorities)};
        } catch (RuntimeException bad) {
            throw new IOException("no certificates can be read from " + authorities + ": " + reason(bad), bad);
        }
    }

    /** The message of an exception, or of its cause if it only wraps that. */
    private static String reason(Throwable bad) {
        Throwable cause = bad.getCause();
        String message = String.valueOf(bad.getMessage());
        return cause != null && message.equals(cause.toString()) ? reason(cause) : message;
    }
}
