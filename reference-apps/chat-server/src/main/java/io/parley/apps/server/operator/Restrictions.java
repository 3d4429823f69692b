package io.parley.apps.server.operator;

import io.parley.apps.terminal.Durations;
import io.parley.model.Action;
import io.parley.model.NamePolicy;
import io.parley.model.RestrictionItem;
import io.parley.model.RoomException;
import io.parley.model.RoomException.Reason;
import io.parley.room.Room;
import io.parley.server.ChatServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** Bans and mutes of rooms, as an operator sees and names them. Any thread may call it. */
final class Restrictions {
    private final ChatServer server;

    Restrictions(ChatServer server) {
        this.server = server;
    }

    /** Those of a room that are running: number, name, what, for how long, by whom, and why. */
    List<String> list(String room) {
        return room(room).restrictions().stream().map(Restrictions::describe).toList();
    }

    private static String describe(RestrictionItem item) {
        String lasting = item.remainingMillis() == 0
                ? ", until it is lifted"
                : " for " + Durations.remaining(Duration.ofMillis(item.remainingMillis()));
        String why = item.text().isEmpty() ? "" : ": " + item.text();
        return item.number() + ", " + item.user().name() + ", " + done(item.action()) + lasting + ", by "
                + item.by().name() + why;
    }

    private static String done(Action action) {
        return switch (action) {
            case BAN -> "banned";
            case MUTE -> "muted";
            default -> "restricted";
        };
    }

    /**
     * Lifts a restriction, given by its number or by a name: that under which it was imposed, or the present one.
     *
     * @param action UNBAN or UNMUTE
     * @return whom it bound
     */
    String lift(Action action, String roomName, String wanted) {
        Room room = room(roomName);
        Action imposed = action == Action.UNBAN ? Action.BAN : Action.MUTE;
        boolean byNumber = Words.isNumber(wanted);
        List<RestrictionItem> found = room.restrictions().stream()
                .filter(item -> item.action() == imposed)
                .filter(item -> byNumber ? item.number() == Long.parseLong(wanted) : isNamed(item, wanted))
                .toList();
        if (found.size() > 1) {
            throw new IllegalArgumentException("several are called " + wanted + "; give one of the numbers "
                    + found.stream().map(item -> String.valueOf(item.number())).collect(Collectors.joining(", ")));
        }
        if (found.size() == 1) {
            OperatorActions.await(room.lift(action, found.get(0).number(), ""));
            return found.get(0).user().name();
        }
        IllegalArgumentException none =
                new IllegalArgumentException(wanted + " is not " + done(imposed) + " in " + room.name());
        if (byNumber) {
            throw none;
        }
        liftOfAnotherName(room, action, wanted, none);
        return wanted;
    }

    private boolean isNamed(RestrictionItem item, String wanted) {
        NamePolicy names = server.hub().names();
        return names.user(item.user().name()).key().equals(names.user(wanted).key());
    }

    /** No restriction was imposed under this name; but whoever has it now may have had another. */
    private static void liftOfAnotherName(Room room, Action action, String name, IllegalArgumentException none) {
        CompletableFuture<Long> lifted = room.moderate(action, name, Duration.ZERO, "");
        try {
            OperatorActions.await(lifted);
        } catch (RoomException refused) {
            boolean unknown = refused.reason() == Reason.BAD_REQUEST || refused.reason() == Reason.NO_SUCH_USER;
            throw unknown ? none : refused;
        }
    }

    private Room room(String name) {
        Room room = server.hub().findRoom(name);
        if (room == null) {
            throw new IllegalArgumentException("there is no room " + name);
        }
        return room;
    }
}
