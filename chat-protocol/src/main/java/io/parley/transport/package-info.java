/**
 * The seam between chat and bytes: what a transport gives and what it is given.
 *
 * <p>Writing is <em>pulled</em>: a transport asks its {@link io.parley.transport.ConnectionHandler} for
 * bytes when the peer can take them. This package knows no socket and no chat: a transport may be TCP, a
 * Unix-domain socket, a WebSocket or a queue in memory.
 */
@NullMarked
package io.parley.transport;

import org.jspecify.annotations.NullMarked;
