package io.parley.apps.server.options;

import io.parley.apps.server.tls.TlsSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** All options of a server, by subject. One thread; picocli sets the fields. */
public final class ServerArguments {
    private final Map<String, String> environment;

    @Mixin
    private final ListenArguments listen = new ListenArguments();

    @Mixin
    private final TlsArguments tls;

    @Mixin
    private final AccessArguments access = new AccessArguments();

    @Mixin
    private final RoomArguments rooms = new RoomArguments();

    @Mixin
    private final DataArguments data;

    @Mixin
    private final LimitArguments limits = new LimitArguments();

    @Mixin
    private final LogArguments logs = new LogArguments();

    /** Takes options from a command line, and passwords from the environment. */
    public ServerArguments(Map<String, String> environment) {
        this.environment = environment;
        this.tls = new TlsArguments(environment);
        this.data = new DataArguments(environment);
    }

    /**
     * The configuration that the options give.
     *
     * @param command the command that has these options
     * @throws IOException if a file cannot be read
     * @throws WrongOption if a value is not allowed
     */
    public Configuration configuration(CommandSpec command) throws IOException {
        TlsSettings spoken = tls.tls();
        ServerSettings settings = new ServerSettings(
                listen.listen(),
                spoken,
                access.access(spoken == null ? TlsSettings.Clients.ANY : spoken.clients()),
                rooms.rooms(data.data()),
                rooms.greeting(),
                limits.limits(),
                logs.logs());
        Safety.checkPasswords(settings);
        List<String> warnings = new ArrayList<>(Safety.warnings(settings));
        warnings.addAll(ConfiguredDefaults.warnings(environment, command));
        return new Configuration(settings, values(command), warnings);
    }

    private static SortedMap<String, String> values(CommandSpec command) {
        SortedMap<String, String> values = new TreeMap<>();
        for (OptionSpec option : command.options()) {
            Object value = option.getValue();
            Object typed = value instanceof Duration time ? time.toSeconds() + "s" : value;
            values.put(option.longestName(), typed == null ? "" : typed.toString());
        }
        return values;
    }
}
