package io.parley.server;

import io.parley.gateway.Connections;
import io.parley.room.Hub;
import java.util.concurrent.atomic.LongAdder;

/** How often things happened at a server since it started. Any thread counts and reads. */
final class Counters {
    final LongAdder messages = new LongAdder();
    final LongAdder refused = new LongAdder();
    final LongAdder gaps = new LongAdder();
    final LongAdder slow = new LongAdder();

    /** The figures of this moment. */
    ServerStats stats(Hub hub, Connections connections) {
        return new ServerStats(
                connections.size(),
                hub.userCount(),
                hub.rooms().size(),
                hub.windowBytes(),
                messages.sum(),
                connections.bytesIn(),
                connections.bytesOut(),
                refused.sum(),
                gaps.sum(),
                slow.sum());
    }
}
