package io.parley.apps.benchmarks.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * How a run is made. Immutable, for any thread.
 *
 * @param folder where the server keeps everything; the accounts are beside it
 * @param transport {@code nio} or {@code blocking}
 * @param clients how many clients there are, every other one with an account
 * @param rooms how many rooms
 * @param everyMillis how often each client speaks
 * @param seed of the faults
 */
record Setting(Path folder, String transport, int clients, int rooms, int everyMillis, long seed) {
    private static final int ROOMS = 10;
    private static final int EVERY_MILLIS = 100;

    /** With ten rooms, in which everybody speaks ten times a second. */
    static Setting of(Path folder, String transport, int clients, long seed) {
        return new Setting(folder, transport, clients, ROOMS, EVERY_MILLIS, seed);
    }

    /** A server that keeps everything in the folder. */
    ServerRun server(String... jvmOptions) throws IOException {
        Files.createDirectories(folder);
        Path accounts = folder.resolveSibling(folder.getFileName() + ".accounts");
        Files.deleteIfExists(accounts);
        AccountsFile.write(accounts, Crowd.accounts(clients));
        return new ServerRun(
                List.of(jvmOptions),
                List.of("--transport", transport, "--data", folder.toString(), "--accounts", accounts.toString()));
    }

    @Override
    public String toString() {
        return transport + ", " + clients + " clients, " + rooms + " rooms, seed " + seed;
    }
}
