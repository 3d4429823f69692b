package io.parley.model;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/**
 * Who a user is, as the policy of a server answers it at a login. Immutable, for any thread.
 *
 * @param id who it is, whatever the name; opaque to Parley. The connections of one account have the same id. A guest's is
 *     empty: each of its connections is a user of its own
 * @param name the name as others are to see it; it must follow the server's name policy
 * @param guest whether the user did not prove who it is
 * @param attributes what the policy wants to know of the user when it is asked again, such as groups; others never see them
 */
public record Identity(String id, String name, boolean guest, Map<String, String> attributes) {
    /**
     * Makes an identity.
     *
     * @param id who it is, whatever the name; opaque to Parley. The connections of one account have the same id. A guest's is empty: each of its connections is a user of its own
     * @param name the name as others are to see it; it must follow the server's name policy
     * @param guest whether the user did not prove who it is
     * @param attributes what the policy wants to know of the user when it is asked again, such as groups; others never see them
     * @throws IllegalArgumentException if an account has no id, or a guest has one
     */
    public Identity {
        requireNonNull(name, "name");
        attributes = Map.copyOf(attributes);
        if (guest != requireNonNull(id, "id").isEmpty()) {
            throw new IllegalArgumentException(guest ? "a guest has no id" : "an account needs an id");
        }
    }

    /**
     * A user who proved who it is.
     *
     * @param id the account's id, the same at each login
     * @param name the name as others are to see it
     * @return the identity, without attributes
     */
    public static Identity account(String id, String name) {
        return new Identity(id, name, false, Map.of());
    }

    /**
     * A user who did not prove who it is.
     *
     * @param name the name as others are to see it
     * @return the identity, without attributes
     */
    public static Identity guest(String name) {
        return new Identity("", name, true, Map.of());
    }

    /**
     * The same identity with other attributes.
     *
     * @param values the attributes
     * @return the identity
     */
    public Identity with(Map<String, String> values) {
        return new Identity(id, name, guest, values);
    }
}
