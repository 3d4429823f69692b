package io.parley.apps.server;

import io.parley.apps.server.operator.OperatorConsole;
import io.parley.apps.server.options.Configuration;
import io.parley.apps.server.options.ServerSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;

/** Runs the program for the tests of its packages. Any thread may call it. */
public final class Program {
    private Program() {}

    /** Runs a command line on these streams; returns the exit code. */
    public static int run(InputStream in, PrintStream out, PrintStream err, String... args) {
        return ChatServerApp.run(in, out, err, args);
    }

    /** Starts a server on any port that reads from a console. */
    public static ServerApp start(OperatorConsole console, PrintStream out) throws IOException {
        Configuration configuration = Configuration.of(ServerSettings.DEFAULT.onPort(0));
        return ServerApp.start(configuration, () -> configuration, console, out);
    }
}
