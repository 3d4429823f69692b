package io.parley.apps.server;

import java.io.IOException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a server is to be. Immutable, for any thread.
 *
 * @param settings what it is started with
 * @param options the same as options and their values, to say what has changed
 * @param warnings what the operator should know at the start
 */
record Configuration(ServerSettings settings, SortedMap<String, String> options, List<String> warnings) {

    /** Where a configuration is read anew: the same command line, but other files. */
    interface Source {
        /**
         * Reads it.
         *
         * @throws IOException if a file cannot be read
         * @throws WrongOption if a value cannot be
         */
        Configuration read() throws IOException;
    }

    /** Settings that do not come from options. */
    static Configuration of(ServerSettings settings) {
        return new Configuration(settings, new TreeMap<>(), Safety.warnings(settings));
    }
}
