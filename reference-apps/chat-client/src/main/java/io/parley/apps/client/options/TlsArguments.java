package io.parley.apps.client.options;

import io.parley.transport.TlsOptions;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of TLS. One thread; picocli sets the fields. */
public final class TlsArguments {
    @Option(names = "--tls", description = "Speak TLS, and trust whom this machine trusts.")
    private boolean system;

    @Option(
            names = "--tls-ca",
            paramLabel = "FILE",
            description = "Speak TLS, and trust the certificates in this file (PEM) alone.")
    private @Nullable Path authorities;

    @Option(
            names = "--tls-fingerprint",
            paramLabel = "SHA256",
            description = "Speak TLS, and trust the one certificate with this fingerprint, whatever name it is for.")
    private @Nullable String fingerprint;

    /**
     * The TLS options; null for no TLS.
     *
     * @throws IOException if the file cannot be read
     * @throws IllegalArgumentException if the options contradict each other
     */
    public @Nullable TlsOptions tls() throws IOException {
        if (fingerprint != null && authorities != null) {
            throw new IllegalArgumentException("--tls-ca and --tls-fingerprint: choose one");
        }
        if (fingerprint != null) {
            return ServerTrust.pinned(fingerprint).options();
        }
        if (authorities != null) {
            return ServerTrust.of(authorities).options();
        }
        return system ? ServerTrust.system().options() : null;
    }
}
