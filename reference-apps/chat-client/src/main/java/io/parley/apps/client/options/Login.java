package io.parley.apps.client.options;

import io.parley.accounts.ScramLogin;

/** How the user logs in. Immutable but for the password of {@link Scram}; for any thread. */
public sealed interface Login {
    /** Without an account. */
    Login GUEST = new Guest();

    /** Without an account. */
    record Guest() implements Login {}

    /** With the password of the account. */
    record Password(String password) implements Login {
        @Override
        public String toString() {
            return "by password"; // never the password
        }
    }

    /**
     * With a new account, which is made.
     *
     * @param code the invitation code, empty for none
     */
    record Registration(String password, String code) implements Login {
        @Override
        public String toString() {
            return "by registration"; // never the password
        }
    }

    /** With a token, which says whose it is. */
    record Token(String token) implements Login {
        @Override
        public String toString() {
            return "by token"; // never the token
        }
    }

    /**
     * With a proof that the user knows the password.
     *
     * @param proof makes the proof
     */
    record Scram(ScramLogin proof) implements Login {}
}
