package io.parley.apps.client.options;

import io.parley.transport.TlsOptions;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import nl.altindag.ssl.pem.util.PemUtils;
import org.jspecify.annotations.Nullable;

/** Decides which certificates of servers to trust, and explains a refusal. Any thread may call it. */
final class ServerTrust extends X509ExtendedTrustManager {
    private static final int SHA256_DIGITS = 64;

    private final @Nullable X509ExtendedTrustManager authorities;
    private final String pin; // upper-case digits without colons; empty if authorities decide

    private ServerTrust(@Nullable X509ExtendedTrustManager authorities, String pin) {
        this.authorities = authorities;
        this.pin = pin;
    }

    /** Trusts the certificate authorities of this machine. */
    static ServerTrust system() {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init((KeyStore) null);
            return new ServerTrust((X509ExtendedTrustManager) factory.getTrustManagers()[0], "");
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Trusts the certificate authorities in a file. */
    static ServerTrust of(Path file) throws IOException {
        try {
            return new ServerTrust(PemUtils.loadTrustMaterial(file), "");
        } catch (RuntimeException bad) {
            throw new IOException("--tls-ca: no certificate can be read from " + file, bad);
        }
    }

    /** Trusts one certificate, for any name and by any issuer. */
    static ServerTrust pinned(String fingerprint) {
        String digits = fingerprint.replace(":", "").toUpperCase(Locale.ROOT);
        if (digits.length() != SHA256_DIGITS || !digits.matches("[0-9A-F]+")) {
            throw new IllegalArgumentException("--tls-fingerprint: not the SHA-256 of a certificate, 64 digits in hex");
        }
        return new ServerTrust(null, digits);
    }

    TlsOptions options() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {this}, null);
            return TlsOptions.of(context);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        if (authorities == null) {
            checkPin(chain);
            return;
        }
        try {
            authorities.checkServerTrusted(chain, authType, engine);
        } catch (CertificateException error) {
            throw new CertificateException(explain(chain[0], error), error);
        }
    }

    private void checkPin(X509Certificate[] chain) throws CertificateException {
        String shown = fingerprint(chain[0]);
        if (!shown.replace(":", "").equals(pin)) {
            throw new CertificateException("the server shows another certificate than the one you trust: " + shown
                    + "; somebody may be in between");
        }
    }

    private static String explain(X509Certificate shown, CertificateException error) throws CertificateException {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateExpiredException) {
                return "the server's certificate has expired, on "
                        + shown.getNotAfter().toInstant();
            }
            if (cause instanceof CertPathValidatorException
                    || String.valueOf(cause.getMessage()).contains("path building failed")) {
                return "nobody you trust vouches for the server's certificate; if the server's operator tells you that its"
                        + " fingerprint is the following, give it with --tls-fingerprint: " + fingerprint(shown);
            }
        }
        return "the server's certificate is for another name: " + error.getMessage();
    }

    private static String fingerprint(X509Certificate certificate) throws CertificateException {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest);
        } catch (GeneralSecurityException unreadable) {
            throw new CertificateException(unreadable);
        }
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return authorities == null ? new X509Certificate[0] : authorities.getAcceptedIssuers();
    }

    // The transports of Parley use engines, and a client checks servers only.

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw new CertificateException("only engines are used");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("only engines are used");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw new CertificateException("a client trusts no clients");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("a client trusts no clients");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("a client trusts no clients");
    }
}
