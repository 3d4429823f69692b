/**
 * A transport with a reader and a writer thread for each connection. {@link
 * io.parley.transport.blocking.BlockingTransport} is the entry point.
 *
 * <p>The threads are virtual where the JVM has virtual threads. The package moves bytes, over TCP and over Unix-domain
 * sockets, plain or under TLS, and knows nothing of their meaning.
 */
@NullMarked
package io.parley.transport.blocking;

import org.jspecify.annotations.NullMarked;
