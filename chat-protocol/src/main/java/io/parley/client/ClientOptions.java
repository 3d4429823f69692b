package io.parley.client;

import io.parley.codec.Bytes;
import io.parley.model.ErrorCode;
import io.parley.transport.Scheduler;
import io.parley.transport.Transport;
import io.parley.wire.Hello;
import io.parley.wire.Wire;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What a client is built with. Immutable, for any thread.
 *
 * @param name the name to go by
 * @param login how it logs in for the first time
 * @param program what the program calls itself
 * @param connectTimeout how long each attempt may take
 * @param reconnects whether a lost connection is made again
 * @param longestRetry the longest time between two attempts, without jitter
 */
record ClientOptions(
        String name,
        Login login,
        String program,
        ClientListener listener,
        Scheduler scheduler,
        Executor executor,
        Duration connectTimeout,
        boolean reconnects,
        Duration longestRetry,
        Transport transport) {

    /**
     * The first frame of a connection.
     *
     * @param as how the client logs in
     * @param exchange what speaks the mechanism, if it has several steps
     * @param guest the name of a guest
     * @param token of the session to go on with, or empty
     */
    Hello hello(Login as, @Nullable LoginExchange exchange, String guest, Bytes token) {
        long capabilities = reconnects ? Wire.CAN_RESUME : 0;
        Bytes initial = exchange == null ? as.initial(guest) : exchange.initial();
        return new Hello(Wire.VERSION, Wire.VERSION, capabilities, program, as.mechanism(), initial, token);
    }

    /** Whether what the client knows may be sent to an address: a password is not sent in the clear over a network. */
    boolean maySend(SocketAddress address) {
        return !login.isSecret() || transport.isEncrypted() || Transport.isLocal(address);
    }

    static ChatException inTheClear() {
        return new ChatException(
                ErrorCode.AUTH_FAILED, "a password is not sent in the clear: use a transport with TLS");
    }

    @Override
    public String toString() {
        return "ClientOptions of " + name; // never the password
    }
}
