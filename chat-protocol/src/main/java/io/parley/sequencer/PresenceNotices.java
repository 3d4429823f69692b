package io.parley.sequencer;

import io.parley.model.PresenceMode;
import io.parley.model.RoomSettings;

/** Tells a room who has come and gone, and not too often. The room's mover, under no lock. */
final class PresenceNotices {
    private static final long INTERVAL_NANOS = 100_000_000;
    private static final long NANOS_A_MEMBER = 200_000; // where it is a count: some thousands told a second

    private final RoomContext context;
    private final Roster roster;
    private final RoomLogs logs;
    private final Runnable later;
    private long last; // when presence was last told

    /**
     * Makes the notices of one room.
     *
     * @param later called when there is something to tell that must wait
     */
    PresenceNotices(RoomContext context, Roster roster, RoomLogs logs, Runnable later) {
        this.context = context;
        this.roster = roster;
        this.logs = logs;
        this.later = later;
        this.last = context.nanos() - INTERVAL_NANOS;
    }

    /** Whether the room is small enough for its members to be told by name. */
    boolean isListed() {
        return roster.size() <= context.bounds().listed();
    }

    /** Whether the members are told by name. */
    boolean isNamed(RoomSettings settings) {
        return settings.presence() == PresenceMode.FULL && isListed();
    }

    /**
     * Tells who came and went: at once if nothing was told just before, else with the next entry or tick. A count, which
     * wakes a whole crowd to say one number, is told the less often the more there are to hear it.
     */
    void tell(RoomSettings settings, boolean now) {
        if (!roster.hasNews()) {
            return;
        }
        long time = context.nanos();
        long interval = isListed() ? 0 : NANOS_A_MEMBER * roster.size();
        if (!now && time - last < Math.max(INTERVAL_NANOS, interval)) {
            later.run();
            return;
        }
        last = time;
        roster.takeNews(settings.presence(), context.bounds().listed()).forEach(logs::write);
    }
}
