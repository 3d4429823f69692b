package io.parley.apps.benchmarks.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.parley.apps.benchmarks.evidence.Evidence;
import io.parley.apps.benchmarks.evidence.Said;
import io.parley.apps.benchmarks.evidence.Tally;
import io.parley.apps.benchmarks.tls.Certificate;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The chat client as users run it, a process of its own with pipes, in one room. One thread speaks; another reads what is
 * printed. What it is shown of its own messages is the acknowledgement of them.
 */
final class ReferenceClient implements Attendee {
    private static final Pattern MESSAGE = Pattern.compile(
            "\\{\"event\":\"message\",.*\"seq\":(\\d+),.*\"fromId\":\"(\\d+)\",\"text\":\"([^\"]*)\".*,\"own\":(true|false),.*");
    private static final Pattern CONNECTED = Pattern.compile("\\{\"event\":\"connected\",.*\"id\":\"(\\d+)\",.*");
    private static final Pattern EVENT = Pattern.compile("\\{\"event\":\"([a-z-]+)\".*");
    private static final long SECONDS = 60; // to begin, and to end

    private final String name;
    private final String room;
    private final Tally tally;
    private final Process process;
    private final Writer keyboard;
    private final CountDownLatch entered = new CountDownLatch(1);
    private final List<Said> said = new ArrayList<>(); // guarded by itself
    private final List<Evidence.Shown> shown = new ArrayList<>(); // guarded by itself
    private volatile boolean connected;
    private volatile boolean leaving;
    private volatile long id;

    /**
     * Starts the program.
     *
     * @param jar the program
     * @param password of the account; null for a guest
     */
    ReferenceClient(
            Path jar, Setting setting, String name, @Nullable String password, String room, Door door, Tally tally)
            throws IOException {
        this.name = name;
        this.room = room;
        this.tally = tally;
        InetSocketAddress address = door.address();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                jar.toString(),
                name + "@localhost:" + address.getPort(),
                room,
                "--json",
                "--reconnect",
                "--history=0",
                "--transport=" + setting.transport()));
        if (setting.tls()) {
            command.add("--tls-fingerprint=" + Certificate.fingerprint(address));
        }
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().remove("PARLEY_PASSWORD");
        builder.environment().remove("PARLEY_TOKEN");
        if (password != null) {
            builder.environment().put("PARLEY_PASSWORD", password);
        }
        process = builder.start();
        keyboard = process.outputWriter(UTF_8);
        new Thread(this::read, "chaos-" + name).start();
    }

    /** Waits until it is in its room. */
    void enter() throws InterruptedException {
        if (!entered.await(SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException(name + " did not enter its room");
        }
    }

    // ---- what it prints

    private void read() {
        try (BufferedReader lines = process.inputReader(UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                read(line);
            }
        } catch (IOException broken) {
            tally.note(name + " is not heard any more: " + broken);
        }
        connected = false;
        if (tally.count(Tally.Event.CLIENT_ENDED)) {
            tally.note(name + " ended");
        }
    }

    private void read(String line) {
        Matcher message = MESSAGE.matcher(line);
        Matcher event = EVENT.matcher(line);
        if (message.matches()) {
            message(message);
        } else if (event.matches()) {
            told(event.group(1), line);
        } else {
            tally.note(name + " prints " + line);
        }
    }

    private void message(Matcher message) {
        long seq = Long.parseLong(message.group(1));
        String text = tally.sameText(message.group(3));
        synchronized (shown) {
            shown.add(new Evidence.Shown(seq, Long.parseUnsignedLong(message.group(2)), text));
        }
        if (Boolean.parseBoolean(message.group(4))) {
            synchronized (said) {
                said.stream()
                        .filter(one ->
                                one.outcome() == Said.Outcome.OPEN && one.text().equals(text))
                        .forEach(one -> one.acknowledged(seq));
            }
        }
    }

    private void told(String event, String line) {
        switch (event) {
            case "connected" -> connected(line);
            case "interrupted" -> connected = false;
            case "entered" -> entered.countDown();
            case "joined", "parted" -> tally.noise(name + ": " + line);
            case "lost" -> wrong(Tally.Event.LOST_PART, line);
            case "restarted" -> wrong(Tally.Event.RESET, line);
            case "left" -> wrong(Tally.Event.ROOM_CLOSED, line);
            default -> tally.note(name + ": " + line);
        }
    }

    private void connected(String line) {
        Matcher parts = CONNECTED.matcher(line);
        long before = id;
        id = parts.matches() ? Long.parseUnsignedLong(parts.group(1)) : 0;
        connected = true;
        if (before != 0) {
            if (id == before) {
                tally.count(Tally.Event.RESUMED);
            } else {
                wrong(Tally.Event.NEW_SESSION, line);
            }
        }
    }

    private void wrong(Tally.Event event, String line) {
        if (tally.count(event)) {
            tally.note(name + ": " + line);
        }
    }

    // ---- what it does

    @Override
    public void say() {
        Said next;
        synchronized (said) {
            next = new Said(said.size(), name + " " + room + " " + said.size());
            said.add(next);
        }
        try {
            keyboard.write(next.text() + "\n");
            keyboard.flush();
        } catch (IOException gone) {
            next.failed(false);
        }
    }

    @Override
    public boolean isSettled() {
        synchronized (said) {
            return connected && said.stream().noneMatch(one -> one.outcome() == Said.Outcome.OPEN);
        }
    }

    @Override
    public Map<String, Integer> shown() {
        synchronized (shown) {
            return Map.of(room, shown.size());
        }
    }

    @Override
    public List<Evidence> evidence() {
        synchronized (said) {
            synchronized (shown) {
                return List.of(new Evidence(room, name, id, said, shown));
            }
        }
    }

    @Override
    public String toString() {
        return name + " is " + (connected ? "connected" : "not connected") + ", a process, shown " + shown();
    }

    @Override
    public void leave() {
        leaving = true;
        try {
            keyboard.close();
        } catch (IOException gone) {
            // its end is seen in its exit code
        }
    }

    /** Waits for the end of the process, which is to be a good one after {@link #leave}. */
    @Override
    public void close() {
        try {
            if (!leaving || !process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            if (leaving && process.exitValue() != 0) {
                tally.exit(name + " ended with code " + process.exitValue());
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
