package io.parley.transport.nio;

import io.parley.transport.FatalErrors;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** The log of this module. Any thread may call it, but not under a lock: the logger belongs to the program. */
final class TransportLog {
    private static final Logger LOG = System.getLogger("io.parley.transport.nio");

    private TransportLog() {}

    /** Loads this class. A process that is out of descriptors cannot load it when it has the first warning to log. */
    static void load() {}

    /** Logs a warning. Never throws, because it is called when memory or stack may be exhausted. */
    static void warn(String what, Throwable thrown) {
        FatalErrors.handOver(thrown);
        log(Level.WARNING, what, thrown);
    }

    /** Logs an event that only helps to find a fault. Never throws. */
    static void debug(String what, Throwable thrown) {
        log(Level.DEBUG, what, thrown);
    }

    private static void log(Level level, String what, Throwable thrown) {
        try {
            LOG.log(level, what, thrown);
        } catch (Throwable failed) {
            // Logging itself failed, so there is nobody left to tell.
        }
    }
}
