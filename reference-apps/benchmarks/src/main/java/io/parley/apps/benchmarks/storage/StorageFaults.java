package io.parley.apps.benchmarks.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Proves that nothing is lost when the server is killed or its storage fails: the chat server as users run it, in a process of
 * its own, and clients who talk. Then what they said, what was promised, what was shown and what is kept are compared.
 *
 * <pre>
 * java -cp benchmarks.jar:chat-server.jar io.parley.apps.benchmarks.storage.StorageFaults kills   [300] [nio|blocking] [clients] [seed]
 * java -cp ...                                                                            answers [seconds] ...
 * java -cp ...                                                                            stops   [times] ...
 * java -cp ...                                                                            disk    FOLDER ...
 * </pre>
 *
 * The folder of {@code disk} is on a file system of some 64 MiB that nobody else uses. What is done to a database is in
 * DatabaseFaultsTest.
 */
public final class StorageFaults {
    private StorageFaults() {}

    /**
     * Runs and prints a report. Exits with 1 if a promise was broken.
     *
     * @param args see above; 100 clients, nio, seed 1
     * @throws Exception if a server or a client cannot be started
     */
    public static void main(String[] args) throws Exception {
        String mode = args.length > 0 ? args[0] : "";
        String transport = args.length > 2 ? args[2] : "nio";
        int clients = args.length > 3 ? Integer.parseInt(args[3]) : 100;
        long seed = args.length > 4 ? Long.parseLong(args[4]) : 1;
        Verdict verdict = switch (mode) {
            case "kills" -> new KillRun(setting(transport, clients, seed)).run(number(args, 300));
            case "answers" -> new AnswerRun(setting(transport, clients, seed)).run(number(args, 240));
            case "stops" -> new StopRun(setting(transport, clients, seed)).run(number(args, 20));
            case "disk" -> new DiskRun(Setting.of(Path.of(args[1]).resolve("data"), transport, clients, seed)).run();
            default -> throw new IllegalArgumentException("kills, answers, stops or disk, not " + mode);
        };
        System.out.println(verdict);
        System.exit(verdict.isClean() ? 0 : 1);
    }

    private static Setting setting(String transport, int clients, long seed) throws IOException {
        return Setting.of(Files.createTempDirectory("storage-faults").resolve("data"), transport, clients, seed);
    }

    private static int number(String[] args, int standard) {
        return args.length > 1 ? Integer.parseInt(args[1]) : standard;
    }
}
