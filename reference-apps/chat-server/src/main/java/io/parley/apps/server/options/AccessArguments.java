package io.parley.apps.server.options;

import io.parley.accounts.Registration;
import io.parley.apps.server.options.ServerSettings.Access;
import io.parley.apps.server.tls.TlsSettings.Clients;
import io.parley.transport.TlsOptions.ClientAuth;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say who may log in. One thread; picocli sets the fields. */
final class AccessArguments {
    @Option(
            names = "--accounts",
            paramLabel = "FILE",
            description =
                    "Take the accounts from this file, and not from the store; chat-server account edits the file."
                            + " Passwords are accepted under TLS, on loopback and on Unix-domain sockets only.")
    private @Nullable Path accounts;

    @Option(names = "--no-guests", description = "Require authentication: users without an account cannot log in.")
    private boolean noGuests;

    @Option(
            names = "--registration",
            paramLabel = "HOW",
            description =
                    "Who may make an account in the store: off (only the operator, with /account), open (everybody), or code"
                            + " (whoever has a code of /account invite). Default: off.")
    private Registration registration = Registration.OFF;

    @Option(
            names = "--scram",
            description =
                    "Take logins with SCRAM-SHA-256 and -PLUS. Then keys of PBKDF2 are kept beside each hash of argon2id; somebody"
                            + " who steals the store guesses faster with them.")
    private boolean scram;

    @Option(
            names = "--tls-client-accounts",
            description = "The common name of a client's certificate is the name of its account in the store.")
    private boolean certificates;

    /**
     * What the options say.
     *
     * @param clients which certificates clients show
     */
    Access access(Clients clients) {
        WrongOption.unless(
                accounts == null || registration == Registration.OFF,
                "--registration: accounts of a file (--accounts) are made by its operator only");
        WrongOption.unless(accounts == null || !scram, "--scram: a file of accounts (--accounts) has no keys for it");
        WrongOption.unless(
                accounts == null || !certificates,
                "--tls-client-accounts: a file of accounts (--accounts) takes passwords only");
        WrongOption.unless(
                !certificates || clients.auth() != ClientAuth.NONE,
                "--tls-client-accounts: clients show no certificate; give --tls-client-auth and --tls-client-ca");
        return new Access(accounts, !noGuests, registration, scram, certificates);
    }
}
