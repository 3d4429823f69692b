package io.parley.apps.server;

import io.parley.transport.TlsOptions;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import nl.altindag.ssl.pem.util.PemUtils;

/**
 * The server's certificate, which can be exchanged while the server runs: connections made from then on see the new
 * one. Any thread may call it.
 */
final class Certificate {
    private static final Duration SOON = Duration.ofDays(14);

    /** What is shown to those who connect. */
    record Loaded(SSLContext context, X509Certificate certificate) {}

    private final TlsSettings files;
    private volatile Loaded loaded; // replaced by show

    private Certificate(TlsSettings files, Loaded loaded) {
        this.files = files;
        this.loaded = loaded;
    }

    /**
     * Reads the files, and makes them first where that is wanted.
     *
     * @throws IOException if that fails, with words for the operator
     */
    static Certificate load(TlsSettings files) throws IOException {
        return new Certificate(files, read(files));
    }

    /** Reads the files again, and changes nothing yet. */
    Loaded read() throws IOException {
        return read(files);
    }

    /** Shows another one from now on. */
    void show(Loaded fresh) {
        loaded = fresh;
    }

    TlsOptions options() {
        return TlsOptions.of(() -> loaded.context());
    }

    private static Loaded read(TlsSettings files) throws IOException {
        try {
            if (files.selfSigned()) {
                SelfSigned.makeIfMissing(files, Instant.now());
            }
            Safety.checkPrivate(files.key(), "private key");
            SSLContext context = SSLContext.getInstance("TLS");
            KeyManager keys = PemUtils.loadIdentityMaterial(files.certificate(), files.key());
            context.init(new KeyManager[] {keys}, null, null);
            return new Loaded(
                    context, PemUtils.loadCertificate(files.certificate()).get(0));
        } catch (GeneralSecurityException | RuntimeException bad) {
            throw new IOException(
                    "no certificate and key can be read from " + files.certificate() + " and " + files.key() + ": "
                            + bad.getMessage(),
                    bad);
        }
    }

    boolean isSelfSigned() {
        return files.selfSigned();
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
