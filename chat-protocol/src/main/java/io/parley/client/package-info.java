/**
 * The chat client, for programs that connect to a Parley server. Start at {@link io.parley.client.ChatClient}.
 *
 * <p>Callbacks and the completion of futures come in order, on the scheduler's executor or on one of the program's own, never
 * on an I/O thread. Every future completes on every path.
 *
 * <p>Inside: bytes become frames in {@code ClientConnection}, {@code ServerFrames} says what each means. {@code ClientSession}
 * goes on over one connection after the other; {@code Reconnect} says when and where. {@code PendingCommands}, {@code
 * PendingRequests} and {@code ClientRooms} have what has to be brought over. {@code RoomView} is a room as this client sees
 * it, and {@code EntryOrder} puts its entries in order and fills gaps.
 */
@NullMarked
package io.parley.client;

import org.jspecify.annotations.NullMarked;
