package io.parley.accounts;

/**
 * What is kept of a password to check it. Immutable, for any thread.
 *
 * @param hash the hash, as {@link PasswordHashes} makes it
 * @param scram the keys of SCRAM, as {@link ScramKeys} writes them; empty if none are kept
 */
record Verifiers(String hash, String scram) {

    static Verifiers of(String hash) {
        return new Verifiers(hash, "");
    }

    /** Without what they are. */
    @Override
    public String toString() {
        return scram.isEmpty() ? "a hash" : "a hash, and keys of SCRAM";
    }
}
