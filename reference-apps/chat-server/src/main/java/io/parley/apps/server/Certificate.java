package io.parley.apps.server;

import io.parley.apps.server.TlsSettings.Pem;
import io.parley.apps.server.TlsSettings.Store;
import io.parley.transport.TlsOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import nl.altindag.ssl.pem.util.PemUtils;
import nl.altindag.ssl.util.KeyManagerUtils;
import nl.altindag.ssl.util.KeyStoreUtils;
import org.jspecify.annotations.Nullable;

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

    /**
     * Reads what is there and makes nothing; says what would be made, and what is to be known.
     *
     * @throws IOException as {@link #load} would
     */
    static List<String> check(TlsSettings settings, Instant now) throws IOException {
        if (settings.identity() instanceof Pem pem && pem.selfSigned() && SelfSigned.isMissing(pem)) {
            SelfSigned.checkFolder(pem);
            Path authorities = settings.clients().authorities();
            if (authorities != null) {
                trust(authorities);
            }
            return List.of("at its first start the server would make a certificate, " + pem.certificate());
        }
        String warning = load(settings).warning(now);
        return warning == null ? List.of() : List.of("WARNING: " + warning);
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
        FileTrouble.check(files.key(), "private key");
        Safety.checkPrivate(files.key(), "private key");
        FileTrouble.check(files.certificate(), "certificate");
        KeyManager keys = PemUtils.loadIdentityMaterial(files.certificate(), files.key());
        X509Certificate first = PemUtils.loadCertificate(files.certificate()).get(0);
        if (!Pairing.isPair(PemUtils.loadPrivateKey(files.key()), first.getPublicKey())) {
            throw new IOException("the private key in " + files.key() + " does not belong to the first certificate in "
                    + files.certificate() + ": they must be a pair, and certificates between it and its root come"
                    + " after it");
        }
        return new Identity(keys, first);
    }

    private static Identity identity(Store from) throws IOException, GeneralSecurityException {
        FileTrouble.check(from.file(), "key store");
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
                    if (!(store.getKey(alias, password) instanceof PrivateKey key)
                            || !Pairing.isPair(key, found.getPublicKey())) {
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

    private static TrustManager[] trust(Path authorities) throws IOException {
        FileTrouble.check(authorities, "certificates for clients");
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

    /** What to do where it is not valid, or soon will not be; null if there is time. */
    @Nullable
    String warning(Instant now) {
        Instant end = loaded.certificate().getNotAfter().toInstant();
        if (now.plus(SOON).isBefore(end)) {
            return null;
        }
        String state = now.isAfter(end) ? "the certificate has EXPIRED, at " : "the certificate expires SOON, at ";
        return state
                + end
                + (settings.identity() instanceof Pem pem && pem.selfSigned()
                        ? ": to have a new one made, remove " + pem.certificate() + " and " + pem.key()
                                + " and reload (SIGHUP); clients must be given its fingerprint, which is another"
                        : ": put a new one in its place and reload (SIGHUP)");
    }

    /** Until when it is valid, and whether that is soon. */
    String validity(Instant now) {
        Instant end = loaded.certificate().getNotAfter().toInstant();
        String until = "valid until " + end;
        return now.isAfter(end) ? "EXPIRED, it was " + until : now.plus(SOON).isAfter(end) ? until + ", SOON" : until;
    }
}
