package io.parley.server;

import static java.util.Objects.requireNonNull;

import io.parley.model.Action;
import io.parley.model.Checks;
import io.parley.model.RoomException;
import io.parley.model.RoomPlan;
import io.parley.room.Hub;
import io.parley.room.Room;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the program says and does in rooms. The policy is not asked. Any thread. */
abstract class OperatorCommands {
    private final Hub hub;

    OperatorCommands(Hub hub) {
        this.hub = hub;
    }

    /**
     * Users and rooms.
     *
     * @return the hub of this server
     */
    public Hub hub() {
        return hub;
    }

    /**
     * Says something to everybody, in the operator's name.
     *
     * @param text what to say
     * @return completes when it is on its way to everybody, or fails with a {@link RoomException}
     */
    public CompletableFuture<Long> announce(String text) {
        return hub.announcements().say(requireNonNull(text, "text"));
    }

    /**
     * Says something in one room, in the operator's name. The room is opened for it if it is not in use, and closed again if
     * nobody is in it.
     *
     * @param room the room's name
     * @param text what to say
     * @return completes with the number of the message, or fails with a {@link RoomException}
     */
    public CompletableFuture<Long> say(String room, String text) {
        return hub.program().say(requireNonNull(room, "room"), text);
    }

    /**
     * Says something to one user, in the operator's name, in the direct conversation between the two: on every connection of
     * the user, and kept where the journal keeps. The user can answer there as long as the conversation is open, and the
     * program's listeners are told of the answer.
     *
     * @param name the user's name
     * @param text what to say
     * @return completes with the number of the message, or fails with a {@link RoomException}: NO_SUCH_USER if nobody of
     *     the name is here
     */
    public CompletableFuture<Long> tell(String name, String text) {
        return hub.program().tell(requireNonNull(name, "name"), text);
    }

    /**
     * Ends the sessions of an account, with and without connections: its password was reset, or it was deleted.
     *
     * @param account the account's id, as the policy gives it
     * @param text why, for the user
     * @return whether there was a session
     */
    public boolean endAccount(String account, String text) {
        return hub.endAccount(requireNonNull(account, "account"), text);
    }

    /**
     * Ends an account that is no more: its sessions, and its memberships with the roles in those rooms. What it has said stays, and
     * so does the other's part of a conversation. To be called when the policy does not know the account any more.
     *
     * @param account the account's id, as the policy gave it
     * @param text why, for the user and the rooms it was in
     * @return completes when that has happened; fails with a {@link RoomException}, UNAVAILABLE, if not all memberships could be
     *     ended: then its sessions have ended, and this is to be called again
     */
    public CompletableFuture<@Nullable Void> deleteAccount(String account, String text) {
        return hub.deleteAccount(requireNonNull(account, "account"), requireNonNull(text, "text"));
    }

    /**
     * Makes a room.
     *
     * @param name the room's name
     * @param plan what it is to be like
     * @return completes with the room, or fails with a {@link RoomException}: ROOM_EXISTS if the room is in use or has a
     *     history
     */
    public CompletableFuture<Room> createRoom(String name, RoomPlan plan) {
        return hub.program().create(name, plan);
    }

    /**
     * Closes a room: everybody is out. What the journal keeps of it stays.
     *
     * @param name the room's name
     * @param text why, for the members; may be empty
     * @return completes when it is closed, or fails with a {@link RoomException}: UNKNOWN_ROOM if it is not in use
     */
    public CompletableFuture<@Nullable Void> closeRoom(String name, String text) {
        return hub.program().close(name, text);
    }

    /**
     * Closes a room, and forgets its history, settings, roles and restrictions, whether it is in use or not.
     *
     * @param name the room's name
     * @param text why, for the members; may be empty
     * @return completes when all is forgotten, or fails with a {@link RoomException}
     */
    public CompletableFuture<@Nullable Void> deleteRoom(String name, String text) {
        return hub.program().delete(name, text);
    }

    /**
     * Acts on a user in one room, in the operator's name.
     *
     * @param room the room's name
     * @param action what to do
     * @param target the user's name; it need not be here, except for roles and KICK
     * @param duration for how long, for BAN and MUTE; zero means for good
     * @param text why; may be empty
     * @return completes with the number of the entry, or fails with a {@link RoomException}: UNKNOWN_ROOM if the room is
     *     not in use
     */
    public CompletableFuture<Long> moderate(String room, Action action, String target, Duration duration, String text) {
        Checks.millis("duration", duration);
        return in(room, found -> found.moderate(action, target, duration, text));
    }

    /**
     * Changes the topic of a room, in the operator's name.
     *
     * @param room the room's name
     * @param topic the topic; empty to remove it
     * @return completes with the number of the entry, or fails with a {@link RoomException}: UNKNOWN_ROOM if the room is
     *     not in use
     */
    public CompletableFuture<Long> setTopic(String room, String topic) {
        return in(room, found -> found.setTopic(topic));
    }

    /** Does something in a room in use. */
    private CompletableFuture<Long> in(String room, Function<Room, CompletableFuture<Long>> command) {
        try {
            Room found = hub.findRoom(room);
            if (found == null) {
                throw new RoomException(RoomException.Reason.UNKNOWN_ROOM, "there is no room " + room);
            }
            return command.apply(found);
        } catch (RoomException no) {
            return CompletableFuture.failedFuture(no);
        }
    }
}
