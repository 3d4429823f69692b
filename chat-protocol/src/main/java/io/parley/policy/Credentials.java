package io.parley.policy;

import static java.util.Objects.requireNonNull;

import io.parley.codec.Bytes;
import java.security.cert.X509Certificate;
import java.util.concurrent.CompletionStage;

/**
 * What an applicant shows to prove who it is. Immutable, for any thread.
 *
 * <p>The server takes credentials other than {@link #NONE} only under TLS or from the same machine. Their texts for logs
 * contain no secret. A later version may have more kinds: a policy denies those that it does not know.
 */
public sealed interface Credentials {

    /** A guest: nothing is shown. */
    Credentials NONE = new None();

    /** A guest: nothing is shown. */
    record None() implements Credentials {}

    /**
     * The password of the account that has the applicant's name.
     *
     * @param password the password, as it was given
     */
    record Password(String password) implements Credentials {
        /**
         * Makes credentials.
         *
         * @param password the password, as it was given
         */
        public Password {
            requireNonNull(password, "password");
        }

        @Override
        public String toString() {
            return "a password";
        }
    }

    /**
     * A request to make an account with the applicant's name, and to log in to it.
     *
     * @param password the password that the account is to have
     * @param code the invitation code; empty if none was given
     */
    record Registration(String password, String code) implements Credentials {
        /**
         * Makes credentials.
         *
         * @param password the password that the account is to have
         * @param code the invitation code; empty if none was given
         */
        public Registration {
            requireNonNull(password, "password");
            requireNonNull(code, "code");
        }

        @Override
        public String toString() {
            return "a registration";
        }
    }

    /**
     * A token that somebody else issued. The applicant's name is empty: the token says whose it is.
     *
     * @param token the token, as it was given
     */
    record Token(Bytes token) implements Credentials {
        /**
         * Makes credentials.
         *
         * @param token the token, as it was given
         */
        public Token {
            requireNonNull(token, "token");
        }

        @Override
        public String toString() {
            return "a token of " + token.length() + " bytes";
        }
    }

    /**
     * The certificate that the client has shown in the TLS handshake. The applicant's name is the one that it wants; it may be
     * empty.
     *
     * @param certificate the client's own certificate, which the transport's trust manager has accepted
     */
    record Certificate(X509Certificate certificate) implements Credentials {
        /**
         * Makes credentials.
         *
         * @param certificate the client's own certificate, which the transport's trust manager has accepted
         */
        public Certificate {
            requireNonNull(certificate, "certificate");
        }

        @Override
        public String toString() {
            return "the certificate of " + certificate.getSubjectX500Principal();
        }
    }

    /**
     * A login in several steps, such as SCRAM. The policy asks the client as often as the mechanism wants it, and then answers.
     * The applicant's name is empty: the mechanism says whose account it is.
     *
     * @param mechanism the mechanism, as the client names it
     * @param initial the client's first response, as it was given; it may be empty
     * @param client asks the client
     */
    record Exchange(String mechanism, Bytes initial, Client client) implements Credentials {

        /** The client of a login in several steps. */
        public interface Client {

            /**
             * Sends a challenge. Any thread; one at a time, and not after the policy's answer. Until the client has responded
             * the login timeout and the hub's policy timeout run.
             *
             * @param challenge the challenge, as the mechanism has it
             * @return completes with the client's response, on a thread that must not be blocked; it may be empty. Fails if the connection ends
             *     before, or if the client cannot be asked now
             */
            CompletionStage<Bytes> ask(Bytes challenge);
        }

        /**
         * Makes credentials.
         *
         * @param mechanism the mechanism, as the client names it
         * @param initial the client's first response, as it was given
         * @param client asks the client
         */
        public Exchange {
            requireNonNull(mechanism, "mechanism");
            requireNonNull(initial, "initial");
            requireNonNull(client, "client");
        }

        @Override
        public String toString() {
            return "the mechanism " + mechanism;
        }
    }
}
