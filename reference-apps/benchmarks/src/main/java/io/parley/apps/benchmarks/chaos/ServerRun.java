package io.parley.apps.benchmarks.chaos;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The chat server with a folder, in one process after another at one port. One thread. */
final class ServerRun {
    private static final Pattern INVITATION = Pattern.compile(".*chat-client\\.jar \\S*?:(\\d+).*");

    private final Path jar;
    private final String transport;
    private final Path folder;
    private @Nullable Process process;
    private int port; // 0 before the first start

    ServerRun(Path jar, String transport, Path folder) {
        this.jar = jar;
        this.transport = transport;
        this.folder = folder;
    }

    int port() {
        return port;
    }

    /** Starts it and waits until it listens. */
    void start() throws IOException {
        Process started = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        jar.toString(),
                        "--host",
                        "localhost",
                        "--port",
                        String.valueOf(port),
                        "--transport",
                        transport,
                        "--history",
                        "10000000",
                        "--data",
                        folder.toString())
                .redirectErrorStream(true)
                .start();
        process = started;
        BufferedReader printed = started.inputReader(StandardCharsets.UTF_8);
        StringBuilder all = new StringBuilder();
        for (String line = printed.readLine(); line != null; line = printed.readLine()) {
            all.append(line).append(System.lineSeparator());
            Matcher invitation = INVITATION.matcher(line);
            if (invitation.matches()) {
                port = Integer.parseInt(invitation.group(1));
                Thread rest = new Thread(() -> readOn(printed), "server-log");
                rest.setDaemon(true);
                rest.start();
                return;
            }
        }
        throw new IOException("the server did not start: " + all);
    }

    private static void readOn(BufferedReader printed) {
        try {
            while (printed.readLine() != null) {
                // what it says from now on is of no interest
            }
        } catch (IOException ended) {
            // the process was killed
        }
    }

    /** Kills it as {@code kill -9} does. */
    void kill() throws InterruptedException {
        Process running = process;
        if (running != null) {
            running.destroyForcibly().waitFor();
        }
    }

    /** Ends it in order. */
    void end() throws InterruptedException {
        Process running = process;
        if (running != null) {
            running.destroy();
            running.waitFor();
        }
    }
}
