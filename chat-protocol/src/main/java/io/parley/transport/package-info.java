/**
 * The interface between chat and bytes, for those who write transports.
 *
 * <p>Writing is <em>pulled</em>: a transport asks its {@link io.parley.transport.ConnectionHandler} for bytes when the peer
 * can take them. This package knows no socket and no chat. A transport may be TCP, a Unix-domain socket, a WebSocket or a
 * queue in memory. The rules are numbered on the types, and {@code TransportContract} tests them.
 */
@NullMarked
package io.parley.transport;

import org.jspecify.annotations.NullMarked;
