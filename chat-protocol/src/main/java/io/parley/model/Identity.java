package io.parley.model;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who a user is, as the policy of a server answers it at a login. Immutable, for any thread.
 *
 * @param id who it is, whatever the name; opaque to Parley, and never shown to others. The connections of one account have the
 *     same id. A guest's is empty: each of its connections is a user of its own
 * @param name the name as others are to see it; it must follow the server's name policy
 * @param guest whether the user did not prove who it is
 * @param attributes what the policy wants to know of the user when it is asked again, such as groups; others never see them
 * @param address what stands for the user's address in restrictions of guests; empty if nothing does; null for the address that
 *     the connection comes from
 */
public record Identity(
        String id,
        String name,
        boolean guest,
        Map<String, String> attributes,
        @Nullable String address) {
    /** The attribute of a named operator, with the value "true": an account that may do in every room what its owners may. */
    public static final String OPERATOR = "operator";

    /**
     * Makes an identity.
     *
     * @param id who it is, whatever the name; opaque to Parley, and never shown to others. The connections of one account have the same id. A guest's is empty: each of its connections is a user of its own
     * @param name the name as others are to see it; it must follow the server's name policy
     * @param guest whether the user did not prove who it is
     * @param attributes what the policy wants to know of the user when it is asked again, such as groups; others never see them
     * @param address what stands for the user's address in restrictions of guests; empty if nothing does; null for the address that the connection comes from
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
        return new Identity(id, name, false, Map.of(), null);
    }

    /**
     * A user who did not prove who it is.
     *
     * @param name the name as others are to see it
     * @return the identity, without attributes
     */
    public static Identity guest(String name) {
        return new Identity("", name, true, Map.of(), null);
    }

    /**
     * The same identity with other attributes.
     *
     * @param values the attributes
     * @return the identity
     */
    public Identity with(Map<String, String> values) {
        return new Identity(id, name, guest, values, address);
    }

    /**
     * The same identity from another place, where the connection's address says nothing or the wrong thing: behind a proxy.
     *
     * @param value what stands for the user's address; empty if nothing does
     * @return the identity
     */
    public Identity from(String value) {
        return new Identity(id, name, guest, attributes, requireNonNull(value, "value"));
    }
}
