package io.parley.apps.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Whether this process may use its terminal. In the background of a shell the terminal is somebody else's: whoever
 * reads it or changes its modes there breaks what is typed at the shell. Any thread may call it.
 */
final class Foreground {
    private static final Path STAT = Path.of("/proc/self/stat");
    private static final long RETRY_NANOS = 300_000_000;

    /** Whose the terminal is. */
    enum Owner {
        /** This process's group's. */
        SELF,
        /** Another group's of the same session, which a shell can change. */
        ANOTHER,
        /** Another session's, as after setsid, for good. */
        STRANGER
    }

    private Foreground() {}

    /** Waits until the terminal is this process's; tells whether it is, and not interrupted meanwhile either. */
    static boolean await() {
        Owner owner = owner();
        while (owner == Owner.ANOTHER && !Thread.currentThread().isInterrupted()) {
            // Nobody is told of becoming the foreground: a shell wakes only what it had stopped.
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
            return Owner.SELF; // as on a system without shells that do this
        }
    }

    /** From what Linux tells of a process: after the name, its group is the third and the terminal's the sixth. */
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

    /** The process's group and its terminal's, where only a program tells. */
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
