package io.parley.apps.server.tls;

import io.parley.apps.server.tls.TlsSettings.Pem;
import io.parley.transport.TlsOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The certificate of the server, and the certificate authorities for its clients. Both can be replaced while the server
 * runs; new connections use the new ones. Any thread may call it.
 */
public final class Certificate {
    private static final Duration SOON = Duration.ofDays(14);

    /** What new connections use. */
    public record Loaded(SSLContext context, X509Certificate certificate) {}

    private final TlsSettings settings;
    private volatile Loaded loaded; // replaced by use

    private Certificate(TlsSettings settings, Loaded loaded) {
        this.settings = settings;
        this.loaded = loaded;
    }

    /**
     * Reads the files; makes a self-signed certificate first if the settings ask for one and it is missing.
     *
     * @throws IOException if that fails, with a message for the operator
     */
    public static Certificate load(TlsSettings settings) throws IOException {
        return new Certificate(settings, TlsFiles.read(settings));
    }

    /** Reads the files again; new connections still use the old ones. */
    public Loaded read() throws IOException {
        return TlsFiles.read(settings);
    }

    /** Makes new connections use another certificate. */
    public void use(Loaded fresh) {
        loaded = fresh;
    }

    public TlsOptions options() {
        return TlsOptions.of(() -> loaded.context())
                .withClientAuth(settings.clients().auth());
    }

    /**
     * Reads the files and makes none.
     *
     * @return messages for the operator: a certificate that would be made, or a warning
     * @throws IOException as {@link #load} would
     */
    public static List<String> check(TlsSettings settings, Instant now) throws IOException {
        if (settings.identity() instanceof Pem pem && pem.selfSigned() && SelfSigned.isMissing(pem)) {
            SelfSigned.checkFolder(pem);
            Path authorities = settings.clients().authorities();
            if (authorities != null) {
                TlsFiles.trust(authorities);
            }
            return List.of("at its first start the server would make a certificate, " + pem.certificate());
        }
        String warning = load(settings).warning(now);
        return warning == null ? List.of() : List.of("WARNING: " + warning);
    }

    public boolean isSelfSigned() {
        return settings.identity() instanceof Pem pem && pem.selfSigned();
    }

    /** The SHA-256 fingerprint: pairs of hexadecimal digits with colons between them. */
    public String fingerprint() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(loaded.certificate().getEncoded());
            return HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** What to do about a certificate that has expired or soon expires; null if there is time. */
    public @Nullable String warning(Instant now) {
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
    public String validity(Instant now) {
        Instant end = loaded.certificate().getNotAfter().toInstant();
        String until = "valid until " + end;
        return now.isAfter(end) ? "EXPIRED, it was " + until : now.plus(SOON).isAfter(end) ? until + ", SOON" : until;
    }
}
