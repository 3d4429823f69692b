/**
 * A transport of event loops. {@link io.parley.transport.nio.NioTransport} is the entry point.
 *
 * <p>A few threads serve all connections, over TCP and over Unix-domain sockets, plain or under TLS. The package moves
 * bytes and knows nothing of their meaning.
 */
@NullMarked
package io.parley.transport.nio;

import org.jspecify.annotations.NullMarked;
