package io.parley.apps.server.options;

import io.parley.apps.server.files.Secret;
import io.parley.apps.server.tls.TlsSettings;
import io.parley.apps.server.tls.TlsSettings.Clients;
import io.parley.apps.server.tls.TlsSettings.Identity;
import io.parley.apps.server.tls.TlsSettings.Pem;
import io.parley.apps.server.tls.TlsSettings.Store;
import io.parley.transport.TlsOptions.ClientAuth;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of TLS. One thread; picocli sets the fields. */
public final class TlsArguments {
    static final String PASSWORD = "PARLEY_TLS_KEYSTORE_PASSWORD";

    private final Map<String, String> environment;

    @Option(names = "--tls-cert", paramLabel = "FILE", description = "Use TLS on TCP, with this certificate (PEM).")
    private @Nullable Path certificate;

    @Option(names = "--tls-key", paramLabel = "FILE", description = "The certificate's private key (PEM).")
    private @Nullable Path key;

    @Option(
            names = "--tls-keystore",
            paramLabel = "FILE",
            description = "Use TLS with the certificate and key in this key store (PKCS #12 or JKS).")
    private @Nullable Path store;

    @Option(
            names = "--tls-keystore-password-file",
            paramLabel = "FILE",
            description = "File whose first line is the key store's password. Without it, the password is taken from "
                    + PASSWORD + ".")
    private @Nullable Path passwordFile;

    @Option(
            names = "--tls-self-signed",
            paramLabel = "FOLDER",
            description = "Use TLS with a self-signed certificate. The server creates it in this folder at its first"
                    + " start. Clients trust it by its fingerprint.")
    private @Nullable Path selfSigned;

    @Option(
            names = "--tls-client-auth",
            paramLabel = "HOW",
            description =
                    "Whether clients are asked for a certificate: none, wanted (optional) or needed. Default: none.")
    private ClientAuth clientAuth = ClientAuth.NONE;

    @Option(
            names = "--tls-client-ca",
            paramLabel = "FILE",
            description = "Certificate authorities for client certificates (PEM).")
    private @Nullable Path clientAuthorities;

    public TlsArguments(Map<String, String> environment) {
        this.environment = environment;
    }

    @Nullable
    public TlsSettings tls() {
        boolean both = certificate != null && key != null;
        WrongOption.unless(both || (certificate == null && key == null), "--tls-cert and --tls-key: give both");
        WrongOption.unless(
                certificate == null || selfSigned == null,
                "--tls-self-signed makes its own certificate: leave out --tls-cert");
        WrongOption.unless(
                store == null || (certificate == null && selfSigned == null),
                "--tls-keystore has its own certificate: leave out --tls-cert and --tls-self-signed");
        WrongOption.unless(
                store != null || passwordFile == null, "--tls-keystore-password-file: there is no --tls-keystore");
        boolean spoken = Stream.of(certificate, store, selfSigned).anyMatch(Objects::nonNull);
        WrongOption.unless(
                spoken || (clientAuth == ClientAuth.NONE && clientAuthorities == null),
                "--tls-client-auth: without TLS there are no certificates; give --tls-cert, --tls-keystore or"
                        + " --tls-self-signed");
        WrongOption.unless(
                (clientAuth == ClientAuth.NONE) == (clientAuthorities == null),
                "--tls-client-auth (wanted or needed) and --tls-client-ca: give both");
        Clients clients = new Clients(clientAuth, clientAuthorities);
        if (selfSigned != null) {
            return new TlsSettings(TlsSettings.selfSigned(selfSigned).identity(), clients);
        }
        Identity identity = identity();
        return identity == null ? null : new TlsSettings(identity, clients);
    }

    private @Nullable Identity identity() {
        if (store != null) {
            return new Store(store, password());
        }
        return certificate == null || key == null ? null : new Pem(certificate, key, false);
    }

    private Secret password() {
        String word = environment.get(PASSWORD);
        WrongOption.unless(
                passwordFile != null || word != null,
                "--tls-keystore: its password comes from --tls-keystore-password-file or " + PASSWORD);
        return passwordFile == null ? Secret.of(String.valueOf(word)) : Secret.in(passwordFile);
    }
}
