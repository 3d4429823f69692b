package io.parley.apps.server.options;

import java.io.IOException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The configuration of a server. Immutable, for any thread.
 *
 * @param settings the settings
 * @param options the values of the options, by which a reload finds what has changed
 * @param warnings warnings for the operator
 */
public record Configuration(ServerSettings settings, SortedMap<String, String> options, List<String> warnings) {

    /** Reads a configuration again: the command line is the same, the files may have changed. */
    public interface Source {
        /**
         * Reads it.
         *
         * @throws IOException if a file cannot be read
         * @throws WrongOption if a value is not allowed
         */
        Configuration read() throws IOException;
    }

    /** A configuration of settings that do not come from options. */
    public static Configuration of(ServerSettings settings) {
        return new Configuration(settings, new TreeMap<>(), Safety.warnings(settings));
    }
}
