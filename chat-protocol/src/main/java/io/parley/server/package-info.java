/**
 * The chat server, for programs that embed one. Start at {@link io.parley.server.ChatServer}.
 *
 * <p>Inside: {@code ServerLife} starts and ends it. The native protocol is a {@linkplain io.parley.gateway gateway} like any
 * other: {@code NativeProtocol} turns bytes into frames and events into frames, {@code NativeRequests} says what each frame of
 * a client asks for, and {@code NativeEncoding} writes entries.
 */
@NullMarked
package io.parley.server;

import org.jspecify.annotations.NullMarked;
