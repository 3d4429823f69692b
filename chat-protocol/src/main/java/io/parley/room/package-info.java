/**
 * The hub: who is here, under which name, and which rooms are open; for those who write gateways.
 *
 * <p>A room is a log and a member is a cursor in it. A message is ordered once, encoded once and kept once, and every member
 * reads the same bytes at its own pace. A gateway brings an {@link io.parley.room.Encoding} and a {@link
 * io.parley.room.Subscriber}. This package knows no frame, no socket and no thread of its own. What happens inside a room is the
 * matter of {@code io.parley.sequencer}, which knows nothing of this package.
 *
 * <p>The way of a command: a {@link io.parley.room.Session} asks the policy about it, and {@link io.parley.room.Room} takes it. The
 * room's sequencer gives it its place, the room's rules judge it by the state at that place, the {@linkplain io.parley.journal
 * journal} keeps it, and then it is published. Each stage gives its result to the next. Nothing calls back.
 *
 * <p><b>Locks.</b> Each room has one; the users have one, and the table of the rooms has one. None of them is held while another
 * is taken, except that a room's lock comes before that of the memory budget. Nothing blocks, logs, or calls foreign code
 * under any of them.
 */
@NullMarked
package io.parley.room;

import org.jspecify.annotations.NullMarked;
