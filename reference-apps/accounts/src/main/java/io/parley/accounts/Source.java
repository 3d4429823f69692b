package io.parley.accounts;

import io.parley.model.UserAddress;
import io.parley.policy.Applicant;

/**
 * Where logins come from, as far as that is told apart: an IPv4 address, or the /64 network of an IPv6 address. Immutable, for any
 * thread.
 *
 * @param key tells sources apart
 * @param places how many of its logins may wait
 * @param registrations how many accounts it may make in an hour
 */
record Source(String key, int places, int registrations) {
    private static final int FEW = 4;
    private static final int MANY = 200;

    /** The program that has the accounts. */
    static final Source PROGRAM = new Source("the program", MANY, MANY);

    /** Where an applicant comes from. The same machine, a Unix-domain socket or a proxy on it, has many users. */
    static Source of(Applicant applicant) {
        return UserAddress.of(applicant.address())
                .map(address -> new Source(address.key(), FEW, FEW))
                .orElse(new Source("this machine", MANY, MANY));
    }

    /** The sessions of an account. */
    static Source of(AccountRecord account) {
        return new Source("account " + account.id(), FEW, 0);
    }
}
