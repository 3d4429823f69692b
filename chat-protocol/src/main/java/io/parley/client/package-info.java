/**
 * The chat client: {@link io.parley.client.ChatClient} is where to begin.
 *
 * <p>Callbacks and the completion of futures come in order, on the scheduler's executor or one of the user's own, never
 * on an I/O thread. Every future completes on every path.
 */
@NullMarked
package io.parley.client;

import org.jspecify.annotations.NullMarked;
