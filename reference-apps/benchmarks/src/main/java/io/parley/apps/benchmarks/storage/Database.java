package io.parley.apps.benchmarks.storage;

import java.io.IOException;
import java.net.InetSocketAddress;

/** A database server that can be made to fail. One thread. */
public interface Database {
    /** Where it listens; the same after each start. */
    InetSocketAddress address();

    /** Kills all its processes as {@code kill -9} does. */
    void kill() throws IOException, InterruptedException;

    /** Starts it after that, and waits until it answers. */
    void start() throws IOException, InterruptedException;

    /** Sends a signal, such as STOP, to all its processes. */
    void signal(String name) throws IOException, InterruptedException;
}
