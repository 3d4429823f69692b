package io.parley.policy;

import io.parley.model.NamePolicy;
import io.parley.model.RoomException;
import java.net.SocketAddress;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who wants to log in. Immutable, for any thread.
 *
 * @param name the name asked for, normalised. One that comes with a password may be no name for a user, such as an e-mail
 *     address: then it is as it was given, and its own key
 * @param password the password given; null from a guest. The server takes one only under TLS or from the same machine
 * @param client what the client program calls itself
 * @param gateway the name of the protocol it speaks
 * @param address where the connection comes from; null for a user inside the program
 * @param tls what TLS has agreed on, the client's certificate with it; null if the connection is in the clear
 */
public record Applicant(
        NamePolicy.Name name,
        @Nullable String password,
        String client,
        String gateway,
        @Nullable SocketAddress address,
        @Nullable SSLSession tls) {

    /**
     * Normalises the name of an applicant.
     *
     * @param names the server's name policy
     * @param name the name as it was given
     * @param password the password given, or null
     * @param client what the client program calls itself
     * @param gateway the name of the protocol it speaks
     * @param address where the connection comes from; null for a user inside the program
     * @param tls what TLS has agreed on; null if the connection is in the clear
     * @return the applicant
     * @throws RoomException BAD_NAME, if a guest cannot have the name
     */
    public static Applicant of(
            NamePolicy names,
            String name,
            @Nullable String password,
            String client,
            String gateway,
            @Nullable SocketAddress address,
            @Nullable SSLSession tls) {
        NamePolicy.Name normalised;
        try {
            normalised = names.user(name);
        } catch (RoomException bad) {
            if (password == null) {
                throw bad;
            }
            normalised = new NamePolicy.Name(name, name);
        }
        return new Applicant(normalised, password, client, gateway, address, tls);
    }

    /**
     * Whether it comes without a password.
     *
     * @return true for one who wants to be a guest
     */
    public boolean isGuest() {
        return password == null;
    }

    /** Without the password, so that it is in no log. */
    @Override
    public String toString() {
        return (isGuest() ? "guest " : "account ") + name.display() + " from " + address + " by " + gateway;
    }
}
