package io.parley.apps.benchmarks;

import io.parley.apps.benchmarks.swarm.Swarm;
import io.parley.codec.Bytes;
import io.parley.model.PresenceMode;
import io.parley.model.Role;
import io.parley.model.RoomKind;
import io.parley.model.RoomSettings;
import io.parley.model.Tags;
import io.parley.model.UserItem;
import io.parley.model.UserKind;
import io.parley.wire.Gap;
import io.parley.wire.Joined;
import io.parley.wire.Limits;
import io.parley.wire.Message;
import io.parley.wire.RoomSnapshot;
import io.parley.wire.Welcome;
import io.parley.wire.Wire;
import java.util.List;

/** What servers of tests say. */
public final class Frames {
    private static final int MANY = 1_000;

    private Frames() {}

    public static Welcome welcome(long origin, String name) {
        Limits limits = new Limits(Wire.DEFAULT_MAX_FRAME, MANY, MANY, MANY, 0, MANY, MANY);
        return new Welcome(Wire.VERSION, 0, origin, Bytes.EMPTY, false, guest(origin, name), limits, "test");
    }

    /** A guest, as peers of benchmarks make one. */
    public static UserItem guest(long origin, String name) {
        return new UserItem(origin, UserKind.GUEST, name);
    }

    public static Joined joined(long id, int room) {
        return new Joined(id, snapshot(room), false);
    }

    /** A message as the load says it. */
    public static Message message(int room, long seq, long origin) {
        return new Message(room, seq, MANY, origin, seq, guest(origin, "ann"), "0".repeat(Swarm.BODY_BYTES), Tags.NONE);
    }

    public static Gap gap(int room, long from, long to) {
        return new Gap(from, to, snapshot(room));
    }

    private static RoomSnapshot snapshot(int room) {
        RoomSettings settings = new RoomSettings(false, 0, PresenceMode.OFF);
        return new RoomSnapshot(room, RoomKind.ROOM, "room", 1, 0, 1, "", Role.MEMBER, settings, 1, List.of(), 0, 0);
    }
}
