/**
 * A transport of selector loops: {@link io.parley.transport.nio.NioTransport} is the only door.
 *
 * <p>A few threads serve all connections, over TCP and over Unix-domain sockets. It moves bytes and knows
 * nothing of what they mean.
 */
@NullMarked
package io.parley.transport.nio;

import org.jspecify.annotations.NullMarked;
