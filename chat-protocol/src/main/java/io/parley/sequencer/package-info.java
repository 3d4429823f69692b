/**
 * One room from the inside: the order of what happens in it, its members, its rules, and the logs that its members read; for the
 * hub alone.
 *
 * <p>The way of a command: the {@link io.parley.sequencer.Sequencer} gives it its place, the {@link io.parley.sequencer.Rules}
 * judge it by the state at that place, the {@link io.parley.sequencer.Outside} has the journal keep it, and then the {@link
 * io.parley.sequencer.RoomCore} publishes it: encoded into the room's logs, and committed under the room's lock together with the
 * head, the state and the members. Each stage gives its result to the next.
 *
 * <p>This package knows one room. It knows no hub, no login, no other room, and no policy. The hub's users, connections and
 * subscriptions are here what {@link io.parley.sequencer.RoomUser}, {@link io.parley.sequencer.RoomParticipant} and {@link
 * io.parley.sequencer.RoomCursor} say; a room gives back the objects that it was given. What a room cannot do itself it asks of its
 * {@link io.parley.sequencer.Outside}.
 *
 * <p><b>Locks.</b> Each room has one, which comes from its outside. It comes before that of the memory budget. Nothing blocks,
 * logs, or calls foreign code under it.
 */
@NullMarked
package io.parley.sequencer;

import org.jspecify.annotations.NullMarked;
