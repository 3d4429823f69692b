/**
 * A transport with a reader and a writer thread for each connection: {@link
 * io.parley.transport.blocking.BlockingTransport} is the only door.
 *
 * <p>The threads are virtual where the JVM has them. It moves bytes, over TCP and over Unix-domain
 * sockets, and knows nothing of what they mean.
 */
@NullMarked
package io.parley.transport.blocking;

import org.jspecify.annotations.NullMarked;
