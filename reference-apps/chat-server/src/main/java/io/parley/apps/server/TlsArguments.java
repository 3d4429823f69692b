package io.parley.apps.server;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of TLS. One thread; picocli sets the fields. */
final class TlsArguments {
    @Option(names = "--tls-cert", paramLabel = "FILE", description = "Speak TLS on TCP, with this certificate (PEM).")
    private @Nullable Path certificate;

    @Option(names = "--tls-key", paramLabel = "FILE", description = "The certificate's private key (PEM).")
    private @Nullable Path key;

    @Option(
            names = "--tls-self-signed",
            paramLabel = "FOLDER",
            description = "Speak TLS with a certificate of the server's own, made at its first start and kept in"
                    + " this folder; clients know it by its fingerprint.")
    private @Nullable Path selfSigned;

    @Nullable
    TlsSettings tls() {
        boolean both = certificate != null && key != null;
        WrongOption.unless(both || (certificate == null && key == null), "--tls-cert and --tls-key: give both");
        WrongOption.unless(
                !both || selfSigned == null, "--tls-self-signed makes its own certificate: leave out --tls-cert");
        if (selfSigned != null) {
            return TlsSettings.selfSigned(selfSigned);
        }
        return certificate == null || key == null ? null : new TlsSettings(certificate, key, false);
    }
}
