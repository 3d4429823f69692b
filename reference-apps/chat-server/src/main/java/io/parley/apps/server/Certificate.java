package io.parley.apps.server;

import io.parley.apps.server.TlsSettings.Pem;
import io.parley.apps.server.TlsSettings.Store;
import io.parley.transport.TlsOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import nl.altindag.ssl.pem.util.PemUtils;
import nl.altindag.ssl.util.KeyManagerUtils;
import nl.altindag.ssl.util.KeyStoreUtils;

/**
 * The server's certificate, and those that vouch for its clients: both can be exchanged while the server runs, and
 * connections made from then on see the new ones. Any thread may call it.
 */
final class Certificate {
    private static final Duration SOON = Duration.ofDays(14);

    /** What is shown to those who connect. */
    record Loaded(SSLContext context, X509Certificate certificate) {}

    /** A certificate with its key. */
    private record Identity(KeyManager keys, X509Certificate certificate) {}

    private final TlsSettings settings;
    private volatile Loaded loaded; // replaced by show

    private Certificate(TlsSettings settings, Loaded loaded) {
        this.settings = settings;
        this.loaded = loaded;
    }

    /**
     * Reads the files, and makes them first where that is wanted.
     *
     * @throws IOException if that fails, with words for the operator
     */
    static Certificate load(TlsSettings settings) throws IOException {
        return new Certificate(settings, read(settings));
    }

    /** Reads the files again, and changes nothing yet. */
    Loaded read() throws IOException {
        return read(settings);
    }

    /** Shows another one from now on. */
    void show(Loaded fresh) {
        loaded = fresh;
    }

    TlsOptions options() {
        return TlsOptions.of(() -> loaded.context())
                .withClientAuth(settings.clients().auth());
    }

    private static Loaded read(TlsSettings settings) throws IOException {
        Identity identity = identity(settings.identity());
        Path authorities = settings.clients().authorities();
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {identity.keys()}, authorities == null ? null : trust(authorities), null);
            return new Loaded(context, identity.certificate());
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
        Safety.checkPrivate(files.key(), "private key");
        KeyManager keys = PemUtils.loadIdentityMaterial(files.certificate(), files.key());
        return new Identity(keys, PemUtils.loadCertificate(files.certificate()).get(0));
    }

    private static Identity identity(Store from) throws IOException, GeneralSecurityException {
        Safety.checkPrivate(from.file(), "private key");
        char[] password = from.password().reveal();
        try {
            KeyStore store = KeyStoreUtils.loadKeyStore(from.file(), password);
            X509Certificate only = null;
            for (String alias : Collections.list(store.aliases())) {
                if (store.isKeyEntry(alias) && store.getCertificate(alias) instanceof X509Certificate found) {
                    if (only != null) {
                        throw new GeneralSecurityException("it has more than one key");
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

    private static TrustManager[] trust(Path authorities) throws IOException {
        try {
            return new TrustManager[] {PemUtils.loadTrustMaterial(authorities)};
        } catch (RuntimeException bad) {
            throw new IOException("no certificates can be read from " + authorities + ": " + reason(bad), bad);
        }
    }

    /** What an exception says that may only wrap another. */
    private static String reason(Throwable bad) {
        Throwable cause = bad.getCause();
        String words = String.valueOf(bad.getMessage());
        return cause != null && words.equals(cause.toString()) ? reason(cause) : words;
    }

    boolean isSelfSigned() {
        return settings.identity() instanceof Pem pem && pem.selfSigned();
    }

    /** SHA-256 of the certificate, in the usual form. */
    String fingerprint() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(loaded.certificate().getEncoded());
            return HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Until when it is valid, and a warning if that is soon. */
    String validity(Instant now) {
        Instant end = loaded.certificate().getNotAfter().toInstant();
        String until = "valid until " + end;
        return now.isAfter(end) ? "EXPIRED, it was " + until : now.plus(SOON).isAfter(end) ? until + ", SOON" : until;
    }
}
