package io.parley.apps.server;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/**
 * What holds where the command line says nothing: first the environment ({@code PARLEY_MAX_CONNECTIONS}), then the
 * configuration file ({@code max-connections = 500}). Immutable, for any thread.
 */
final class ConfiguredDefaults implements IDefaultValueProvider {
    private final Map<String, String> environment;
    private final @Nullable Path file;
    private final Properties fromFile = new Properties(); // filled by the constructor

    /**
     * Reads the file.
     *
     * @throws IOException if that fails
     */
    ConfiguredDefaults(Map<String, String> environment, @Nullable Path file) throws IOException {
        this.environment = environment;
        this.file = file;
        if (file != null) {
            try (Reader reader = Files.newBufferedReader(file)) {
                fromFile.load(reader);
            } catch (IOException | IllegalArgumentException unreadable) {
                throw new IOException("the configuration cannot be read: " + unreadable, unreadable);
            }
        }
    }

    /** The file that the command line or the environment names, if one does. */
    static @Nullable Path file(Map<String, String> environment, String... args) {
        String named = environment.get("PARLEY_CONFIG");
        for (int i = 0; i < args.length; i++) {
            if (args[i].startsWith("--config=")) {
                named = args[i].substring("--config=".length());
            } else if (args[i].equals("--config") && i + 1 < args.length) {
                named = args[i + 1];
            }
        }
        return named == null ? null : Path.of(named);
    }

    static String variable(OptionSpec option) {
        return "PARLEY_" + key(option).toUpperCase(Locale.ROOT).replace('-', '_');
    }

    private static String key(OptionSpec option) {
        return option.longestName().replaceFirst("^--", "");
    }

    @Override
    public @Nullable String defaultValue(ArgSpec argument) {
        if (!(argument instanceof OptionSpec option) || option.usageHelp() || option.versionHelp()) {
            return null;
        }
        String value = environment.get(variable(option));
        return value == null ? fromFile.getProperty(key(option)) : value;
    }

    /** Where a value comes from that the command line does not give; null if nobody gives one. */
    @Nullable
    String source(ArgSpec argument) {
        if (!(argument instanceof OptionSpec option)) {
            return null;
        }
        if (environment.containsKey(variable(option))) {
            return variable(option);
        }
        return fromFile.containsKey(key(option)) ? key(option) + " in " + file : null;
    }

    /** What is wrong with an option, and where it was given. */
    static String words(ParameterException wrong) {
        ArgSpec argument = wrong.getArgSpec();
        String source = argument != null
                        && wrong.getCommandLine().getDefaultValueProvider() instanceof ConfiguredDefaults defaults
                ? defaults.source(argument)
                : null;
        return wrong.getMessage() + (source == null ? "" : " (from " + source + ")");
    }

    /** The keys in the file that mean nothing. */
    Set<String> unknown(CommandSpec command) {
        Set<String> keys = new TreeSet<>(fromFile.stringPropertyNames());
        command.options().forEach(option -> keys.remove(key(option)));
        return keys;
    }
}
