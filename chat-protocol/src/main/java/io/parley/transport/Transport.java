package io.parley.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

/**
 * A way to move bytes: accepts connections and makes them. Any thread may call it.
 *
 * <p>A transport is built with its options and opens nothing by being built. Its threads start with its
 * first listener or connection and end with its last, so it has no {@code close()} of its own. It keeps
 * no timers: whoever wants a deadline calls {@link Connection#abort()} at its end.
 *
 * <p>What every transport promises, numbered for reference by its tests:
 *
 * <ol>
 *   <li>{@code onBytes} runs on one thread at a time and in order; its buffer is valid during the call
 *       only and must be consumed whole.
 *   <li>{@code onWritable} runs on one thread at a time; it may overlap with {@code onBytes}. A handler
 *       that answers {@link Progress#MORE} is called again: at once if the sink was not full, else when
 *       the peer takes bytes. One turn is at most 256 KiB, for fairness between connections.
 *   <li>After {@link Connection#wantWrite()} there is always one more {@code onWritable}, however the two
 *       race, unless the connection closes first.
 *   <li>No callback ever runs inside a call into the connection, the listener or the transport. {@code
 *       onClosed} comes exactly once, after the last {@code onBytes} and {@code onWritable} have
 *       returned; later calls into the connection are no-ops.
 *   <li>{@link Connection#abort()} is always possible and frees a writer stuck on a peer that does not
 *       read.
 *   <li>A handler that throws costs its own connection and no other. Running out of descriptors or threads
 *       pauses accepting without spinning, and a handler that an acceptor gave hears {@code onClosed} alone if
 *       its connection could not be begun. A clean end and a truncated one are told apart. A callback may
 *       leave its thread interrupted: a transport's own threads are not ended that way.
 * </ol>
 */
public interface Transport {

    /**
     * Begins to accept connections at an address; returns once it is bound.
     *
     * @param address where to listen; port 0 lets the system choose, {@link Listening#address()} tells
     * @param acceptor asked for a handler for each connection that comes
     * @return the open listener
     * @throws IOException if the address cannot be bound (taken, not allowed, not on this machine)
     * @throws IllegalArgumentException if the transport does not know this kind of address
     */
    Listening listen(SocketAddress address, Acceptor acceptor) throws IOException;

    /**
     * Begins to connect and returns at once. The handler hears {@code onOpen} when the connection is
     * made, or {@code onClosed} alone when it cannot be.
     *
     * @param address the peer's address
     * @param handler told of everything that happens on the connection
     * @return the connection, not open yet; {@link Connection#abort()} gives the attempt up
     * @throws IllegalArgumentException if the transport does not know this kind of address
     */
    Connection connect(SocketAddress address, ConnectionHandler handler);

    /**
     * Whether its connections speak TLS.
     *
     * @return true if nobody on the way can read what is sent
     */
    default boolean isEncrypted() {
        return false;
    }

    /**
     * Whether what is sent to an address never leaves this machine.
     *
     * @param address a peer's address
     * @return false for an Internet address that is not a loopback one; true for everything else
     */
    static boolean isLocal(SocketAddress address) {
        return !(address instanceof InetSocketAddress inet)
                || (inet.getAddress() != null && inet.getAddress().isLoopbackAddress());
    }
}
