package io.parley.gateway;

import io.parley.room.Hub;
import io.parley.transport.Scheduler;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * What all connections of a server share. Immutable, for any thread.
 *
 * @param hub users and rooms
 * @param scheduler time and threads
 * @param clock the time that clients are measured by
 * @param listener told of what happens
 * @param limited where clients over their rate are read from again: however many there are, one thread at a time
 * @param greeting the present word to every client that logs in
 * @param bytesIn bytes that came from clients
 * @param bytesOut bytes that went to clients
 */
record Context(
        Hub hub,
        Scheduler scheduler,
        ConnectionClock clock,
        ConnectionListener listener,
        Executor limited,
        Supplier<String> greeting,
        LongAdder bytesIn,
        LongAdder bytesOut) {}
