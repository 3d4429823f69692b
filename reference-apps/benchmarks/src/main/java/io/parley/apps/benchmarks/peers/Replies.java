package io.parley.apps.benchmarks.peers;

import io.parley.codec.Bytes;
import io.parley.model.PresenceMode;
import io.parley.model.Role;
import io.parley.model.RoomKind;
import io.parley.model.RoomSettings;
import io.parley.wire.Join;
import io.parley.wire.Joined;
import io.parley.wire.Limits;
import io.parley.wire.RoomSnapshot;
import io.parley.wire.Welcome;
import io.parley.wire.Wire;
import java.util.List;

/** The frames that are sent once in a while, encoded. No state, for any thread. */
final class Replies {
    private static final int MANY = 1_000_000;
    private static final long NEVER_MILLIS = Integer.MAX_VALUE;
    private static final Limits LIMITS = new Limits(
            Wire.DEFAULT_MAX_FRAME,
            Wire.DEFAULT_MAX_FRAME / 2,
            Wire.DEFAULT_MAX_FRAME / 4,
            MANY,
            0,
            MANY,
            NEVER_MILLIS);
    private static final RoomSettings SETTINGS = new RoomSettings(false, 0, PresenceMode.OFF);
    private static final long EPOCH = 1;

    private Replies() {}

    static byte[] welcome(Sender sender) {
        return new Welcome(
                        Wire.VERSION, 0, sender.origin(), Bytes.EMPTY, false, sender.user(), LIMITS, "benchmark peer")
                .toBytes();
    }

    /** Says that messages after {@code head} will come; nothing before it can be had. */
    static byte[] joined(Join join, int room, long head, int memberCount) {
        RoomSnapshot snapshot = new RoomSnapshot(
                room,
                RoomKind.ROOM,
                join.room(),
                EPOCH,
                head,
                head + 1,
                "",
                Role.MEMBER,
                SETTINGS,
                memberCount,
                List.of(),
                0,
                0);
        return new Joined(join.id(), snapshot, false).toBytes();
    }
}
