/**
 * The domain: users, rooms, the log of each room, cursors in it, and the journal that keeps what was said.
 *
 * <p>A room is a log and a member is a cursor in it: a message is ordered once, encoded once and kept once, and
 * every member reads the same bytes at its own pace. This package knows no frame, no socket and no thread of
 * its own; a front door (the native session, another protocol's) brings an {@link io.parley.room.Encoding} and
 * an {@link io.parley.room.Outlet}.
 *
 * <p><b>Locks.</b> Two tiers, hub before room, never back: {@code Hub.lock}, then {@code Room.lock}. Nothing
 * blocks, logs or calls back under one, but for an {@link io.parley.room.Encoding} and the clocks, which must be
 * quick. The journal's and the window budget's locks are leaves.
 */
@NullMarked
package io.parley.room;

import org.jspecify.annotations.NullMarked;
