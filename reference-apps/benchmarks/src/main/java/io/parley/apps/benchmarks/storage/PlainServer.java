package io.parley.apps.benchmarks.storage;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The chat server as it is, in a process of its own, in a folder. One thread. */
final class PlainServer implements AutoCloseable {
    private static final Pattern INVITATION = Pattern.compile(".*chat-client\\.jar \\S*?:(\\d+).*");

    private static final Pattern TOTAL = Pattern.compile("Total +\\d+ +(\\d+).*");

    private final Process process;
    private final int port;

    private PlainServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Starts it and waits until it listens.
     *
     * @param under the program that runs it, such as {@code strace} and its options
     * @param jvmOptions those of the JVM
     * @param options those of the chat server
     */
    static PlainServer start(List<String> under, List<String> jvmOptions, List<String> options) throws IOException {
        List<String> command = new ArrayList<>(under);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                "io.parley.apps.server.ChatServerApp",
                "--host=localhost",
                "--port=0",
                "--quiet"));
        command.addAll(options);
        Process started = new ProcessBuilder(command).redirectErrorStream(true).start();
        BufferedReader printed = started.inputReader(StandardCharsets.UTF_8);
        StringBuilder all = new StringBuilder();
        for (String line = printed.readLine(); line != null; line = printed.readLine()) {
            all.append(line).append(System.lineSeparator());
            Matcher invitation = INVITATION.matcher(line);
            if (invitation.matches()) {
                return new PlainServer(started, Integer.parseInt(invitation.group(1)));
            }
        }
        throw new IOException("the server did not start: " + all);
    }

    int port() {
        return port;
    }

    /** How many bytes of its heap live after a full collection. */
    long heap() throws IOException {
        Process count = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        String.valueOf(process.pid()),
                        "GC.class_histogram")
                .start();
        String said = new String(count.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Matcher total = TOTAL.matcher(
                said.substring(Math.max(0, said.lastIndexOf("Total"))).strip());
        if (!total.matches()) {
            throw new IOException("jcmd says " + said);
        }
        return Long.parseLong(total.group(1));
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Kills it as {@code kill -9} does, and waits until it and what runs it are dead. */
    void kill() {
        if (process.descendants().findAny().isPresent()) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
        } else {
            process.destroyForcibly();
        }
        process.onExit().join();
    }

    @Override
    public void close() {
        kill();
    }
}
