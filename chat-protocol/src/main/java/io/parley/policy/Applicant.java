package io.parley.policy;

import static java.util.Objects.requireNonNull;

import io.parley.model.NamePolicy;
import io.parley.model.RoomException;
import java.net.SocketAddress;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who wants to log in. Immutable, for any thread.
 *
 * @param name the name asked for, normalised. One that comes with credentials may be no name for a user, such as an e-mail
 *     address, or empty: then it is as it was given, and its own key. A guest's and that of a registration always is a name
 * @param credentials what it shows to prove who it is; {@link Credentials#NONE} from a guest
 * @param client what the client program calls itself
 * @param gateway the name of the protocol it speaks
 * @param address where the connection comes from; null for a user inside the program
 * @param tls what TLS has agreed on, the client's certificate with it; null if the connection is in the clear
 */
public record Applicant(
        NamePolicy.Name name,
        Credentials credentials,
        String client,
        String gateway,
        @Nullable SocketAddress address,
        @Nullable SSLSession tls) {

    /**
     * Makes an applicant.
     *
     * @param name the name asked for, normalised
     * @param credentials what it shows to prove who it is
     * @param client what the client program calls itself
     * @param gateway the name of the protocol it speaks
     * @param address where the connection comes from; null for a user inside the program
     * @param tls what TLS has agreed on; null if the connection is in the clear
     */
    public Applicant {
        requireNonNull(name, "name");
        requireNonNull(credentials, "credentials");
    }

    /**
     * Normalises the name of an applicant.
     *
     * @param names the server's name policy
     * @param name the name as it was given
     * @param credentials what it shows to prove who it is
     * @param client what the client program calls itself
     * @param gateway the name of the protocol it speaks
     * @param address where the connection comes from; null for a user inside the program
     * @param tls what TLS has agreed on; null if the connection is in the clear
     * @return the applicant
     * @throws RoomException BAD_NAME, if a guest or a new account cannot have the name
     */
    public static Applicant of(
            NamePolicy names,
            String name,
            Credentials credentials,
            String client,
            String gateway,
            @Nullable SocketAddress address,
            @Nullable SSLSession tls) {
        NamePolicy.Name normalised;
        try {
            normalised = names.user(name);
        } catch (RoomException bad) {
            if (credentials instanceof Credentials.None || credentials instanceof Credentials.Registration) {
                throw bad;
            }
            normalised = new NamePolicy.Name(name, name);
        }
        return new Applicant(normalised, credentials, client, gateway, address, tls);
    }

    /**
     * The password of an account that exists.
     *
     * @return the password; null if the credentials are of another kind
     */
    public @Nullable String password() {
        return credentials instanceof Credentials.Password given ? given.password() : null;
    }

    /**
     * Whether it comes without credentials.
     *
     * @return true for one who wants to be a guest
     */
    public boolean isGuest() {
        return credentials instanceof Credentials.None;
    }

    /** Without the secrets of the credentials. */
    @Override
    public String toString() {
        return (isGuest() ? "guest " : "account ") + name.display() + " from " + address + " by " + gateway;
    }
}
