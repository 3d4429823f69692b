package io.parley.apps.server.terminal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Whether this process may use its terminal. A background job of a shell must neither read the terminal nor change its
 * modes, because the shell uses it. Any thread may call it.
 */
public final class Foreground {
    private static final Path STAT = Path.of("/proc/self/stat");
    private static final long RETRY_NANOS = 300_000_000;

    /** Which process group has the terminal. */
    enum Owner {
        /** The group of this process. */
        SELF,
        /** Another group of the same session; the shell can change that. */
        ANOTHER,
        /** A group of another session, as after setsid; that does not change. */
        STRANGER
    }

    private Foreground() {}

    /** Waits for the foreground; returns whether this process has it. An interrupt ends the wait. */
    public static boolean await() {
        Owner owner = owner();
        while (owner == Owner.ANOTHER && !Thread.currentThread().isInterrupted()) {
            // There is no signal for this: a shell wakes only processes that it stopped.
            LockSupport.parkNanos(RETRY_NANOS);
            owner = owner();
        }
        return owner == Owner.SELF;
    }

    static boolean isOurs() {
        return owner() == Owner.SELF;
    }

    private static Owner owner() {
        try {
            return Files.isReadable(STAT) ? ofStat(Files.readString(STAT)) : ofGroups(groups());
        } catch (IOException | NumberFormatException untold) {
            return Owner.SELF; // a system without job control
        }
    }

    /** From /proc/self/stat: after the name, the third field is the process group and the sixth that of the terminal. */
    static Owner ofStat(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ");
        return ofGroups(List.of(fields[2], fields[5]));
    }

    private static Owner ofGroups(List<String> groups) {
        long terminal = Long.parseLong(groups.get(1));
        if (terminal <= 0) {
            return Owner.STRANGER;
        }
        return terminal == Long.parseLong(groups.get(0)) ? Owner.SELF : Owner.ANOTHER;
    }

    /** The process group and that of the terminal, from ps. */
    private static List<String> groups() throws IOException {
        String self = Long.toString(ProcessHandle.current().pid());
        Process ps = new ProcessBuilder("ps", "-o", "pgid=", "-o", "tpgid=", "-p", self).start();
        try (InputStream told = ps.getInputStream()) {
            String[] words = new String(told.readAllBytes(), StandardCharsets.UTF_8)
                    .strip()
                    .split("\\s+");
            return words.length == 2 ? List.of(words) : List.of("1", "1");
        }
    }
}
