package io.parley.policy;

import static java.util.Objects.requireNonNull;

import io.parley.codec.Bytes;
import java.security.cert.X509Certificate;

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
}
