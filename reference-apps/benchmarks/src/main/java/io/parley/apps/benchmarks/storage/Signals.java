package io.parley.apps.benchmarks.storage;

import java.io.IOException;

/** Signals to processes. No state, for any thread. */
final class Signals {
    private Signals() {}

    /**
     * Sends a signal.
     *
     * @param name such as STOP
     * @param pid to whom
     */
    static void send(String name, long pid) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + name, String.valueOf(pid)).start();
        if (kill.waitFor() != 0) {
            throw new IOException("kill -" + name + " " + pid + " failed");
        }
    }
}
