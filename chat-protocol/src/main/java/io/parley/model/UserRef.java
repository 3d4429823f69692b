package io.parley.model;

import java.util.Map;

/**
 * A user at one moment, as a policy sees it. Immutable, for any thread.
 *
 * @param id the public id: what others see of who it is, whatever the name
 * @param account the account's id as the policy gave it at the login; empty for a guest
 * @param name the name as others see it
 * @param key what makes the name unique: {@link NamePolicy.Name#key}
 * @param attributes what the policy said of the user at its login
 */
public record UserRef(long id, String account, String name, String key, Map<String, String> attributes) {

    /**
     * Whether the user came without proving who it is.
     *
     * @return true for a guest
     */
    public boolean guest() {
        return account.isEmpty();
    }
}
