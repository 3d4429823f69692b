package io.parley.transport;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Certificates for tests, made by the JDK's keytool when they are first asked for. Any thread may call it.
 *
 * <p>Each identity is self-signed and trusted by whoever is told to.
 */
public final class TestTls {
    private static final char[] PASSWORD = "changeit".toCharArray();

    /** A server at localhost, 127.0.0.1 and ::1. */
    private static final class Localhost {
        static final KeyStore KEYS = keys("localhost", "dns:localhost,ip:127.0.0.1,ip:0:0:0:0:0:0:0:1");
    }

    /** The same with its next certificate. */
    private static final class Renewed {
        static final KeyStore KEYS = keys("renewed", "dns:localhost,ip:127.0.0.1,ip:0:0:0:0:0:0:0:1");
    }

    /** A server that is somewhere else. */
    private static final class Elsewhere {
        static final KeyStore KEYS = keys("elsewhere", "dns:elsewhere.test");
    }

    /** A client with a certificate. */
    private static final class Alice {
        static final KeyStore KEYS = keys("alice", "dns:alice.test");
    }

    private TestTls() {}

    /** Options of both ends at once: a server at localhost, and a client that trusts it and shows nothing. */
    public static TlsOptions options() {
        return TlsOptions.of(context(Localhost.KEYS, Localhost.KEYS));
    }

    /** A server at localhost that trusts the client with a certificate. */
    public static SSLContext server() {
        return context(Localhost.KEYS, Alice.KEYS);
    }

    /** The same with what stands between it and its keys. */
    public static SSLContext server(UnaryOperator<X509ExtendedKeyManager> between) {
        return contextWith(between, Localhost.KEYS, Alice.KEYS);
    }

    /** A server at localhost with another certificate. */
    public static SSLContext serverRenewed() {
        return context(Renewed.KEYS, Alice.KEYS);
    }

    /** A server whose certificate is for another name; clients of {@link #client()} trust it. */
    public static SSLContext serverElsewhere() {
        return context(Elsewhere.KEYS, Alice.KEYS);
    }

    /** A client without a certificate that trusts all servers. */
    public static SSLContext client() {
        return context(null, Localhost.KEYS, Renewed.KEYS, Elsewhere.KEYS);
    }

    /** A client with a certificate for alice, that trusts both servers. */
    public static SSLContext alice() {
        return context(Alice.KEYS, Localhost.KEYS, Elsewhere.KEYS);
    }

    /** A client that trusts neither server. */
    public static SSLContext suspicious() {
        return context(null, Alice.KEYS);
    }

    private static SSLContext context(@Nullable KeyStore own, KeyStore... trusted) {
        return contextWith(keys -> keys, own, trusted);
    }

    private static SSLContext contextWith(
            UnaryOperator<X509ExtendedKeyManager> between, @Nullable KeyStore own, KeyStore... trusted) {
        try {
            KeyStore trust = KeyStore.getInstance("PKCS12");
            trust.load(null, null);
            for (KeyStore other : trusted) {
                for (String alias : Collections.list(other.aliases())) {
                    Certificate certificate = other.getCertificate(alias);
                    trust.setCertificateEntry(alias, certificate);
                }
            }
            TrustManagerFactory trustManagers = TrustManagerFactory.getInstance("PKIX");
            trustManagers.init(trust);
            KeyManagerFactory keyManagers = KeyManagerFactory.getInstance("PKIX");
            keyManagers.init(own, own == null ? null : PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            X509ExtendedKeyManager keys = (X509ExtendedKeyManager) keyManagers.getKeyManagers()[0];
            context.init(new KeyManager[] {between.apply(keys)}, trustManagers.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("a context for tests cannot be made", e);
        }
    }

    private static KeyStore keys(String alias, String names) {
        try {
            Path folder = Files.createTempDirectory("parley-tls");
            Path file = folder.resolve(alias + ".p12");
            run(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                    "-genkeypair",
                    "-alias",
                    alias,
                    "-dname",
                    "CN=" + alias,
                    "-ext",
                    "SAN=" + names,
                    "-keyalg",
                    "EC",
                    "-groupname",
                    "secp256r1",
                    "-validity",
                    "10",
                    "-startdate",
                    "-1d",
                    "-storetype",
                    "PKCS12",
                    "-keystore",
                    file.toString(),
                    "-storepass",
                    new String(PASSWORD)));
            KeyStore keys = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(file)) {
                keys.load(in, PASSWORD);
            }
            Files.delete(file);
            Files.delete(folder);
            return keys;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException | InterruptedException e) {
            throw new IllegalStateException("keys for tests cannot be made", e);
        }
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        byte[] said = process.getInputStream().readAllBytes();
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IllegalStateException("keytool failed: " + new String(said, StandardCharsets.UTF_8));
        }
    }
}
