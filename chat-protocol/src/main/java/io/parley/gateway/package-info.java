/**
 * The gateway kit: what every protocol needs to bring connections to the same rooms; for those who write gateways.
 *
 * <p>The kit accepts connections, limits them, logs users in, meters what they send, tells dead connections from live ones,
 * writes answers and rooms in turns, and closes connections in order. A {@link io.parley.gateway.Gateway} supplies what its
 * protocol is: a {@link io.parley.gateway.Protocol} for each connection, which turns bytes into calls on a {@link
 * io.parley.gateway.Peer} and events into bytes, and an {@link io.parley.room.Encoding} of entries.
 *
 * <p>The way of bytes: transport, {@code Inbound}, {@code Protocol.next}, {@code Peer}, room; and back: room log, {@code
 * Membership}, {@code Outbox}, transport. This package knows no frame and no socket.
 *
 * <p><b>Locks</b>, all leaves: the monitors of {@code Memberships} and {@code ReadGate}, and the lock of {@code
 * Attachments}. Nothing blocks, logs, or calls foreign code under one.
 */
@NullMarked
package io.parley.gateway;

import org.jspecify.annotations.NullMarked;
