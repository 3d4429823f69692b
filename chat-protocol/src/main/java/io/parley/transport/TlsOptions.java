package io.parley.transport;

import java.net.IDN;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * How a transport speaks TLS. Immutable, for any thread.
 *
 * <p>The context is asked for anew for each connection: a supplier that begins to give another one, with a newer
 * certificate, changes what new connections see and leaves the others alone.
 *
 * <p>Only TLS 1.2 and 1.3 are spoken, with ciphers that authenticate what they encrypt (AEAD) and keys that are made
 * for the one connection (forward secrecy) on elliptic curves; of those the server's order decides. A client checks that the certificate
 * is for the host it asked for (RFC 9525), by the rules of HTTPS.
 *
 * @param context gives keys and trust; called on I/O threads, so it must be quick and must not block
 * @param clientAuth whether a server asks clients for certificates
 * @param applicationProtocols what to agree on by ALPN (RFC 7301), best first; empty: nothing
 * @param serverName the name a client asks for and checks, where it is not the host of the address; null: the host
 */
public record TlsOptions(
        Supplier<SSLContext> context,
        ClientAuth clientAuth,
        List<String> applicationProtocols,
        @Nullable String serverName) {

    /** Whether a server asks clients for certificates. */
    public enum ClientAuth {
        /** It does not. */
        NONE,
        /** It asks, and takes those too who have none. */
        WANTED,
        /** Without one that it trusts the handshake fails. */
        NEEDED
    }

    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};
    private static final String NO_HOST = "localhost"; // over a Unix-domain socket, say

    /**
     * Makes the options; the list is copied.
     *
     * @param context gives keys and trust
     * @param clientAuth whether a server asks clients for certificates
     * @param applicationProtocols what to agree on by ALPN, best first
     * @param serverName the name a client asks for and checks; null: the host of the address
     */
    public TlsOptions {
        Objects.requireNonNull(context, "context");
        Objects.requireNonNull(clientAuth, "clientAuth");
        applicationProtocols = List.copyOf(applicationProtocols);
    }

    /**
     * Options with one context for good.
     *
     * @param context keys and trust
     * @return the options, with no client certificates and no ALPN
     */
    public static TlsOptions of(SSLContext context) {
        Objects.requireNonNull(context, "context");
        return of(() -> context);
    }

    /**
     * Options with a context that may change.
     *
     * @param context gives keys and trust for the next connection
     * @return the options, with no client certificates and no ALPN
     */
    public static TlsOptions of(Supplier<SSLContext> context) {
        return new TlsOptions(context, ClientAuth.NONE, List.of(), null);
    }

    /**
     * The same with client certificates.
     *
     * @param value whether clients are asked for them
     * @return the options
     */
    public TlsOptions withClientAuth(ClientAuth value) {
        return new TlsOptions(context, value, applicationProtocols, serverName);
    }

    /**
     * The same with ALPN.
     *
     * @param value protocols to agree on, best first
     * @return the options
     */
    public TlsOptions withApplicationProtocols(List<String> value) {
        return new TlsOptions(context, clientAuth, value, serverName);
    }

    /**
     * The same with another name of the server than the host in the address.
     *
     * @param value the name that the certificate must be for
     * @return the options
     */
    public TlsOptions withServerName(String value) {
        return new TlsOptions(context, clientAuth, applicationProtocols, value);
    }

    /**
     * An engine for a connection that was accepted. For transports.
     *
     * @return a new engine in server mode
     */
    public SSLEngine serverEngine() {
        SSLEngine engine = new GuardedEngine(context.get().createSSLEngine());
        engine.setUseClientMode(false);
        SSLParameters parameters = parameters(engine);
        parameters.setUseCipherSuitesOrder(true);
        engine.setSSLParameters(parameters);
        switch (clientAuth) {
            case NONE -> engine.setNeedClientAuth(false);
            case WANTED -> engine.setWantClientAuth(true);
            case NEEDED -> engine.setNeedClientAuth(true);
        }
        return engine;
    }

    /**
     * An engine for a connection that is made. For transports.
     *
     * @param address where it goes; its host is asked for and checked unless there is a {@link #serverName}. What has
     *     no host, a Unix-domain socket, is {@code localhost}
     * @return a new engine in client mode
     */
    public SSLEngine clientEngine(SocketAddress address) {
        InetSocketAddress inet = address instanceof InetSocketAddress tcp ? tcp : null;
        String host = inet == null ? NO_HOST : inet.getHostString();
        String name = IDN.toASCII(serverName == null ? host : serverName);
        SSLEngine engine = new GuardedEngine(context.get().createSSLEngine(name, inet == null ? 0 : inet.getPort()));
        engine.setUseClientMode(true);
        SSLParameters parameters = parameters(engine);
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        engine.setSSLParameters(parameters);
        return engine;
    }

    private SSLParameters parameters(SSLEngine engine) {
        SSLParameters parameters = engine.getSSLParameters();
        List<String> supported = List.of(engine.getSupportedProtocols());
        parameters.setProtocols(
                Arrays.stream(PROTOCOLS).filter(supported::contains).toArray(String[]::new));
        parameters.setCipherSuites(Arrays.stream(parameters.getCipherSuites())
                .filter(TlsOptions::isModern)
                .toArray(String[]::new));
        parameters.setAlgorithmConstraints(new CurvesOnly());
        if (!applicationProtocols.isEmpty()) {
            parameters.setApplicationProtocols(applicationProtocols.toArray(String[]::new));
        }
        return parameters;
    }

    /** Those of TLS 1.3 do not name a key exchange; of TLS 1.2's those with ECDHE and an AEAD cipher are left. */
    private static boolean isModern(String suite) {
        boolean authenticated = suite.contains("_GCM_") || suite.contains("_CHACHA20_");
        return authenticated && (!suite.contains("_WITH_") || suite.startsWith("TLS_ECDHE_"));
    }
}
