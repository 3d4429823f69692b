package io.parley.apps.benchmarks.logins;

import io.parley.apps.benchmarks.chaos.RawPeer;
import io.parley.apps.benchmarks.swarm.Company;
import io.parley.wire.Refused;
import io.parley.wire.ServerFrame;
import io.parley.wire.Welcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * One login over a connection of its own, which ends with the answer. Immutable, for any thread.
 *
 * @param answer WELCOME or REFUSED; null if there was none
 * @param nanos how long it took, from before the connection was made
 */
record Visit(@Nullable ServerFrame answer, long nanos) {

    /** Logs in with a password and waits for the answer. */
    static Visit of(InetSocketAddress server, String from, String name, String password) {
        long began = System.nanoTime();
        ServerFrame answer = null;
        try (RawPeer peer = new RawPeer(server, null)) {
            peer.resetAtClose(); // else the ports of those that were closed run out
            peer.send(Company.account(ByClientName.client(from), name, password));
            do {
                answer = peer.next();
            } while (answer != null && !(answer instanceof Welcome) && !(answer instanceof Refused));
        } catch (IOException | UncheckedIOException none) {
            answer = null;
        }
        return new Visit(answer, System.nanoTime() - began);
    }

    boolean isIn() {
        return answer instanceof Welcome;
    }
}
