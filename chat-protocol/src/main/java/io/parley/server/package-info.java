/**
 * The chat server: connections in, rooms out. {@link io.parley.server.ChatServer} is where to begin.
 *
 * <p>A connection is a {@code ServerSession}: bytes become frames, frames become requests to the domain ({@code
 * Login}, then {@code Requests}), and what the connection's cursors read becomes bytes again ({@code SessionWriter}).
 */
@NullMarked
package io.parley.server;

import org.jspecify.annotations.NullMarked;
