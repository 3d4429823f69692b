package io.parley.room;

import static java.util.Objects.requireNonNull;

import io.parley.model.RoomException;
import io.parley.model.RoomException.Reason;
import io.parley.model.RoomPlan;
import io.parley.model.Tags;
import io.parley.model.UserKind;
import io.parley.sequencer.Command;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What the program does with rooms by their names, and what it says there in the operator's name. Any thread may call it;
 * nothing blocks. Each future fails with a {@link RoomException}, BAD_NAME among them. It completes on the thread that moves
 * the room: what depends on it must return at once.
 */
public final class ProgramRooms {
    private final HubContext context;
    private final Rooms rooms;

    ProgramRooms(HubContext context, Rooms rooms) {
        this.context = context;
        this.rooms = rooms;
    }

    /**
     * Makes a room. Whoever joins meanwhile waits until it is as planned.
     *
     * @param name the room's name
     * @param plan what it is to be like
     * @return completes with the room, or fails: ROOM_EXISTS if the room is in use or has a history, TOO_LARGE if the topic
     *     is too long, TOO_MANY_ROOMS, UNAVAILABLE
     */
    public CompletableFuture<Room> create(String name, RoomPlan plan) {
        requireNonNull(plan, "plan");
        requireNonNull(name, "name");
        String owner = plan.owner();
        return context.told(
                owner == null
                        ? rooms.in(name, room -> room.founded(plan, null))
                        : Finder.find(context, owner)
                                .thenCompose(found -> rooms.in(name, room -> room.founded(plan, account(found)))));
    }

    private static Command.Target account(Command.Target found) {
        if (found.item().kind() != UserKind.ACCOUNT) {
            throw new RoomException(Reason.NO_SUCH_USER, found.item().name() + " is no account");
        }
        return found;
    }

    /**
     * Closes a room, as {@link Room#close} does.
     *
     * @param name the room's name
     * @param text why, for the members; may be empty
     * @return completes when the room can be opened anew, or fails: UNKNOWN_ROOM if it is not in use
     */
    public CompletableFuture<@Nullable Void> close(String name, String text) {
        requireNonNull(text, "text");
        try {
            String key = Rooms.Wanted.room(context.names().room(requireNonNull(name, "name")))
                    .key();
            OpenRoom room = rooms.find(key);
            if (room == null) {
                throw new RoomException(Reason.UNKNOWN_ROOM, "there is no room " + name);
            }
            return room.close(text);
        } catch (RoomException no) {
            return CompletableFuture.failedFuture(no);
        }
    }

    /**
     * Deletes a room, as {@link Room#delete} does, whether it is in use or not. Nothing happens if there is none.
     *
     * @param name the room's name
     * @param text why, for the members; may be empty
     * @return completes when all is forgotten, or fails: TOO_MANY_ROOMS, UNAVAILABLE
     */
    public CompletableFuture<@Nullable Void> delete(String name, String text) {
        requireNonNull(text, "text");
        return context.told(rooms.in(requireNonNull(name, "name"), room -> room.end(text, true)));
    }

    /**
     * Says something in a room. The room is opened for it if it is not in use, and closed again if nobody is in it.
     *
     * @param name the room's name
     * @param text what to say
     * @return completes with the number of the message
     */
    public CompletableFuture<Long> say(String name, String text) {
        requireNonNull(text, "text");
        return context.told(
                rooms.in(requireNonNull(name, "name"), room -> room.ordered(new Command.Say(text, Tags.NONE))));
    }

    /**
     * Says something to one user, in the direct conversation between the operator and the user, on every connection of the
     * user. The user can answer there as long as the conversation is open: until the user leaves it, or the server.
     *
     * @param user the user's name
     * @param text what to say
     * @return completes with the number of the message, or fails: NO_SUCH_USER if nobody of the name is here
     */
    public CompletableFuture<Long> tell(String user, String text) {
        requireNonNull(text, "text");
        Users users = context.users();
        return context.told(Finder.find(context, requireNonNull(user, "user"))
                .thenCompose(found -> rooms.in(
                        Rooms.Wanted.direct(
                                users.operator(),
                                users.other(users.operator(), found.item().id())),
                        room -> room.ordered(new Command.Say(text, Tags.NONE)))));
    }
}
