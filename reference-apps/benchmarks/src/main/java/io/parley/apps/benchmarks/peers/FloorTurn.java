package io.parley.apps.benchmarks.peers;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What the sockets that were ready at once have said, and who must hear it. Selector thread only.
 *
 * <p>Every member gets one write: the burst of its room as it is, or those of several rooms behind each other.
 */
final class FloorTurn {
    private final List<FloorRoom> rooms = new ArrayList<>();
    private final List<FloorConnection> connections = new ArrayList<>(); // in several rooms
    private final ByteBuffer gathered = ByteBuffer.allocateDirect(FloorRoom.MOST_BURST_BYTES);

    void add(FloorRoom room) {
        rooms.add(room);
    }

    void add(FloorConnection connection) {
        connections.add(connection);
    }

    void end() {
        boolean toAll = rooms.size() == 1;
        for (FloorRoom room : rooms) {
            room.send(toAll);
        }
        for (FloorConnection connection : connections) {
            connection.writeDue(gathered);
        }
        for (FloorRoom room : rooms) {
            room.endTurn();
        }
        connections.clear();
        rooms.clear();
    }
}
