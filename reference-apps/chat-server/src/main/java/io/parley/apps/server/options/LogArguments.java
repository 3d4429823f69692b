package io.parley.apps.server.options;

import io.parley.apps.server.options.ServerSettings.Logged;
import io.parley.apps.server.options.ServerSettings.Logs;
import picocli.CommandLine.Option;

/** The options of the log. One thread; picocli sets the fields. */
final class LogArguments {
    @Option(names = "--log-messages", description = "Also log the messages of rooms. Direct messages are never logged.")
    private boolean messages;

    @Option(names = "--log-connections", description = "Also log connections: where each comes from, and why it ends.")
    private boolean connections;

    @Option(names = "--log-json", description = "Write each log line as a JSON object.")
    private boolean json;

    @Option(names = "--quiet", description = "Log nothing.")
    private boolean quiet;

    Logs logs() {
        WrongOption.unless(!(quiet && messages), "--quiet and --log-messages: choose one");
        WrongOption.unless(!(quiet && connections), "--quiet and --log-connections: choose one");
        return new Logs(quiet ? Logged.NOTHING : messages ? Logged.MESSAGES : Logged.PRESENCE, connections, json);
    }
}
