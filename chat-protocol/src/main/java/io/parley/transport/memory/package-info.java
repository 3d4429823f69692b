/**
 * A network in memory, for tests that turn every byte by hand: {@link
 * io.parley.transport.memory.MemoryNetwork} is the only door.
 *
 * <p>It is also the shortest whole transport, to be read before writing another. It knows the seam and
 * nothing else: no socket, no thread and no chat.
 */
@NullMarked
package io.parley.transport.memory;

import org.jspecify.annotations.NullMarked;
