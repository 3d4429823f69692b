/**
 * A network in memory, for people who test programs that use Parley.
 *
 * <p>Start at {@link io.parley.transport.memory.MemoryNetwork}. It is also the shortest complete transport: read it
 * before you write another. The package knows the transport interfaces only: no sockets, no threads and no chat.
 */
@NullMarked
package io.parley.transport.memory;

import org.jspecify.annotations.NullMarked;
