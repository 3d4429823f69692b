package io.parley.apps.benchmarks.logins;

import io.parley.accounts.StoredAccounts;
import io.parley.model.NamePolicy;
import io.parley.model.UserAddress;
import io.parley.model.UserRef;
import io.parley.policy.Answer;
import io.parley.policy.Applicant;
import io.parley.policy.ChatPolicy;
import java.net.InetSocketAddress;

/**
 * Accounts whose applicants come from the address that their client names: all of loopback is one source for the accounts, and a flood
 * needs several. Only for measuring; a server must not believe its clients so. Any thread.
 *
 * @param accounts what is asked, with that address
 */
record ByClientName(StoredAccounts accounts) implements ChatPolicy {
    private static final String FROM = "from ";

    /** The name of a client at an address. */
    static String client(String address) {
        return FROM + address;
    }

    @Override
    public Answer login(Applicant applicant) {
        String client = applicant.client();
        if (!client.startsWith(FROM)) {
            return accounts.login(applicant);
        }
        InetSocketAddress address = new InetSocketAddress(UserAddress.address(client.substring(FROM.length())), 1);
        return accounts.login(new Applicant(
                applicant.name(), applicant.credentials(), client, applicant.gateway(), address, applicant.tls()));
    }

    @Override
    public Answer resume(UserRef user) {
        return accounts.resume(user);
    }

    @Override
    public Answer account(NamePolicy.Name name) {
        return accounts.account(name);
    }
}
