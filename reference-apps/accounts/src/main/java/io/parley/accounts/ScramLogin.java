package io.parley.accounts;

import static java.util.Objects.requireNonNull;

import com.ongres.scram.common.StringPreparation;
import io.parley.accounts.ScramExchange.Binding;
import io.parley.client.ChatClient;
import io.parley.client.ChatException;
import io.parley.client.LoginExchange;
import io.parley.model.ErrorCode;
import io.parley.transport.Transport;
import java.net.SocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Logs a client in by SCRAM: it proves that it knows the password and does not send it, and the server proves that it knows the
 * account. Any thread may call it.
 *
 * <p>Under TLS it uses {@code scram-sha-256-plus}, which is bound to the certificate of the server ({@code tls-server-end-point}, RFC
 * 5929): somebody in between with another certificate does not get in. If the server refuses that mechanism before it asks for a proof, the
 * client connects once more and uses {@code scram-sha-256} with the flag {@code y}, which says that it could have bound the login. A server
 * that has the binding refuses the flag, and the proof covers it. So nobody in between can hide the better mechanism. Without TLS
 * it uses {@code scram-sha-256}. It never falls back to a mechanism that sends the password.
 *
 * <p>The computation takes some hundred milliseconds for each login; see {@link io.parley.client.LoginExchange} for its thread. A server
 * that asks for fewer than 4,096 iterations (RFC 7677) or more than 4,000,000 is refused.
 */
public final class ScramLogin {
    private final String name;
    private volatile String password;

    private ScramLogin(String name, String password) {
        this.name = name;
        this.password = password;
    }

    /**
     * A login to an account.
     *
     * @param name the name of the account
     * @param password its password
     * @return the login
     * @throws IllegalArgumentException if the name or the password is empty, or SASLprep (RFC 4013) does not allow it, for instance
     *     a name with letters from right to left that ends with a digit; the text contains neither
     */
    public static ScramLogin of(String name, String password) {
        requireNonNull(password, "password");
        if (!isProvable(password)) {
            throw new IllegalArgumentException(ScramSteps.NOT_PROVABLE);
        }
        if (!isSent(name, password)) {
            throw new IllegalArgumentException(ScramSteps.NAME_NOT_SENT);
        }
        return new ScramLogin(name, password);
    }

    private static boolean isProvable(String password) {
        try {
            return !password.isEmpty()
                    && StringPreparation.SASL_PREPARATION.normalize(password.toCharArray()).length > 0;
        } catch (IllegalArgumentException
                | IndexOutOfBoundsException notAllowed) { // the second if nothing is left of it
            return false;
        }
    }

    private static boolean isSent(String name, String password) {
        try {
            return !name.isEmpty()
                    && new ScramSteps(name, password, Binding.NOT_KNOWN, () -> {})
                                    .initial()
                                    .length()
                            > 0;
        } catch (IllegalArgumentException | IndexOutOfBoundsException notAllowed) {
            return false;
        }
    }

    /**
     * Connects and logs in. A client that connects again uses the mechanism that the server took at first.
     *
     * @param builders makes the builder of each attempt, of which there are two at most; the login is set here. A listener is told of
     *     the end of its own attempt, so each builder has one of its own. It is called by the caller's thread, or where callbacks run
     * @param transport how to connect
     * @param address as of {@link ChatClient.Builder#connect(Transport, SocketAddress)}
     * @return completes with the connected client, where callbacks run; if it is cancelled, a client that connects later is closed.
     *     Fails with {@link ChatException}: AUTH_FAILED if the password is wrong, if the server does not know it, or if the
     *     server does not take SCRAM, which the text says
     */
    public CompletableFuture<ChatClient> connectAsync(
            Supplier<ChatClient.Builder> builders, Transport transport, SocketAddress address) {
        requireNonNull(builders, "builders");
        requireNonNull(address, "address");
        CompletableFuture<ChatClient> coming = new CompletableFuture<>();
        boolean encrypted = transport.isEncrypted();
        Attempt first = new Attempt(encrypted ? Binding.CERTIFICATE : Binding.NOT_KNOWN);
        first.connect(builders, transport, address).whenComplete((client, why) -> {
            if (encrypted && first.isMechanismRefused(why) && !coming.isDone()) {
                Attempt second = new Attempt(Binding.BELIEVED_MISSING);
                second.connect(builders, transport, address)
                        .whenComplete((other, whyNot) -> second.end(coming, other, whyNot));
            } else {
                first.end(coming, client, why);
            }
        });
        return coming;
    }

    /**
     * Uses another password from the next connection on. To be called when {@link ChatClient#changePassword} has completed.
     *
     * @param next the new password; if SASLprep does not allow it, the next login fails
     */
    public void changePassword(String next) {
        password = requireNonNull(next, "next");
    }

    /** Never the password. */
    @Override
    public String toString() {
        return "login of " + name + " by SCRAM";
    }

    /** What becomes of one mechanism. */
    private final class Attempt {
        private final Binding binding;
        private volatile boolean begun; // whether the first message was made, to be sent
        private volatile boolean asked; // whether a server has asked for a proof

        Attempt(Binding binding) {
            this.binding = binding;
        }

        CompletableFuture<ChatClient> connect(
                Supplier<ChatClient.Builder> builders, Transport transport, SocketAddress address) {
            String mechanism = binding == Binding.CERTIFICATE ? Scram.MECHANISM_PLUS : Scram.MECHANISM;
            try {
                return builders.get().exchange(mechanism, this::begin).connectAsync(transport, address);
            } catch (RuntimeException unknown) { // the address, or what the program does
                return CompletableFuture.failedFuture(unknown);
            }
        }

        private LoginExchange begin() {
            begun = true;
            return new ScramSteps(name, password, binding, () -> asked = true);
        }

        /** Whether the server has refused before it asked for a proof, so that nothing is known of the password. */
        boolean isMechanismRefused(@Nullable Throwable why) {
            return begun
                    && !asked
                    && why instanceof ChatException no
                    && (no.code() == ErrorCode.AUTH_FAILED || no.code() == ErrorCode.UNSUPPORTED_MECHANISM);
        }

        void end(CompletableFuture<ChatClient> coming, @Nullable ChatClient client, @Nullable Throwable why) {
            if (why != null) {
                coming.completeExceptionally(told(why));
            } else if (client != null && !coming.complete(client)) {
                client.closeAsync();
            }
        }

        private Throwable told(Throwable why) {
            if (isMechanismRefused(why) && why instanceof ChatException no) {
                ChatException told = new ChatException(
                        no.code(), "the server does not take this login with SCRAM: " + no.getMessage(), 0);
                told.initCause(no);
                return told;
            }
            return why;
        }
    }
}
