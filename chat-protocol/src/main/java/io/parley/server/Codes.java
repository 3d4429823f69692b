package io.parley.server;

import io.parley.room.Action;
import io.parley.room.Entry;
import io.parley.room.PresenceMode;
import io.parley.room.Role;
import io.parley.room.RoomException;
import io.parley.room.RoomKind;
import io.parley.room.RoomSettings;
import io.parley.room.Snapshot;
import io.parley.wire.Bytes;
import io.parley.wire.ErrorCode;
import io.parley.wire.MemberItem;
import io.parley.wire.RoomSnapshot;
import io.parley.wire.Tags;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The domain's terms as the wire writes them, and back. */
final class Codes {
    private static final Action[] ACTIONS = Action.values();

    private Codes() {}

    static int of(RoomException.Reason reason) {
        return switch (reason) {
            case BAD_REQUEST -> ErrorCode.BAD_REQUEST;
            case UNKNOWN_ROOM -> ErrorCode.UNKNOWN_ROOM;
            case NOT_A_MEMBER -> ErrorCode.NOT_A_MEMBER;
            case FORBIDDEN -> ErrorCode.FORBIDDEN;
            case NAME_TAKEN -> ErrorCode.NAME_TAKEN;
            case BAD_NAME -> ErrorCode.BAD_NAME;
            case TOO_LARGE -> ErrorCode.TOO_LARGE;
            case NO_SUCH_USER -> ErrorCode.NO_SUCH_USER;
            case MUTED -> ErrorCode.MUTED;
            case ROOM_FULL -> ErrorCode.ROOM_FULL;
            case INVITE_ONLY -> ErrorCode.INVITE_ONLY;
            case BANNED -> ErrorCode.BANNED_FROM_ROOM;
            case KICKED -> ErrorCode.KICKED;
            case TOO_MANY_ROOMS -> ErrorCode.TOO_MANY_ROOMS;
            case ROOM_GONE -> ErrorCode.ROOM_GONE;
            case UNAVAILABLE -> ErrorCode.UNAVAILABLE;
        };
    }

    static int of(Action action) {
        return switch (action) {
            case KICK -> io.parley.wire.Action.KICK;
            case BAN -> io.parley.wire.Action.BAN;
            case UNBAN -> io.parley.wire.Action.UNBAN;
            case MUTE -> io.parley.wire.Action.MUTE;
            case UNMUTE -> io.parley.wire.Action.UNMUTE;
            case INVITE -> io.parley.wire.Action.INVITE;
            case UNINVITE -> io.parley.wire.Action.UNINVITE;
            case MAKE_MEMBER -> io.parley.wire.Action.MAKE_MEMBER;
            case MAKE_MODERATOR -> io.parley.wire.Action.MAKE_MODERATOR;
            case MAKE_OWNER -> io.parley.wire.Action.MAKE_OWNER;
        };
    }

    static Action action(int code) {
        for (Action action : ACTIONS) {
            if (of(action) == code) {
                return action;
            }
        }
        throw new RoomException(RoomException.Reason.BAD_REQUEST, "there is no action " + code);
    }

    static io.parley.wire.Role of(Role role) {
        return switch (role) {
            case MEMBER -> io.parley.wire.Role.MEMBER;
            case MODERATOR -> io.parley.wire.Role.MODERATOR;
            case OWNER -> io.parley.wire.Role.OWNER;
        };
    }

    static io.parley.wire.RoomSettings of(RoomSettings settings) {
        io.parley.wire.PresenceMode presence = switch (settings.presence()) {
            case FULL -> io.parley.wire.PresenceMode.FULL;
            case COUNT -> io.parley.wire.PresenceMode.COUNT;
            case OFF -> io.parley.wire.PresenceMode.OFF;
        };
        return new io.parley.wire.RoomSettings(settings.inviteOnly(), settings.memberLimit(), presence);
    }

    static RoomSettings settings(io.parley.wire.RoomSettings settings) {
        PresenceMode presence = switch (settings.presence()) {
            case FULL -> PresenceMode.FULL;
            case COUNT -> PresenceMode.COUNT;
            case OFF -> PresenceMode.OFF;
        };
        return new RoomSettings(settings.inviteOnly(), settings.memberLimit(), presence);
    }

    static List<MemberItem> of(List<Entry.Listed> members) {
        return members.stream()
                .map(member -> new MemberItem(member.name(), member.origin(), of(member.role())))
                .toList();
    }

    static RoomSnapshot of(Snapshot snapshot) {
        boolean direct = snapshot.room().kind() == RoomKind.DIRECT;
        return new RoomSnapshot(
                snapshot.room().number(),
                direct ? io.parley.wire.RoomKind.DIRECT : io.parley.wire.RoomKind.ROOM,
                snapshot.name(),
                snapshot.epoch(),
                snapshot.head(),
                snapshot.floor(),
                snapshot.state().topic(),
                of(snapshot.role()),
                of(snapshot.state().settings()),
                snapshot.memberCount(),
                of(snapshot.members()));
    }

    static Tags of(Map<String, byte[]> tags) {
        if (tags.isEmpty()) {
            return Tags.NONE;
        }
        Tags all = Tags.NONE;
        for (Map.Entry<String, byte[]> tag : tags.entrySet()) {
            all = all.with(tag.getKey(), Bytes.of(tag.getValue()));
        }
        return all;
    }

    static Map<String, byte[]> tags(Tags tags) {
        if (tags.isEmpty()) {
            return Map.of();
        }
        Map<String, byte[]> all = new LinkedHashMap<>();
        for (String name : tags.names()) {
            Bytes value = tags.get(name);
            all.put(name, value == null ? new byte[0] : value.toArray());
        }
        return all;
    }
}
