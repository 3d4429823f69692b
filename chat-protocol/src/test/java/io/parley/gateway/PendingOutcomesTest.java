package io.parley.gateway;

import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.parley.model.RoomKind;
import io.parley.model.RoomRef;
import org.junit.jupiter.api.Test;

/** How commands get their outcomes. */
class PendingOutcomesTest {
    private final RoomRef room = new RoomRef(1, RoomKind.ROOM, "lobby", "lobby");
    private final Protocol protocol = mock(Protocol.class);
    private final PendingOutcomes.Line line = mock(PendingOutcomes.Line.class);
    private final PendingOutcomes pending = new PendingOutcomes(line, room);

    PendingOutcomesTest() {
        when(line.protocol()).thenReturn(protocol);
    }

    /** What is in the room already lies before what the next membership reads. */
    @Test
    void aRepeatedCommandIsAcknowledgedThoughTheRoomIsJoinedAnew() {
        byte[] ack = {1};
        when(protocol.acknowledged(room, 7, 5)).thenReturn(ack);
        PendingCommand one = pending.add(7, true);
        pending.end(true);
        one.repeated(5);
        verify(line).send(ack);
        verify(line).answered();
    }
}
