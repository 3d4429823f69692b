package io.parley.gateway;

import io.parley.room.Room;

/** The way to a client, as the rooms of a connection need it. Any thread. */
interface Line {

    /** Puts events into bytes. */
    Protocol protocol();

    /** Queues an answer and has it written. */
    void send(byte[] bytes);

    /** Counts bytes that wait for the client. */
    OutboxMeter meter();

    /** A message has its outcome: one less is in flight. */
    void answered();

    /** The client was too slow for entries of a room. */
    void fellOut(Room room, long from, long to);
}
