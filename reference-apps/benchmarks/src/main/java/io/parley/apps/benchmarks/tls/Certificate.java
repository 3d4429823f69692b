package io.parley.apps.benchmarks.tls;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** A certificate for one run, made by keytool, and a TLS context for clients that trust any. Any thread may call it. */
public final class Certificate {
    private static final String PASSWORD = "benchmark";

    private Certificate() {}

    /** A context for a server, with a key of its own. */
    public static SSLContext serverContext() throws IOException, GeneralSecurityException {
        Path folder = Files.createTempDirectory("benchmark");
        Path store = folder.resolve("server.p12");
        try {
            run(store);
            KeyStore keys = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(store)) {
                keys.load(in, PASSWORD.toCharArray());
            }
            KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
            managers.init(keys, PASSWORD.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return context;
        } finally {
            Files.deleteIfExists(store);
            Files.deleteIfExists(folder);
        }
    }

    private static void run(Path store) throws IOException {
        Process tool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=localhost",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            if (tool.waitFor() != 0) {
                throw new IOException("keytool could not make a certificate");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while a certificate was made", interrupted);
        }
    }

    /** The SHA-256 of the certificate of a server, in hexadecimal. */
    public static String fingerprint(InetSocketAddress server) throws IOException {
        try (SSLSocket socket =
                (SSLSocket) clientContext().getSocketFactory().createSocket(server.getHostString(), server.getPort())) {
            java.security.cert.Certificate its = socket.getSession().getPeerCertificates()[0];
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(its.getEncoded()));
        } catch (GeneralSecurityException impossible) {
            throw new IOException(impossible);
        }
    }

    /** The context of the load generator, which has no secrets and trusts any certificate. */
    public static SSLContext clientContext() throws GeneralSecurityException {
        X509TrustManager anybody = new X509TrustManager() {
            @Override
            public void checkClientTrusted(X509Certificate[] chain, String type) {}

            @Override
            public void checkServerTrusted(X509Certificate[] chain, String type) {}

            @Override
            public X509Certificate[] getAcceptedIssuers() {
                return new X509Certificate[0];
            }
        };
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {anybody}, null);
        return context;
    }
}
