package io.parley.policy;

import io.parley.model.RoomRef;
import io.parley.model.UserRef;
import java.net.SocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * Who may come in, join and speak. Called on I/O threads: nothing here may block; {@link #enter} and
 * {@link #login} can answer later.
 * A method that throws denies.
 */
public interface ChatPolicy {

    /**
     * Somebody who wants to log in.
     *
     * @param name the name asked for
     * @param client what the client program calls itself
     * @param address where the connection comes from
     * @param tls what TLS has agreed on, the client's certificate with it; null if the connection is in the clear
     */
    record Applicant(
            String name,
            String client,
            SocketAddress address,
            @Nullable SSLSession tls) {}

    /**
     * An answer.
     *
     * @param allowed whether it may be
     * @param reason why not, for the one who asked
     */
    record Decision(boolean allowed, String reason) {

        /** Yes. */
        public static final Decision ALLOWED = new Decision(true, "");

        /**
         * No.
         *
         * @param reason why not
         * @return the decision
         */
        public static Decision denied(String reason) {
            return new Decision(false, reason);
        }
    }

    /** Everybody may do everything that rooms themselves allow. */
    ChatPolicy OPEN = new ChatPolicy() {};

    /**
     * Whether a guest may come in. Until this is answered nothing more is read from it, and its login timeout runs.
     *
     * @param applicant who asks
     * @return completes with the decision; a failure denies
     */
    default CompletionStage<Decision> enter(Applicant applicant) {
        return CompletableFuture.completedFuture(Decision.ALLOWED);
    }

    /**
     * Whether somebody may come in as the account of that name. Asked in the place of {@link #enter} where a password is
     * given, which the server takes only under TLS or from the same machine. Accounts called the same by the name
     * policy are the same user.
     *
     * @param applicant who asks
     * @param password the password it gives, at most 1 KiB with the name
     * @return completes with the decision; denied unless a program says otherwise
     */
    default CompletionStage<Decision> login(Applicant applicant, String password) {
        return CompletableFuture.completedFuture(Decision.denied("there are no accounts here; come as a guest"));
    }

    /**
     * Whether a user may join, or found, a room.
     *
     * @param user who asks
     * @param room the room's name as asked for
     * @return the decision
     */
    default Decision join(UserRef user, String room) {
        return Decision.ALLOWED;
    }

    /**
     * Whether a user may say something.
     *
     * @param user who speaks
     * @param room where
     * @param body what
     * @return the decision
     */
    default Decision speak(UserRef user, RoomRef room, String body) {
        return Decision.ALLOWED;
    }
}
