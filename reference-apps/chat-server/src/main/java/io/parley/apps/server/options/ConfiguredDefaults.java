package io.parley.apps.server.options;

import io.parley.apps.server.files.FileErrors;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/**
 * The values of options that the command line does not give: first from the environment ({@code
 * PARLEY_MAX_CONNECTIONS}), then from the configuration file ({@code max-connections = 500}). A flag without a value is
 * set. Immutable, for any thread.
 */
public final class ConfiguredDefaults implements IDefaultValueProvider {
    private static final String PREFIX = "PARLEY_";
    private static final Set<String> MAY_BE_EMPTY = Set.of("--greeting", "--host");
    /** Variables that are no options of the server; the client reads the last two. */
    private static final Set<String> NO_OPTIONS =
            Set.of(TlsArguments.PASSWORD, DataPlace.PASSWORD, PREFIX + "PASSWORD", PREFIX + "TOKEN");

    private final Map<String, String> environment;
    private final @Nullable Path file;
    private final FileValues fromFile = new FileValues(); // filled by the constructor

    /** The values of a file, and the keys that it has more than once. One thread fills it. */
    private static final class FileValues extends Properties {
        private static final long serialVersionUID = 1L;

        private final TreeSet<String> repeated = new TreeSet<>();

        @Override
        public synchronized @Nullable Object put(Object key, Object value) {
            Object before = super.put(key, value);
            if (before != null) {
                repeated.add(key.toString());
            }
            return before;
        }
    }

    /**
     * Reads the file.
     *
     * @throws IOException if that fails
     */
    public ConfiguredDefaults(Map<String, String> environment, @Nullable Path file) throws IOException {
        this.environment = environment;
        this.file = file;
        if (file != null) {
            try (Reader reader = Files.newBufferedReader(file)) {
                fromFile.load(reader);
            } catch (IOException unreadable) {
                String why = FileErrors.describe(unreadable);
                throw new IOException("the configuration cannot be read from " + file + ": " + why, unreadable);
            } catch (IllegalArgumentException malformed) {
                throw new IOException("the configuration cannot be read from " + file + ": " + malformed, malformed);
            }
        }
    }

    /**
     * Makes a command line take missing options from the environment and the configuration file.
     *
     * @throws IOException if the file cannot be read
     * @throws WrongOption if the file or the environment has an invalid option
     */
    public static CommandLine configure(CommandLine command, Map<String, String> environment, String... args)
            throws IOException {
        ConfiguredDefaults defaults = new ConfiguredDefaults(environment, file(environment, args));
        defaults.check(command.getCommandSpec());
        return command.setDefaultValueProvider(defaults).setCaseInsensitiveEnumValuesAllowed(true);
    }

    /**
     * The file that the command line or the environment names, if one does.
     *
     * @throws WrongOption if the name is empty
     */
    static @Nullable Path file(Map<String, String> environment, String... args) {
        String named = environment.get("PARLEY_CONFIG");
        for (int i = 0; i < args.length; i++) {
            if (args[i].startsWith("--config=")) {
                named = args[i].substring("--config=".length());
            } else if (args[i].equals("--config") && i + 1 < args.length) {
                named = args[i + 1];
            }
        }
        WrongOption.unless(named == null || !named.isBlank(), "--config: it names no file");
        return named == null ? null : Path.of(named);
    }

    public static String variable(OptionSpec option) {
        return PREFIX + key(option).toUpperCase(Locale.ROOT).replace('-', '_');
    }

    private static String key(OptionSpec option) {
        return option.longestName().replaceFirst("^--", "");
    }

    @Override
    public @Nullable String defaultValue(ArgSpec argument) {
        if (!(argument instanceof OptionSpec option)) {
            return null;
        }
        String value = given(option);
        return value != null && value.isBlank() && isFlag(option) ? "true" : value;
    }

    private @Nullable String given(OptionSpec option) {
        if (isHelp(option)) {
            return null;
        }
        String value = environment.get(variable(option));
        return value == null ? fromFile.getProperty(key(option)) : value;
    }

    private static boolean isFlag(OptionSpec option) {
        return option.arity().max() == 0;
    }

    /** Whether it is the option for help or for the version, which only a command line has. */
    private static boolean isHelp(OptionSpec option) {
        return option.usageHelp() || option.versionHelp();
    }

    /** The source of a value that the command line does not give; null if there is none. */
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

    /** The error message for an option, with the source of its value. */
    public static String describe(ParameterException wrong) {
        ArgSpec argument = wrong.getArgSpec();
        String source = argument != null
                        && wrong.getCommandLine().getDefaultValueProvider() instanceof ConfiguredDefaults defaults
                ? defaults.source(argument)
                : null;
        return wrong.getMessage() + (source == null ? "" : " (from " + source + ")");
    }

    /**
     * Refuses keys of the file that are unknown or repeated, missing values, and flags that are neither true nor false.
     *
     * @throws WrongOption if there are any
     */
    void check(CommandSpec command) {
        Set<String> unknown = new TreeSet<>(fromFile.stringPropertyNames());
        command.options().stream()
                .filter(option -> !isHelp(option))
                .map(ConfiguredDefaults::key)
                .forEach(unknown::remove);
        WrongOption.unless(unknown.isEmpty(), file + ": there is no option " + String.join(", ", unknown));
        WrongOption.unless(
                fromFile.repeated.isEmpty(),
                file + ": more than once there is " + String.join(", ", fromFile.repeated));
        WrongOption.unless(!fromFile.containsKey("config"), file + ": config names no second file");
        command.options().forEach(this::checkValue);
    }

    private void checkValue(OptionSpec option) {
        String value = given(option);
        if (value == null) {
            return;
        }
        String name = option.longestName();
        String from = " (from " + source(option) + ")";
        if (isFlag(option)) {
            WrongOption.unless(
                    value.isBlank() || value.equalsIgnoreCase("true") || value.equalsIgnoreCase("false"),
                    name + ": '" + value + "' is neither true nor false" + from);
        } else {
            WrongOption.unless(!value.isBlank() || MAY_BE_EMPTY.contains(name), name + ": it has no value" + from);
        }
    }

    /** A warning for each variable of the environment that looks like an option and is none. */
    static List<String> warnings(Map<String, String> environment, CommandSpec command) {
        Set<String> known = new TreeSet<>(NO_OPTIONS);
        Stream.concat(
                        Stream.of(command),
                        command.subcommands().values().stream().map(line -> line.getCommandSpec()))
                .flatMap(spec -> spec.options().stream())
                .filter(option -> !isHelp(option))
                .map(ConfiguredDefaults::variable)
                .forEach(known::add);
        return environment.keySet().stream()
                .filter(name -> name.startsWith(PREFIX) && !known.contains(name))
                .sorted()
                .map(name -> "the environment has " + name + ", which is no option")
                .toList();
    }
}
